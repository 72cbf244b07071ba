// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/circuit_breaker.h"

#include <thread>

#include "resolve/ask.h"
#include "resolve/fault_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {
Clock::time_point at(int second) { return Clock::time_point(std::chrono::seconds(second)); }
}  // namespace

TEST_CASE("a server is set aside after silence in a row, and comes back") {
  CircuitBreaker breaker(milliseconds(60'000));
  for (unsigned i = 1; i < CircuitBreaker::limit; ++i) breaker.silent(at(1), at(2));
  CHECK_FALSE(breaker.open(at(2)));
  breaker.silent(at(1), at(2));
  CHECK(breaker.open(at(2)));
  CHECK(breaker.open(at(61)));
  CHECK_FALSE(breaker.open(at(62)));
}

TEST_CASE("any reply begins the count anew, and what was sent before it does not count") {
  CircuitBreaker breaker(milliseconds(60'000));
  for (unsigned i = 1; i < CircuitBreaker::limit; ++i) breaker.silent(at(1), at(2));
  breaker.replied(at(3));
  for (unsigned i = 0; i < 2 * CircuitBreaker::limit; ++i) breaker.silent(at(2), at(4));
  for (unsigned i = 1; i < CircuitBreaker::limit; ++i) breaker.silent(at(4), at(5));
  CHECK_FALSE(breaker.open(at(5)));
}

TEST_CASE("one that comes back silent is set aside sooner, one that answers is trusted again") {
  CircuitBreaker breaker(milliseconds(60'000));
  for (unsigned i = 0; i < CircuitBreaker::limit; ++i) breaker.silent(at(1), at(2));
  breaker.silent(at(50), at(62));  // sent before: old news
  for (unsigned i = 0; i < CircuitBreaker::limit_of_return; ++i) breaker.silent(at(63), at(64));
  CHECK(breaker.open(at(64)));
  CHECK_FALSE(breaker.open(at(124)));
  breaker.replied(at(125));
  for (unsigned i = 1; i < CircuitBreaker::limit; ++i) breaker.silent(at(126), at(127));
  CHECK_FALSE(breaker.open(at(127)));
}

TEST_CASE("the client asks a silent server no more, comes back to it, and asks the others all the while") {
  FaultServer silent, fine;
  auto options = quick;
  options.aside_time = milliseconds(400);
  const auto panel =
      make_panel(std::vector{forward_config(silent.port()), forward_config(fine.port())}, options).value();
  for (int i = 0; i < 30; ++i) panel->ask({0, name("silent.h" + std::to_string(i) + ".test"), RrType::A});
  for (const auto& fact : collect(*panel, 30)) CHECK(fact.outcome == Outcome::timeout);
  panel->ask({0, name("ok.test"), RrType::PTR});
  panel->ask({1, name("ok.test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 2)) {
    CHECK(fact.outcome == (fact.question.vantage == 0 ? Outcome::timeout : Outcome::answer));
    if (fact.question.vantage == 0) CHECK(fact.reason == "server set aside after 20 unanswered questions");
    if (fact.question.vantage == 0) CHECK(fact.tries == 0);
  }
  CHECK(silent.asked("ok") == 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(8);
  auto fact = ask(*panel, "ok.test");
  while (fact.outcome != Outcome::answer && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(20));
    fact = ask(*panel, "ok.test");
  }
  CHECK(fact.outcome == Outcome::answer);
}
