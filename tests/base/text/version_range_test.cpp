// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/version_range.h"

#include <doctest/doctest.h>

using rdnsgate::version_within;

TEST_CASE("a version is compared with every term of a range") {
  CHECK(version_within("0.1.0", ">= 0.1").value());
  CHECK(version_within("0.1.0", ">=0.1.0, <2").value());
  CHECK_FALSE(version_within("2.0.0", ">= 0.1, < 2").value());
  CHECK_FALSE(version_within("0.1.0", "> 0.1").value());
  CHECK(version_within("0.1.1", "> 0.1").value());
  CHECK(version_within("0.1.0", "<= 0.1").value());
  CHECK(version_within("0.1.0", "= 0.1").value());
  CHECK_FALSE(version_within("0.1.0", "!= 0.1").value());
  CHECK(version_within("0.10.0", "> 0.9").value());  // numbers, not texts
}

TEST_CASE("what is no range is refused") {
  for (const auto* text : {"", "0.1", ">=", "~> 1", "=> 1", ">= 1.2.3.4", ">= 1,", ">= x",
                           ">= 99999999999999999999", ">= 1 2", ">= -1", ">= 1."}) {
    CAPTURE(text);
    CHECK_FALSE(version_within("0.1.0", text).has_value());
  }
}
