// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/timestamp.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("dates and times") {
  CHECK(format_date(parse_date("2027-05-31").value()) == "2027-05-31");
  CHECK(format_time(parse_time("2024-02-29T23:59:59Z").value()) == "2024-02-29T23:59:59Z");
  CHECK(format_time(Time{}) == "1970-01-01T00:00:00Z");
  for (const auto* text :
       {"", "2027-5-31", "2027-02-29", "2027-13-01", "2027-05-31T00:00:00Z", "20270531", "2027-05-3x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  for (const auto* text :
       {"2027-05-31", "2027-05-31T24:00:00Z", "2027-05-31T00:00:00", "2027-05-31 00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
}
