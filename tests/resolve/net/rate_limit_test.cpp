// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/rate_limit.h"

#include "resolve/ask.h"
#include "resolve/fault_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {
Clock::time_point at(int ms) { return Clock::time_point(std::chrono::seconds(1) + milliseconds(ms)); }
}  // namespace

TEST_CASE("a public resolver is asked politely, one's own at full speed") {
  for (const auto* own : {"10.0.0.53", "127.0.0.1", "192.168.1.1", "169.254.1.1", "192.0.2.53", "::1",
                          "fd00::53", "fe80::1", "2001:db8::53"}) {
    CAPTURE(own);
    CHECK(polite_rate(IpAddress::parse(own).value()) == 0);
  }
  for (const auto* other : {"9.9.9.9", "1.1.1.1", "2620:fe::fe"}) {
    CAPTURE(other);
    CHECK(polite_rate(IpAddress::parse(other).value()) == 50);
  }
}

TEST_CASE("tokens come at the rate, a twentieth of a second's at once") {
  RateLimit limit(100);
  CHECK(limit.take(64, at(0)) == 5);
  CHECK(limit.take(64, at(0)) == 0);
  CHECK(limit.next(at(0)) == at(10));
  CHECK(limit.take(64, at(25)) == 2);
  CHECK(limit.take(64, at(10'000)) == 5);
  limit.give_back(2);
  CHECK(limit.take(64, at(10'000)) == 2);
  CHECK(RateLimit(0).take(64, at(0)) == 64);
}

TEST_CASE("what went unasked for is paid back") {
  RateLimit limit(100);
  CHECK(limit.take(5, at(0)) == 5);
  limit.spend();
  limit.spend();
  CHECK(limit.take(64, at(19)) == 0);
  CHECK(limit.next(at(19)) > at(29));
  CHECK(limit.take(64, at(31)) == 1);
}

TEST_CASE("the client keeps to the rate, retries and TCP included") {
  FaultServer server;
  const auto panel = forward(server.port(), patient, {.questions_per_second = 100});
  for (int i = 0; i < 18; ++i) panel->ask({0, name("tc.h" + std::to_string(i) + ".test"), RrType::PTR});
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& fact : collect(*panel, 18)) CHECK(fact.outcome == Outcome::answer);
  CHECK(std::chrono::steady_clock::now() - begin >
        milliseconds(200));  // 36 messages, at least 25 of them paid for
}

TEST_CASE("a retry goes before what was never asked, and none is sent when its time is over") {
  FaultServer server;
  auto options = quick;
  options.in_flight = 1000;
  // The forty take longer than a question may, and the retry has to find its place among them.
  const auto panel = forward(server.port(), options, {.questions_per_second = 20});
  panel->ask({0, name("lost.test"), RrType::PTR});
  for (int i = 0; i < 40; ++i) panel->ask({0, name("ok.h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 41)) {
    CHECK(fact.outcome == Outcome::answer);
    CHECK(unsigned{fact.tries} == (fact.question.name == name("lost.test") ? 2 : 1));
  }
}
