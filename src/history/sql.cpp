// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/sql.h"

#include <charconv>
#include <utility>

namespace rdnsgate::history {
namespace {

template <typename Number>
Number parsed(const std::string& text) {
  Number number{};
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end)
    stop(Failure::Kind::corrupt, "a column of numbers has something else in it");
  return number;
}

}  // namespace

void stop(Failure::Kind kind, std::string message, std::string hint) {
  throw Stop{{kind, {std::move(message), std::move(hint)}}};
}

std::int64_t Row::integer() {
  const auto& value = values_.at(at_++);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return parsed<std::int64_t>(*text);
  return 0;
}

std::size_t Row::count() {
  const auto number = integer();
  return number < 0 ? 0 : static_cast<std::size_t>(number);
}

double Row::real() {
  const auto& value = values_.at(at_++);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return parsed<double>(*text);
  return 0;
}

std::string Row::text() {
  auto& value = values_.at(at_++);
  if (auto* text = std::get_if<std::string>(&value)) return std::move(*text);
  return {};
}

Time Row::time() { return Time(seconds(integer())); }

std::optional<std::uint32_t> Row::maybe_u32() {
  if (is_null()) return skip(), std::nullopt;
  return static_cast<std::uint32_t>(integer());
}

}  // namespace rdnsgate::history
