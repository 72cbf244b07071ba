// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/timestamp.h"

namespace date {
class time_zone;
}

namespace rdnsgate {

/// How people in a time zone read the time.
class WallClock {
 public:
  /// `zone`: lives as long as the program; nullptr for UTC.
  explicit WallClock(const date::time_zone* zone = nullptr) : zone_(zone) {}

  /// `Europe/Zurich`, or `UTC`.
  std::string zone() const;
  /// `CEST`, `UTC`; a zone without letters has `+03`.
  std::string abbreviation(Time time) const;
  /// `UTC+02:00`; `UTC` where there is no difference.
  std::string offset(Time time) const;
  /// `Mon 2027-03-29 08:00 CEST`; with seconds where it is no full minute.
  std::string text(Time time) const;
  /// `Mon 29 Mar`, and `08:00`.
  std::string day(Time time) const;
  std::string time_of_day(Time time) const;
  /// RFC 3339: `2027-03-29T08:00:00+02:00`, `2027-03-29T06:00:00Z`.
  std::string rfc3339(Time time) const;

  /// The first moment after `time` at which the wall shows a multiple of `step` since midnight; of a step of several
  /// days, a midnight of so many days since 1970.
  Time next_multiple(Time time, seconds step) const;

 private:
  struct Reading;
  Reading read(Time time) const;

  const date::time_zone* zone_;
};

/// A moment that a person names (RFC 3339): `2026-12-01T22:00+01:00`, `2027-05-31T08:00:00Z`. Seconds may be left out,
/// the offset from UTC may not. The error says which part is wrong.
Result<Time> parse_moment(std::string_view text);

}  // namespace rdnsgate
