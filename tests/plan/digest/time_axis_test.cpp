// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/time_axis.h"

#include <doctest/doctest.h>

#include "base/change_window.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;

namespace {

const Time monday = parse_time("2027-03-29T06:10:00Z").value();

std::string marks(seconds length, const WallClock& clock = WallClock()) {
  std::string text;
  for (const auto& mark : TimeAxis(monday, monday + length, clock).marks())
    text += mark.text + (mark.day.empty() ? "" : "/" + mark.day) + " ";
  return text;
}

}  // namespace

TEST_CASE("marks are full hours or days of the wall, few enough to be read, with each new day named") {
  CHECK(marks(seconds(20 * 60)) == "06:10/Mon 29 Mar 06:15 06:20 06:25 06:30 ");
  CHECK(marks(seconds(36 * 3600)) == "12:00/Mon 29 Mar 18:00 00:00/Tue 30 Mar 06:00 12:00 18:00 ");
  CHECK(marks(seconds(4 * 86400)) ==
        "12:00/Mon 29 Mar 00:00/Tue 30 Mar 12:00 00:00/Wed 31 Mar 12:00 00:00/Thu 1 Apr 12:00 00:00/Fri 2 "
        "Apr ");
  CHECK(marks(seconds(8 * 86400)) ==
        "Tue 30 Mar Wed 31 Mar Thu 1 Apr Fri 2 Apr Sat 3 Apr Sun 4 Apr Mon 5 Apr Tue 6 Apr ");
  const WallClock zurich(ChangeWindow::parse("daily 00:00-24:00 Europe/Zurich").value().zone());
  CHECK(marks(seconds(2 * 3600), zurich) == "08:15/Mon 29 Mar 08:30 08:45 09:00 09:15 09:30 09:45 10:00 ");
}

TEST_CASE("however long a plan takes, there are few marks") {
  for (const long long length : {0LL, 1LL, 59LL, 61LL, 3600LL, 86400LL, 700000LL, 40000000LL, 4000000000LL}) {
    CAPTURE(length);
    CHECK(TimeAxis(monday, monday + seconds(length), WallClock()).marks().size() <= 11);
  }
  CHECK(TimeAxis(monday, monday + seconds(4000000000LL), WallClock()).marks().size() >= 3);
}

TEST_CASE("places are shares of the width, and never outside") {
  const TimeAxis axis(monday, monday + seconds(1000), WallClock(), 9000);
  CHECK(axis.place(monday) == 0);
  CHECK(axis.place(monday + seconds(500)) == 4500);
  CHECK(axis.place(monday + seconds(1000)) == 9000);
  CHECK(axis.place(monday - seconds(5)) == 0);
  CHECK(axis.place(monday + seconds(5000)) == 9000);
  CHECK(TimeAxis(monday, monday, WallClock()).place(monday) == 0);
}
