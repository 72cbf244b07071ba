// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/schedule.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace rdnsgate::run {
namespace {

using std::chrono::minutes;

Schedule every_five(unsigned jitter, std::uint64_t seed = 1) {
  Schedule schedule;
  schedule.jitter_percent = jitter;
  schedule.seed = seed;
  return schedule;
}

TEST_CASE("a look is due at its turn, and put off by no more than the jitter") {
  for (const unsigned jitter : {0u, 10u, 100u}) {
    CAPTURE(jitter);
    const auto schedule = every_five(jitter);
    for (std::uint64_t number = 0; number < 1000; ++number) {
      const auto turn = schedule.every * static_cast<std::int64_t>(number);
      CHECK(due(schedule, number) >= turn);
      CHECK(due(schedule, number) <= turn + schedule.every * jitter / 100);
      CHECK(due(schedule, number + 1) >= due(schedule, number));
    }
  }
}

TEST_CASE("hosts spread, and each stays where it is") {
  CHECK(seed_of("a.example", "inventory.yaml") == seed_of("a.example", "inventory.yaml"));
  CHECK(seed_of("a.example", "inventory.yaml") != seed_of("b.example", "inventory.yaml"));
  CHECK(seed_of("a.example", "inventory.yaml") != seed_of("a.example", "other.yaml"));
  std::set<std::int64_t> slots;  // of a second each
  for (int host = 0; host < 300; ++host) {
    const auto schedule = every_five(100, seed_of("host" + std::to_string(host), "inventory.yaml"));
    slots.insert(due(schedule, 7).count() / 1000);
  }
  CHECK(slots.size() > 150);  // of 300 seconds; at random 190
}

TEST_CASE("the first look is at once, or put off like any other") {
  auto schedule = every_five(100, seed_of("a.example", "x"));
  CHECK(due(schedule, 0).count() == 0);
  schedule.first_at_once = false;
  CHECK(due(schedule, 0).count() > 0);
}

TEST_CASE("what was left out is not made up for") {
  const auto schedule = every_five(0);
  CHECK(next_look(schedule, 0, minutes(1)) == 1);
  CHECK(next_look(schedule, 0, minutes(5)) == 1);
  CHECK(next_look(schedule, 0, minutes(5) + milliseconds(1)) == 2);
  CHECK(next_look(schedule, 3, minutes(1000)) == 200);  // it slept, or the look took that long
  const auto put_off = every_five(100);
  for (int minute = 0; minute < 100; ++minute) {
    const auto next = next_look(put_off, 0, minutes(minute));
    CHECK(due(put_off, next) >= minutes(minute));
  }
}

}  // namespace
}  // namespace rdnsgate::run
