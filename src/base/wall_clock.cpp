// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/wall_clock.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/wording.h"

namespace rdnsgate {
namespace {

using std::chrono::minutes;

constexpr std::string_view weekday_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string signed_minutes(seconds offset) {
  const auto all = std::chrono::duration_cast<minutes>(offset < seconds(0) ? -offset : offset).count();
  return fmt::format("{}{:02}:{:02}", offset < seconds(0) ? '-' : '+', all / 60, all % 60);
}

std::optional<unsigned> two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(at, 2)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

constexpr const char* moment_form =
    "write date, time and offset from UTC, such as 2026-12-01T22:00+01:00, or 2026-12-01T21:00:00Z";

tl::unexpected<Error> no_moment(std::string_view text, std::string_view why) {
  return fail(fmt::format("{} {}", in_quotes(text), why), moment_form);
}

/// `Z`, `+01:00`, `-0330`.
std::optional<minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return minutes(0);
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool has_colon = text.size() == 6 && text[3] == ':';
  const auto hour = two_digits(text, 1), minute = two_digits(text, has_colon ? 4 : 3);
  if ((!has_colon && text.size() != 5) || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset(*hour * 60 + *minute);
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

struct WallClock::Reading {
  date::local_seconds local;
  seconds offset{};
  std::string abbreviation;

  Time as_if_utc() const { return Time(local.time_since_epoch()); }
};

WallClock::Reading WallClock::read(Time time) const {
  if (zone_ == nullptr) return {date::local_seconds(time.time_since_epoch()), seconds(0), "UTC"};
  const auto info = zone_->get_info(time);
  return {date::local_seconds(time.time_since_epoch() + info.offset), info.offset, info.abbrev};
}

std::string WallClock::zone() const { return zone_ == nullptr ? "UTC" : zone_->name(); }

std::string WallClock::abbreviation(Time time) const { return read(time).abbreviation; }

std::string WallClock::offset(Time time) const {
  const auto offset = read(time).offset;
  return offset == seconds(0) ? "UTC" : "UTC" + signed_minutes(offset);
}

std::string WallClock::text(Time time) const {
  const auto reading = read(time);
  const auto wall = reading.as_if_utc();
  const date::weekday weekday(date::floor<date::days>(reading.local));
  return fmt::format("{} {} {} {}", weekday_names[weekday.c_encoding()], format_date(wall), time_of_day(time),
                     reading.abbreviation);
}

std::string WallClock::day(Time time) const {
  const auto today = date::floor<date::days>(read(time).local);
  const date::year_month_day ymd(today);
  return fmt::format("{} {} {}", weekday_names[date::weekday(today).c_encoding()],
                     static_cast<unsigned>(ymd.day()), month_names[static_cast<unsigned>(ymd.month()) - 1]);
}

std::string WallClock::time_of_day(Time time) const {
  const auto local = read(time).local;
  const date::hh_mm_ss clock{local - date::floor<date::days>(local)};
  const auto rest = clock.seconds().count();
  return fmt::format("{:02}:{:02}{}", clock.hours().count(), clock.minutes().count(),
                     rest == 0 ? std::string() : fmt::format(":{:02}", rest));
}

std::string WallClock::rfc3339(Time time) const {
  const auto reading = read(time);
  auto text = format_time(reading.as_if_utc());
  if (reading.offset == seconds(0)) return text;
  text.pop_back();
  return text + signed_minutes(reading.offset);
}

Time WallClock::next_multiple(Time time, seconds step) const {
  const auto local = read(time).local;
  const auto day = date::floor<date::days>(local);
  const auto begin = step > seconds(date::days(1)) ? date::local_seconds() : date::local_seconds(day);
  auto next = begin + ((local - begin) / step + 1) * step;
  if (step <= seconds(date::days(1)) && next > day + date::days(1)) next = day + date::days(1);
  if (zone_ == nullptr) return Time(next.time_since_epoch());
  // Where the clock is set back, the wall may show the same again: never the same moment.
  const Time first = zone_->to_sys(next, date::choose::earliest);
  return first > time ? first : zone_->to_sys(next, date::choose::latest);
}

Result<Time> parse_moment(std::string_view text) {
  const auto day = parse_date(text.substr(0, std::min<std::size_t>(10, text.size())));
  const bool looks_like_date = text.size() >= 10 && text[4] == '-' && text[7] == '-';
  if (!day) return no_moment(text, looks_like_date ? "names a day that does not exist" : "is not a time");
  if (text.size() == 10) return no_moment(text, "has no time of the day");
  const bool separated = text[10] == 'T' || text[10] == 't' || text[10] == ' ';
  const auto hour = two_digits(text, 11), minute = two_digits(text, 14);
  if (!separated || !hour || !minute || text[13] != ':') return no_moment(text, "is not a time");
  const bool has_seconds = text.size() > 16 && text[16] == ':';
  const auto second = has_seconds ? two_digits(text, 17) : std::optional(0u);
  if (!second) return no_moment(text, "is not a time");
  if (*hour > 23 || *minute > 59 || *second > 59)
    return no_moment(text, "names a time of the day that does not exist");
  const auto zone = text.substr(has_seconds ? 19 : 16);
  if (zone.empty()) {
    return fail(fmt::format("{} does not say its offset from UTC", in_quotes(text)),
                fmt::format("write {0}Z for UTC, or {0}+01:00 where clocks are an hour ahead of it", text));
  }
  const auto offset = offset_of(zone);
  if (!offset) {
    return fail(fmt::format("{} ends in {}, which is no offset from UTC", in_quotes(text), in_quotes(zone)),
                moment_form);
  }
  return *day + std::chrono::hours(*hour) + minutes(*minute) + seconds(*second) - *offset;
}

}  // namespace rdnsgate
