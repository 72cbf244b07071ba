// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
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

void ManyRows::add(Values row) {
  values_.insert(values_.end(), std::make_move_iterator(row.begin()), std::make_move_iterator(row.end()));
}

std::vector<Row> ManyRows::write() {
  std::vector<Row> all;
  for (const auto& part : parts()) {
    auto returned = database_.query(part.sql, part.values);
    std::move(returned.begin(), returned.end(), std::back_inserter(all));
  }
  return all;
}

void ManyRows::write_later() {
  for (const auto& part : parts()) database_.later(part.sql, part.values);
}

/// What is written until now, in statements that a database takes.
std::vector<ManyRows::Part> ManyRows::parts() {
  // PostgreSQL takes 65,535 values in one statement, and SQLite 32,766.
  constexpr std::size_t at_once = 400;
  std::vector<Part> all;
  const auto values = std::exchange(values_, {});
  for (auto at = values.begin(); at != values.end();) {
    const auto rows = std::min(at_once, static_cast<std::size_t>(values.end() - at) / columns_);
    auto sql = head_ + " VALUES ";
    for (std::size_t i = 0; i < rows; ++i)
      sql += fmt::format("{}({})", i == 0 ? "" : ", ", placeholders(1 + i * columns_, columns_));
    if (!tail_.empty()) sql += " " + tail_;
    const auto end = at + static_cast<std::ptrdiff_t>(rows * columns_);
    all.push_back({std::move(sql), Values(at, end)});
    at = end;
  }
  return all;
}

std::string placeholders(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{}${}", i == 0 ? "" : ", ", first + i);
  return text;
}

}  // namespace rdnsgate::history
