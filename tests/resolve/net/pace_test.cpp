// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/pace.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::resolve;

namespace {

/// Rounds of 100 ms each, of which the thread works so much.
void rounds(Pace& pace, int count, milliseconds worked) {
  for (int i = 1; i <= count; ++i) {
    while (!pace.answered()) {
    }
    pace.end_round(Clock::time_point() + i * milliseconds(100), i * worked);
  }
}

}  // namespace

TEST_CASE("a thread that is busy with answers is given no more of them") {
  Pace pace(1000);
  rounds(pace, 100, milliseconds(60));
  CHECK(pace.size() == Pace::first);
}

TEST_CASE("one that waits for them asks more at a time, up to the bound") {
  Pace waiting(1000);
  rounds(waiting, 2, milliseconds(40));
  CHECK(waiting.size() == 2 * Pace::first);
  rounds(waiting, 20, milliseconds(40));
  CHECK(waiting.size() == 1000);
}

TEST_CASE("the bound may be small") {
  Pace pace(1);
  rounds(pace, 10, milliseconds(0));
  CHECK(pace.size() == 1);
  CHECK(Pace(0).size() == 1);
}
