// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "audit/notes.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Estate with_standard(int warn_ms, int fail_ms) {
  auto estate = good_estate();
  estate.inventory.standards.latency_warn = milliseconds(warn_ms);
  estate.inventory.standards.latency_fail = milliseconds(fail_ms);
  return estate;
}

World taking(World world, std::uint32_t ms) {
  return world.change([ms](dns::Fact& fact) { fact.rtt_us = 1000 * ms; });
}
/// A cache that has had everything for a while.
World cached(World world) {
  return world.change([](dns::Fact& fact) {
    for (auto& set : fact.answer) set.ttl -= 100;
  });
}

}  // namespace

TEST_CASE("resolver-latency: an own walk is cold, and above the standard it is a warning or an error") {
  auto said = report(with_standard(500, 2000), {walk(taking(good_world(), 800))});
  CHECK(said.finding("resolver-latency", "walk").severity == Severity::warning);
  CHECK(said.finding("resolver-latency", "walk").expected == "500 ms");
  CHECK(said.finding("resolver-latency", "walk").observed == "800 ms");
  CHECK(said.result.verdict == audit::Verdict::pass);
  said = report(with_standard(500, 2000), {walk(taking(good_world(), 2001))});
  CHECK(said.finding("resolver-latency", "walk").severity == Severity::error);
  CHECK(said.result.verdict == audit::Verdict::fail);
}

TEST_CASE("resolver-latency: silent at the standard, and where there is none") {
  CHECK(report(with_standard(500, 2000), {walk(taking(good_world(), 500))}).result.findings.empty());
  CHECK(report(good_estate(), {walk(taking(good_world(), 60000))}).result.findings.empty());
}

TEST_CASE("resolver-latency: of a resolver only what it certainly had to look up counts") {
  const auto estate = with_standard(500, 2000);
  const auto slow = taking(good_world(), 900);
  CHECK(report(estate, {walk(good_world()), resolver("quad", slow)}).says("resolver-latency quad confirmed"));
  CHECK(
      report(estate, {walk(good_world()), resolver("quad", cached(slow))}).silent_about("resolver-latency"));
  // Nobody knows the full TTL here.
  CHECK(report(estate, {resolver("quad", slow), resolver("nine", slow)}).silent_about("resolver-latency"));
}

TEST_CASE("resolver-latency: one slow answer among many is no matter, one among few is") {
  std::vector<std::uint32_t> values(100, 10);
  values[3] = values[50] = 5000;
  CHECK(audit::percentile(values, 95) == 10);
  for (int i = 60; i < 64; ++i) values[static_cast<std::size_t>(i)] = 5000;
  CHECK(audit::percentile(values, 95) == 5000);
  CHECK(audit::percentile({10, 5000, 10}, 95) == 5000);
  CHECK(audit::percentile({}, 95) == 0);

  const auto one_slow = good_world().change(
      [](dns::Fact& fact) { fact.rtt_us = fact.question.type == dns::RrType::PTR ? 900'000 : 10'000; });
  CHECK(report(with_standard(500, 2000), {walk(one_slow)}).finding("resolver-latency", "walk").observed ==
        "900 ms");
}
