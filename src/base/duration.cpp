// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/duration.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <limits>

namespace rdnsgate {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t ms;
};
// Falling order: the order in which the parts of `1h30m` may stand, and in which format_duration tries them.
constexpr std::array<Unit, 6> units{
    {{"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t max_ms = std::int64_t{std::numeric_limits<std::int32_t>::max()} * 1000;

tl::unexpected<Error> bad(std::string_view text) {
  return fail(fmt::format("\"{}\" is not a duration", text),
              "write a number with a unit, such as 300s, 5m, 1h30m, 1d or 1w; a number alone is seconds");
}

Result<std::int64_t> parse_ms(std::string_view text, bool allow_ms) {
  std::string_view rest = text;
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (rest.empty()) return bad(text);
  while (!rest.empty()) {
    std::size_t digits = 0;
    std::int64_t number = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
      number = number * 10 + (rest[digits++] - '0');
      if (number > max_ms)
        return fail(fmt::format("the duration \"{}\" is too long", text), "the limit is 2147483647s");
    }
    if (digits == 0) return bad(text);
    rest.remove_prefix(digits);
    std::size_t letters = 0;
    while (letters < rest.size() && !(rest[letters] >= '0' && rest[letters] <= '9')) ++letters;
    std::string_view suffix = rest.substr(0, letters);
    rest.remove_prefix(letters);
    if (suffix.empty()) {
      if (total != 0 || next_unit != 0) return bad(text);
      suffix = "s";
    }
    std::size_t unit = next_unit;
    while (unit < units.size() && units[unit].suffix != suffix) ++unit;
    if (unit == units.size() || (suffix == "ms" && !allow_ms)) return bad(text);
    next_unit = unit + 1;
    if (number > max_ms / units[unit].ms)
      return fail(fmt::format("the duration \"{}\" is too long", text), "the limit is 2147483647s");
    total += number * units[unit].ms;
  }
  if (total > max_ms)
    return fail(fmt::format("the duration \"{}\" is too long", text), "the limit is 2147483647s");
  return total;
}

}  // namespace

Result<seconds> parse_duration(std::string_view text) {
  return parse_ms(text, false).map([](std::int64_t ms) { return seconds(ms / 1000); });
}

Result<milliseconds> parse_duration_ms(std::string_view text) {
  return parse_ms(text, true).map([](std::int64_t ms) { return milliseconds(ms); });
}

std::string format_duration(seconds value) {
  std::int64_t rest = value.count();
  if (rest == 0) return "0s";
  std::string out;
  if (rest < 0) {
    out = "-";
    rest = -rest;
  }
  for (const auto& unit : units) {
    const std::int64_t size = unit.ms / 1000;
    if (size == 0 || rest < size) continue;
    out += fmt::format("{}{}", rest / size, unit.suffix);
    rest %= size;
  }
  return out;
}

}  // namespace rdnsgate
