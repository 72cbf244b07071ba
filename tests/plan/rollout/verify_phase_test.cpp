// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Whether SPF lets through what a phase promised, as receivers evaluate it.
#include "plan/rollout/verify_phase.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"
#include "plan/schema_check.h"
#include "plan/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const dns::VantageInfo vantage{"recursive", dns::VantageKind::recursive, "recursive"};

Verification verify(const Dns& dns, const Phase& phase) {
  dns::FactStore facts;
  while (true) {
    dns::FactDesk desk(facts, 0);
    read_checks(phase, desk);
    if (desk.complete()) return verify_phase(phase, facts, 0, vantage);
    for (const auto& question : desk.missing()) facts.insert(dns.answer(question.name, question.type));
  }
}

Estate moved() {
  auto estate = renumber();
  estate.spf("v=spf1 include:_spf.relay.example a:mx1.example.com -all")
      .spf("v=spf1 ip4:203.0.113.0/24 -all", "_spf.relay.example");
  const auto made = estate.make();
  REQUIRE_MESSAGE(made.has_value(), made.error().message);
  // As it is read again.
  const auto document = emit_json(*made);
  CHECK(fits("plan", nlohmann::json::parse(document)));
  estate.plan = read_plan(document, "plan.json").value();
  for (const auto& phase : estate.plan.phases) {
    if (phase.id == "start-egress") break;
    for (const auto& step : phase.steps) REQUIRE(estate.dns.carry_out(step));
  }
  return estate;
}

std::vector<std::string> refused(const Verification& verification) {
  std::vector<std::string> all;
  for (const auto& one : verification.wrong) {
    if (one.server.empty()) all.push_back(one.owner.text() + " " + one.shows);
  }
  return all;
}

}  // namespace

TEST_CASE(
    "before an address sends, verify evaluates SPF for it, and for who sends already when a name changes") {
  const auto estate = moved();
  const auto& start = *phase(estate.plan, "start-egress");
  REQUIRE(start.spf.size() == 1);
  CHECK(start.spf.front().domain == name("example.com"));
  CHECK(start.spf.front().addresses == std::vector{ip("198.51.100.20")});
  CHECK(refused(verify(estate.dns, start)).empty());
  const auto& add = *phase(estate.plan, "add-forward");
  REQUIRE(add.spf.size() == 1);
  CHECK(add.spf.front().addresses == std::vector{ip("192.0.2.10")});
  const auto verified = verify(estate.dns, add);
  CHECK(verified.wrong.empty());
  CHECK(verified.problems.empty());
  CHECK(emit_verification(add, verified).find("; SPF passes for 1 address\n") != std::string::npos);
  CHECK(phase(estate.plan, "preflight")->spf.empty());
}

TEST_CASE("an address that is not let through is wrong, by whatever record") {
  auto estate = moved();
  estate.spf("v=spf1 -all", "_spf.relay.example").spf("v=spf1 include:_spf.relay.example -all");
  const auto verified = verify(estate.dns, *phase(estate.plan, "start-egress"));
  CHECK(refused(verified) == std::vector<std::string>{"example.com SPF of 198.51.100.20 is fail"});
  CHECK(emit_verification(*phase(estate.plan, "start-egress"), verified)
            .find("example.com TXT: SPF of 198.51.100.20 is fail; expected pass") != std::string::npos);
  estate.spf("v=spf1 ipv4:198.51.100.20 -all");
  CHECK(says(refused(verify(estate.dns, *phase(estate.plan, "start-egress"))).at(0), "permerror"));
}

TEST_CASE("what could not be determined is no refusal") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    for (const auto* owner : {"_spf.relay.example", "example.com"}) {
      auto estate = moved();
      estate.dns.broken(owner, RrType::TXT, outcome);
      const auto& start = *phase(estate.plan, "start-egress");
      const auto verified = verify(estate.dns, start);
      CHECK(refused(verified).empty());
      CHECK(std::any_of(verified.problems.begin(), verified.problems.end(), [](const std::string& problem) {
        return says(problem, "whether SPF of example.com lets 198.51.100.20 through");
      }));
    }
  }
}
