// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/log_time.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::logs {
namespace {

using namespace std::chrono;

/// Reads a text from the left; every reader leaves it as it was where it fails.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_blanks() {
    while (skip(' ')) {
    }
  }
  /// Between `least` and `most` digits.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t end = 0;
    int value = 0;
    while (end < rest_.size() && end < most && is_digit(rest_[end]))
      value = value * 10 + (rest_[end++] - '0');
    if (end < least) return std::nullopt;
    rest_.remove_prefix(end);
    return value;
  }
  std::optional<unsigned> month() {
    constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto name = ascii_lower(rest_.substr(0, 3));
    for (unsigned i = 0; i < names.size(); ++i) {
      if (name != names[i]) continue;
      rest_.remove_prefix(3);
      return i + 1;
    }
    return std::nullopt;
  }
  /// `08:00:00`, with a fraction that is dropped.
  std::optional<std::chrono::seconds> clock() {
    const auto hour = number(1, 2);
    if (!hour || !skip(':')) return std::nullopt;
    const auto minute = number(2, 2);
    if (!minute || !skip(':')) return std::nullopt;
    const auto second = number(2, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    if (skip('.') || skip(',')) number(1, 12);
    return hours(*hour) + minutes(*minute) + std::chrono::seconds(*second);
  }
  /// `Z`, `+01:00`, `+0100`: how far it is ahead of UTC.
  std::optional<std::chrono::seconds> zone() {
    if (skip('Z')) return std::chrono::seconds(0);
    const bool is_behind = rest_.starts_with('-');
    if (!skip('+') && !skip('-')) return std::nullopt;
    const auto hour = number(2, 2);
    skip(':');
    const auto minute = number(2, 2);
    if (!hour || !minute) return std::nullopt;
    const std::chrono::seconds ahead = hours(*hour) + minutes(*minute);
    return is_behind ? -ahead : ahead;
  }

 private:
  std::string_view rest_;
};

std::optional<sys_days> day_of(int y, unsigned m, unsigned d) {
  const year_month_day date{year(y), month(m), day(d)};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::string written(sys_days date, std::chrono::seconds clock, std::optional<std::chrono::seconds> ahead) {
  auto text = format_time(Time(date + clock - ahead.value_or(std::chrono::seconds(0))));
  if (!ahead) text.pop_back();
  return text;
}

/// `2027-05-31T08:00:00.123+02:00`, `2027-05-31 08:00:00 +0200`
std::string iso_time(Cursor at) {
  const auto y = at.number(4, 4);
  if (!y || !(at.skip('-') || at.skip('/'))) return {};
  const auto m = at.number(2, 2);
  if (!m || !(at.skip('-') || at.skip('/'))) return {};
  const auto d = at.number(2, 2);
  if (!d || !(at.skip('T') || at.skip(' '))) return {};
  const auto clock = at.clock();
  const auto date = day_of(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d));
  if (!clock || !date) return {};
  if (at.rest().starts_with(" +") || at.rest().starts_with(" -")) at.skip(' ');
  return written(*date, *clock, at.zone());
}

/// `Nov 30 09:12:01`, and `Nov 30 09:12:01 2026` of some.
std::string syslog_time(Cursor at, Time now) {
  const auto m = at.month();
  if (!m || !at.skip(' ')) return {};
  at.skip_blanks();
  const auto d = at.number(1, 2);
  if (!d || !at.skip(' ')) return {};
  const auto clock = at.clock();
  if (!clock) return {};
  auto year_at = at;
  if (year_at.skip(' ')) {
    const auto written_year = year_at.number(4, 4);
    const bool ends = year_at.rest().empty() || !is_alphanumeric(year_at.rest().front());
    const auto date = written_year && ends && *written_year >= 1990
                          ? day_of(*written_year, *m, static_cast<unsigned>(*d))
                          : std::nullopt;
    if (date) return written(*date, *clock, std::nullopt);
  }
  const int this_year = static_cast<int>(year_month_day(floor<days>(now)).year());
  for (int y = this_year; y > this_year - 9; --y) {  // 29 February is not in every year
    const auto date = day_of(y, *m, static_cast<unsigned>(*d));
    if (date && Time(*date) <= now + days(1)) return written(*date, *clock, std::nullopt);
  }
  return {};
}

/// `@4000000045e3a1b2...`: TAI64N, ten seconds ahead of UTC as multilog counts.
std::string tai_time(std::string_view text) {
  if (text.size() < 17 || !text.starts_with("@40000000")) return {};
  std::uint64_t value = 0;
  for (const char c : text.substr(9, 8)) {
    const int digit = hex_digit(c);
    if (digit < 0) return {};
    value = value * 16 + static_cast<std::uint64_t>(digit);
  }
  return value < 10 ? std::string() : format_time(Time(std::chrono::seconds(value - 10)));
}

}  // namespace

std::string log_time(std::string_view line, Time now) {
  if (line.starts_with('<')) {  // the priority of RFC 5424
    const auto close = line.find('>');
    if (close == std::string_view::npos || close > 4) return {};
    line.remove_prefix(close + 1);
    if (line.starts_with("1 ")) line.remove_prefix(2);
  }
  if (line.starts_with('[')) line.remove_prefix(1);
  if (line.empty()) return {};
  if (is_digit(line.front())) return iso_time(Cursor(line));
  if (line.front() == '@') return tai_time(line);
  if (!is_letter(line.front())) return {};
  auto found = syslog_time(Cursor(line), now);
  // `Fri Jan 15 09:12:01 2027`
  if (found.empty() && line.size() > 4 && line[3] == ' ') found = syslog_time(Cursor(line.substr(4)), now);
  return found;
}

std::string mail_time(std::string_view value) {
  const auto comma = value.find(',');
  Cursor at(trimmed(comma == std::string_view::npos ? value : value.substr(comma + 1)));
  const auto d = at.number(1, 2);
  at.skip_blanks();
  const auto m = at.month();
  at.skip_blanks();
  const auto y = at.number(4, 4);
  at.skip_blanks();
  const auto clock = at.clock();
  if (!d || !m || !y || !clock) return {};
  at.skip_blanks();
  const auto date = day_of(*y, *m, static_cast<unsigned>(*d));
  return date ? written(*date, *clock, at.zone()) : std::string();
}

std::string journal_time(std::string_view value) {
  if (value.size() < 7 || value.size() > 17) return {};
  std::int64_t count = 0;
  for (const char c : value) {
    if (!is_digit(c)) return {};
    count = count * 10 + (c - '0');
  }
  return format_time(Time(std::chrono::seconds(count / 1000000)));
}

}  // namespace rdnsgate::logs
