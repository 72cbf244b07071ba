// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/retry_time.h"

#include <doctest/doctest.h>

using namespace rdnsgate::resolve;
using std::chrono::milliseconds;

namespace {

milliseconds after(const RetryTime& time, unsigned tries) {
  return std::chrono::round<milliseconds>(time.after(tries));
}

RetryTime measured(std::initializer_list<int> answers) {
  RetryTime time(milliseconds(1000), milliseconds(5000));
  for (const int took : answers) time.measured(milliseconds(took));
  return time;
}

}  // namespace

TEST_CASE("tries of a server that nobody has heard yet are at 0, 1 and 3 s") {
  const auto unheard = measured({});
  CHECK(after(unheard, 1) == milliseconds(1000));
  CHECK(after(unheard, 2) == milliseconds(2000));
}

TEST_CASE("a fast server is asked again no sooner, a slow one later, and all tries have time for an answer") {
  CHECK(after(measured({20, 20, 20}), 1) == milliseconds(1000));
  CHECK(after(measured({20, 20, 20}), 2) == milliseconds(2000));
  // Steady answers: the variation melts away (RFC 6298 §2.3).
  auto slow = measured({1200});
  for (int i = 0; i < 50; ++i) slow.measured(milliseconds(1200));
  CHECK(after(slow, 1) >= milliseconds(1200));
  CHECK(after(slow, 1) < milliseconds(1250));
  // Answers that vary: four times the variation beside the mean, and no more than two fifths of the time.
  const auto shaky = measured({300, 900, 200, 1100});
  CHECK(after(shaky, 1) > milliseconds(1500));
  CHECK(after(measured({4500}), 1) == milliseconds(2000));
  CHECK(after(measured({4500}), 1) + after(measured({4500}), 2) == milliseconds(3000));
}

TEST_CASE("more time for a question spaces its tries as far as the server takes") {
  RetryTime time(milliseconds(1000), milliseconds(20'000));
  CHECK(after(time, 1) + after(time, 2) == milliseconds(3000));
  time.measured(milliseconds(2000));
  CHECK(after(time, 1) == milliseconds(6000));
  CHECK(after(time, 1) + after(time, 2) == milliseconds(12'000));
}
