// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/duration.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("durations are read in every form that the inventory allows") {
  CHECK(parse_duration("90")->count() == 90);
  CHECK(parse_duration("300s")->count() == 300);
  CHECK(parse_duration("5m")->count() == 300);
  CHECK(parse_duration("1h30m")->count() == 5400);
  CHECK(parse_duration("1d")->count() == 86400);
  CHECK(parse_duration("1w")->count() == 604800);
  CHECK(parse_duration("0")->count() == 0);
  CHECK(parse_duration("2147483647")->count() == 2147483647);
  CHECK(parse_duration_ms("500ms")->count() == 500);
  CHECK(parse_duration_ms("1s500ms")->count() == 1500);
  CHECK(parse_duration_ms("2")->count() == 2000);
}

TEST_CASE("what is not a duration is refused") {
  for (const auto* text : {"", "s", "-5", "5 m", "5x", "1m1h", "1h1h", "5m3", "1.5h", "500ms", "2147483648",
                           "99999999999999999999w", "4000w"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("a formatted duration reads back as itself") {
  for (const long value :
       {0L, 1L, 59L, 60L, 61L, 3600L, 5400L, 86400L, 86760L, 92340L, 604800L, 2147483647L}) {
    CHECK(parse_duration(format_duration(seconds(value)))->count() == value);
  }
  CHECK(format_duration(seconds(92340)) == "1d1h39m");
}
