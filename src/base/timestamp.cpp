// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/timestamp.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace rdnsgate {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return std::nullopt;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Time> day(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), dom = digits(text, 8, 2);
  if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !year || !month || !dom) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(*year),
                                        std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*dom))};
  if (!ymd.ok()) return std::nullopt;
  return std::chrono::sys_days(ymd);
}

}  // namespace

Result<Time> parse_date(std::string_view text) {
  if (const auto time = day(text); time && text.size() == 10) return *time;
  return fail(fmt::format("\"{}\" is not a date", text), "write year, month and day, such as 2027-05-31");
}

Result<Time> parse_time(std::string_view text) {
  const auto date = day(text);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!date || text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z' || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return fail(fmt::format("\"{}\" is not a time", text), "write it in UTC, such as 2027-05-31T08:00:00Z");
  }
  return *date + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::string format_date(Time time) {
  const std::chrono::year_month_day ymd{std::chrono::floor<std::chrono::days>(time)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::string format_time(Time time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock{time - midnight};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(time), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace rdnsgate
