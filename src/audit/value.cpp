// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/value.h"

#include <fmt/format.h>

#include "base/text/text.h"

namespace rdnsgate::audit {
namespace {

constexpr std::size_t all = static_cast<std::size_t>(-1);

std::string cut_off(const List& list, std::string_view between, std::size_t most, std::string_view rest) {
  std::string text;
  const std::size_t shown = std::min(most, list.items.size());
  for (std::size_t i = 0; i < shown; ++i) text.append(i > 0 ? between : "").append(list.items[i]);
  const std::size_t total = std::max(list.total, list.items.size());
  return total > shown ? fmt::format("{}{}{} more", text, rest, total - shown) : text;
}

/// `a -> b -> c`; of a long one the beginning and the end.
std::string way(const List& list) {
  constexpr std::size_t most = 6;
  if (list.items.size() <= most) return cut_off(list, " -> ", all, "");
  List beginning{{list.items.begin(), list.items.begin() + most - 1}, most - 1};
  beginning.items.push_back("...");
  beginning.items.push_back(list.items.back());
  return cut_off(beginning, " -> ", all, "");
}

std::string words(const std::string& text, std::string_view) { return text; }

std::string words(const List& list, std::string_view how) {
  if (how == "->") return way(list);
  if (how == ";") return cut_off(list, "; ", 8, "; and ");
  if (how == "and") return cut_off(list, ", and ", all, " and ");
  if (how == "all;") return cut_off(list, "; ", all, "; and ");
  return cut_off(list, ", ", how == "all" ? all : 5, " and ");
}

std::string words(std::uint64_t number, std::string_view how) {
  const auto bar = how.find('|');
  if (bar == std::string_view::npos) return std::to_string(number);
  return counted(number, how.substr(0, bar), how.substr(bar + 1));
}

std::string words(seconds time, std::string_view how) {
  if (how == "duration") return format_duration(time);
  return how == "bare" ? std::to_string(time.count()) : fmt::format("{} s", time.count());
}

std::string words(milliseconds time, std::string_view) { return fmt::format("{} ms", time.count()); }

std::string words(Time time, std::string_view how) {
  return how == "date" ? format_date(time) : format_time(time);
}

}  // namespace

const Value* find_value(const Values& values, std::string_view name) {
  for (const auto& one : values) {
    if (one.name == name) return &one.value;
  }
  return nullptr;
}

bool is_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  const auto* list = std::get_if<List>(&value);
  return list != nullptr && list->items.empty();
}

std::string words_of(const Value& value, std::string_view how) {
  return std::visit([&](const auto& one) { return words(one, how); }, value);
}

}  // namespace rdnsgate::audit
