// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/change_window.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace rdnsgate {
namespace {

using std::chrono::minutes;

constexpr std::string_view day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    if (const auto part = text.substr(0, end); !part.empty() || separator != ' ') parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::size_t> day_of(std::string_view text) {
  const auto found = std::find(std::begin(day_names), std::end(day_names), text);
  if (found == std::end(day_names)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(day_names));
}

bool read_days(std::string_view text, std::array<bool, 7>& days) {
  if (text == "daily") {
    days.fill(true);
    return true;
  }
  for (const auto part : split(text, ',')) {
    const auto dash = part.find('-');
    const auto first = day_of(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_of(part.substr(dash + 1));
    if (!first || !last) return false;
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
      days[day] = true;
      if (day == *last) break;
    }
  }
  return true;
}

/// `08:00`; up to 24:00.
std::optional<minutes> clock_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  unsigned hour = 0, minute = 0;
  const auto* begin = text.data();
  if (std::from_chars(begin, begin + 2, hour).ptr != begin + 2) return std::nullopt;
  if (std::from_chars(begin + 3, begin + 5, minute).ptr != begin + 5) return std::nullopt;
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
  return minutes(hour * 60 + minute);
}

/// The library throws what the system's database lacks, and where there is none.
Result<const date::time_zone*> zone_of(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return fail(fmt::format("\"{}\" is no time zone that this system knows", name),
                "take a name of the IANA database, such as Europe/Zurich or UTC");
  }
}

}  // namespace

Result<ChangeWindow> ChangeWindow::parse(std::string_view text) {
  const auto malformed = [&](std::string_view what) {
    return fail(fmt::format("\"{}\" is no change window: {}", text, what),
                "write days, times and a time zone: Mon-Thu 08:00-16:00 Europe/Zurich");
  };
  const auto parts = split(text, ' ');
  if (parts.size() != 3) return malformed("it has not three parts");
  ChangeWindow window;
  window.text_ = fmt::format("{} {} {}", parts[0], parts[1], parts[2]);
  if (!read_days(parts[0], window.days_))
    return malformed(fmt::format("\"{}\" are no days of the week", parts[0]));
  const auto dash = parts[1].find('-');
  const auto from = clock_of(parts[1].substr(0, dash));
  const auto until = dash == std::string_view::npos ? std::nullopt : clock_of(parts[1].substr(dash + 1));
  if (!from || !until || *from == minutes(24 * 60))
    return malformed(fmt::format("\"{}\" is no span of the day", parts[1]));
  window.from_ = *from;
  window.until_ = *until > *from ? *until : *until + minutes(24 * 60);
  const auto zone = zone_of(parts[2]);
  if (!zone) return tl::unexpected(zone.error());
  window.zone_ = *zone;
  return window;
}

ChangeWindow::Stretch ChangeWindow::next_stretch(Time time) const {
  const auto today = date::floor<date::days>(zone_->to_local(time));
  // Yesterday's may still be open. Whole days can be missing where a zone changed sides of the date line, so
  // that one may come a week later than the calendar says.
  for (int i = -1; i <= 15; ++i) {
    const auto day = today + date::days(i);
    if (!days_[date::weekday(day).c_encoding()]) continue;
    const Time open = zone_->to_sys(day + from_, date::choose::earliest);
    const Time close = zone_->to_sys(day + until_, date::choose::latest);
    if (close > time && open < close) return {std::max(open, time), close};
  }
  return {time, time};
}

Time next_opening(std::span<const ChangeWindow> windows, Time time) {
  if (windows.empty()) return time;
  Time first = windows.front().next_opening(time);
  for (const auto& window : windows.subspan(1)) first = std::min(first, window.next_opening(time));
  return first;
}

std::vector<ChangeWindow::Stretch> open_stretches(std::span<const ChangeWindow> windows, Time from,
                                                  Time until, std::size_t most) {
  std::vector<ChangeWindow::Stretch> all;
  while (from < until && !windows.empty() && all.size() < most) {
    const Time open = next_opening(windows, from);
    Time close = open;
    // What is open when another closes goes on.
    for (bool goes_on = true; goes_on && close < until;) {
      goes_on = false;
      for (const auto& window : windows) {
        const auto next = window.next_stretch(close);
        if (next.from > close || next.until <= close) continue;
        close = next.until;
        goes_on = true;
      }
    }
    if (open >= until || close <= open) break;
    all.push_back({open, std::min(close, until)});
    from = close;
  }
  return all;
}

}  // namespace rdnsgate
