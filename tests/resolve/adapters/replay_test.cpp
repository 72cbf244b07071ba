// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/replay.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using dns::RrType;

namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

std::unique_ptr<dns::Panel> panel_of(std::vector<dns::Fact> facts) {
  const auto taken_at = parse_time("2027-01-01T00:00:00Z").value();
  dns::Snapshot snapshot{
      {"0.1.0",
       taken_at,
       taken_at,
       {{"own", dns::VantageKind::recursive, "us"}, {"far", dns::VantageKind::forward, "them"}}},
      {}};
  for (const auto& fact : facts) snapshot.facts.insert(fact);
  return resolve::make_replay(std::move(snapshot));
}

dns::Fact recorded(dns::Outcome outcome) {
  dns::Fact fact;
  fact.question = {1, name("a.example"), RrType::PTR};
  fact.outcome = outcome;
  fact.reason = "why";
  fact.rtt_us = 77;
  return fact;
}

}  // namespace

TEST_CASE("a replayed vantage is the one that was recorded") {
  const auto panel = panel_of({});
  REQUIRE(panel->vantages().size() == 2);
  CHECK(panel->vantages()[0].kind == dns::VantageKind::recursive);
  CHECK(panel->vantages()[1].name == "far");
  CHECK(panel->vantages()[1].operator_name == "them");
}

TEST_CASE("a recorded fact comes back as it was, whatever its outcome, and not before run_once") {
  using enum dns::Outcome;
  for (const auto outcome :
       {answer, nodata, nxdomain, servfail, refused, timeout, unreachable, bogus, malformed, unanswered}) {
    const auto panel = panel_of({recorded(outcome)});
    std::vector<dns::Fact> facts;
    panel->set_sink([&](dns::Fact&& fact) { facts.push_back(std::move(fact)); });
    panel->ask({1, name("A.example"), RrType::PTR});
    CHECK(facts.empty());
    CHECK(panel->run_once(milliseconds(1)) == 1);
    REQUIRE(facts.size() == 1);
    CHECK(facts[0].outcome == outcome);
    CHECK(facts[0].reason == "why");
    CHECK(facts[0].rtt_us == 77);
    CHECK(panel->run_once(milliseconds(1)) == 0);
  }
}

TEST_CASE("what was not recorded is not answered, and never missing") {
  const auto panel = panel_of({recorded(dns::Outcome::answer)});
  std::vector<dns::Fact> facts;
  panel->set_sink([&](dns::Fact&& fact) { facts.push_back(std::move(fact)); });
  panel->ask({0, name("a.example"), RrType::PTR});  // another vantage
  panel->ask({1, name("a.example"), RrType::A});    // another type
  panel->ask({1, name("b.example"), RrType::PTR});  // another name
  CHECK(panel->run_once(milliseconds(1)) == 3);
  REQUIRE(facts.size() == 3);
  for (const auto& fact : facts) {
    CHECK(fact.outcome == dns::Outcome::unanswered);
    CHECK_FALSE(dns::is_definite(fact.outcome));
    CHECK(fact.reason == "not in the snapshot");
  }
}
