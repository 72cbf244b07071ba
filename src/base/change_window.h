// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"

namespace date {
class time_zone;
}

namespace rdnsgate {

/// The times of the week at which changes may be made: `Mon-Thu 08:00-16:00 Europe/Zurich`. Days are
/// three-letter names, several separated by commas, or spans (`Fri-Mon`), or `daily`. What ends no later than
/// it begins ends on the next day: `Sat 22:00-04:00 UTC`. The clock on the wall counts: where it jumps, a
/// window begins and ends with the jump, and of an hour that comes twice it has both.
class ChangeWindow {
 public:
  /// An error says what is wrong, an unknown time zone among it.
  static Result<ChangeWindow> parse(std::string_view text);

  /// When it is open without a break.
  struct Stretch {
    Time from{}, until{};
    bool operator==(const Stretch&) const = default;
  };
  /// The stretch that `time` is in, from `time` on, otherwise the first one after it.
  Stretch next_stretch(Time time) const;
  /// `time` where the window is open, otherwise the first moment after it at which it is.
  Time next_opening(Time time) const { return next_stretch(time).from; }
  const std::string& text() const { return text_; }  ///< as it was written
  const date::time_zone* zone() const { return zone_; }
  bool operator==(const ChangeWindow& other) const { return text_ == other.text_; }

 private:
  std::string text_;
  std::array<bool, 7> days_{};             ///< from Sunday on: it begins on such a day
  std::chrono::minutes from_{}, until_{};  ///< since midnight; `until_` may be on the next day
  const date::time_zone* zone_ = nullptr;  ///< lives as long as the program
};

/// The first moment from `time` on at which one of them is open; `time` where there are none.
Time next_opening(std::span<const ChangeWindow> windows, Time time);

/// When any of them is open between two moments, in order, none touching the next; empty where there are no windows.
/// No more than `most` stretches are looked for.
std::vector<ChangeWindow::Stretch> open_stretches(std::span<const ChangeWindow> windows, Time from,
                                                  Time until, std::size_t most);

}  // namespace rdnsgate
