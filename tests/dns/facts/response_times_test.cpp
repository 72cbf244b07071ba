// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/response_times.h"

#include <doctest/doctest.h>

namespace rdnsgate::dns {
namespace {

bool is_near(double value, double expected) { return value > expected * 0.99 && value < expected * 1.01; }

TEST_CASE("percentiles by the nearest rank, to one part in a hundred") {
  ResponseTimes times;
  CHECK(times.percentile_ms(50) == 0);
  for (std::uint32_t ms = 100; ms >= 1; --ms) times.add(Outcome::answer, ms * 1000);
  CHECK(times.questions() == 100);
  CHECK(is_near(times.percentile_ms(50), 50));
  CHECK(is_near(times.percentile_ms(95), 95));
  CHECK(is_near(times.percentile_ms(99), 99));
  CHECK(is_near(times.percentile_ms(100), 100));
  CHECK(is_near(times.percentile_ms(1), 1));
}

TEST_CASE("the longest and the shortest time that there can be") {
  for (const std::uint32_t us : {0U, 1U, 999U, 4'294'967'295U}) {
    ResponseTimes times;
    times.add(Outcome::nxdomain, us);
    CHECK(is_near(times.percentile_ms(99), us == 0 ? 0.001 : us / 1000.0));
  }
}

TEST_CASE("what is no answer has no time") {
  ResponseTimes times;
  times.add(Outcome::timeout, 5'000'000);
  times.add(Outcome::servfail, 5'000'000);
  times.add(Outcome::refused, 5'000'000);
  times.add(Outcome::nodata, 2'000);
  CHECK(times.questions() == 4);
  CHECK(times.timeouts() == 1);
  CHECK(times.failures() == 2);
  CHECK(is_near(times.percentile_ms(99), 2));
}

}  // namespace
}  // namespace rdnsgate::dns
