// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/wall_clock.h"

namespace rdnsgate::plan {

/// A stretch of time as a line from left to right.
class TimeAxis {
 public:
  struct Mark {
    Time at{};
    std::string text;  ///< `08:00`; of whole days `Mon 29 Mar`
    std::string day;   ///< where it is another one than that of the mark before; else empty
  };

  /// From `first` to `last`; `reach` is how much of the width that takes, in hundredths of a percent.
  TimeAxis(Time first, Time last, const WallClock& clock, long long reach = 10000);

  /// In hundredths of a percent of the width; what lies outside is at an end.
  long long place(Time time) const;
  /// At full hours or midnights of the wall, few enough to be read.
  std::vector<Mark> marks() const;

 private:
  Time first_, last_;
  WallClock clock_;
  long long reach_;
};

}  // namespace rdnsgate::plan
