// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/time_axis.h"

#include <algorithm>

namespace rdnsgate::plan {
namespace {

constexpr seconds hour = std::chrono::hours(1);
constexpr seconds whole_day = 24 * hour;

/// Between two marks.
constexpr seconds mark_steps[] = {seconds(60),   seconds(300),   seconds(900),   seconds(1800), hour,
                                  3 * hour,      6 * hour,       12 * hour,      whole_day,     2 * whole_day,
                                  7 * whole_day, 14 * whole_day, 28 * whole_day, 91 * whole_day};

}  // namespace

TimeAxis::TimeAxis(Time first, Time last, const WallClock& clock, long long reach)
    : first_(first), last_(std::max(last, first + seconds(1))), clock_(clock), reach_(reach) {}

long long TimeAxis::place(Time time) const {
  const auto whole = (last_ - first_).count();
  return (std::clamp(time, first_, last_) - first_).count() * reach_ / whole;
}

std::vector<TimeAxis::Mark> TimeAxis::marks() const {
  constexpr long long most = 10;
  auto step = *std::find_if(std::begin(mark_steps), std::end(mark_steps) - 1,
                            [&](seconds one) { return (last_ - first_) / one < most; });
  while ((last_ - first_) / step >= most) step *= 2;  // years
  std::vector<Mark> all;
  std::string today;
  // The first moment may be one itself.
  for (Time at = clock_.next_multiple(first_ - seconds(1), step); at <= last_;
       at = clock_.next_multiple(at, step)) {
    auto day = clock_.day(at);
    if (step >= whole_day) {
      all.push_back({at, std::move(day), {}});
    } else {
      all.push_back({at, clock_.time_of_day(at), day == today ? std::string() : day});
      today = std::move(day);
    }
  }
  return all;
}

}  // namespace rdnsgate::plan
