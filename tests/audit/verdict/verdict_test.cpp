// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/verdict.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "audit/estate.h"
#include "audit/wording.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

struct World {
  explicit World(std::uint32_t count = 1) : inventory(test::estate(count)) {}

  void found(std::string_view rule, Certainty certainty = Certainty::confirmed, bool blocks = false,
             std::vector<dns::VantageIndex> vantages = {0}) {
    const Policy policy(test::test_rules, inventory);
    Compared compared;
    compared.draft = {policy.index_of(rule),
                      certainty == Certainty::inconclusive,
                      {TargetKind::address, "192.0.2.1"},
                      {},
                      {}};
    compared.draft.expected = "mx.example";
    compared.certainty = certainty;
    compared.unanswered_everywhere = blocks;
    compared.vantages = std::move(vantages);
    live.findings.push_back(std::move(compared));
  }

  AuditResult conclude(VerdictOptions options = {}) {
    const RunContext run{&inventory, now};
    const Policy policy(test::test_rules, inventory);
    return audit::conclude(run, policy, {}, &live, options);
  }

  static std::size_t count(const AuditResult& result, std::string_view rule) {
    return static_cast<std::size_t>(std::count_if(result.findings.begin(), result.findings.end(),
                                                  [&](const Finding& f) { return f.rule.text() == rule; }));
  }

  Inventory inventory;
  Time now = parse_time("2027-01-01T00:00:00Z").value();
  LiveResult live{{}, {{"walk", dns::VantageKind::recursive, 10, 0, 0, 0}}, 0};
};

inventory::Waiver waiver(std::string rule, std::string target, const char* until = nullptr) {
  inventory::Waiver made;
  made.rule = std::move(rule);
  made.target = std::move(target);
  made.reason = "legacy";
  if (until != nullptr) made.expires = parse_date(until).value();
  return made;
}

}  // namespace

TEST_CASE("nothing found is a pass") {
  World world;
  CHECK(world.conclude().verdict == Verdict::pass);
}

TEST_CASE("a confirmed error fails, a warning does not, unless --fail-on says so") {
  World world;
  world.found("e-same-ptr");
  CHECK(world.conclude().verdict == Verdict::pass);
  world = World();
  world.found("e-same-ptr");
  CHECK(world.conclude({.fail_on = Severity::warning}).verdict == Verdict::fail);
  world = World();
  world.found("c-no-ptr");
  CHECK(world.conclude().verdict == Verdict::fail);
  world = World();
  world.found("c-no-ptr");
  CHECK(world.conclude({.fail_on = Severity::off}).verdict == Verdict::pass);
}

TEST_CASE("a transient finding is shown and does not fail, unless asked to") {
  World world;
  world.found("c-no-ptr", Certainty::transient);
  CHECK(world.conclude().verdict == Verdict::pass);
  world = World();
  world.found("c-no-ptr", Certainty::transient);
  CHECK(world.conclude({.transient_fails = true}).verdict == Verdict::fail);
}

TEST_CASE("an open question is inconclusive, whatever its rule's severity, and can be told to pass or fail") {
  using Inconclusive = VerdictOptions::Inconclusive;
  for (const auto& [choice, verdict] :
       {std::pair{Inconclusive::report, Verdict::inconclusive}, std::pair{Inconclusive::pass, Verdict::pass},
        std::pair{Inconclusive::fail, Verdict::fail}}) {
    World world;
    world.found("d-ptr-unknown", Certainty::inconclusive, true);
    CHECK(world.conclude({.inconclusive = choice}).verdict == verdict);
  }
}

TEST_CASE("an unanswered question that others answered does not block") {
  World world;
  world.found("d-ptr-unknown", Certainty::inconclusive, false);
  CHECK(world.conclude().verdict == Verdict::pass);
}

TEST_CASE("a failure that others make up for does nothing to the verdict, whatever fails it") {
  World world;
  world.found("d-ptr-unknown", Certainty::inconclusive, false);
  CHECK(world.conclude({.fail_on = Severity::warning}).verdict == Verdict::pass);
  CHECK(world.conclude({.fail_on = Severity::info, .inconclusive = VerdictOptions::Inconclusive::fail})
            .verdict == Verdict::pass);
}

TEST_CASE("an error that one resolver alone reports is an open question; a warning is not") {
  World world;
  world.found("c-no-ptr", Certainty::inconclusive);
  world.live.findings.back().draft.inconclusive = false;  // it was seen, and nobody confirms it
  CHECK(world.conclude().verdict == Verdict::inconclusive);
  world = World();
  world.found("e-same-ptr", Certainty::inconclusive);
  CHECK(world.conclude().verdict == Verdict::pass);
}

TEST_CASE("a confirmed error outweighs open questions") {
  World world;
  world.found("d-ptr-unknown", Certainty::inconclusive, true);
  world.found("c-no-ptr");
  CHECK(world.conclude().verdict == Verdict::fail);
}

TEST_CASE("a vantage that answered nothing is said once") {
  World world(200);
  world.live.vantages = {{"walk", dns::VantageKind::recursive, 400, 400, 0, 0}};
  for (int i = 0; i < 200; ++i) world.found("d-ptr-unknown", Certainty::inconclusive, true);
  const auto result = world.conclude();
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].rule.text() == "f-silent");
  CHECK(result.findings[0].target == Target{TargetKind::vantage, "walk"});
  CHECK(result.verdict == Verdict::inconclusive);
}

TEST_CASE("of two vantages that answered nothing each is said with its own failure") {
  World world;
  world.live.vantages = {{"walk", dns::VantageKind::recursive, 2, 2, 0, 0, 0, "no root"},
                         {"quad", dns::VantageKind::forward, 2, 2, 0, 0, 0, "refused"}};
  world.found("d-ptr-unknown", Certainty::inconclusive, true, {0, 1});
  const auto result = world.conclude();
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].message() == "quad is silent: refused");
  CHECK(result.findings[1].message() == "walk is silent: no root");
}

TEST_CASE("what no zone file holds is no finding, unless they hold nothing at all") {
  World world;
  world.live.vantages = {{"zone files", dns::VantageKind::zonefiles, 4, 0, 0, 0, 2}};
  world.live.not_in_gate = {2, {{TargetKind::address, "192.0.2.1"}}, {"2.0.192.in-addr.arpa"}};
  world.found("d-ptr-unknown", Certainty::inconclusive, true);
  world.live.findings.back().draft.outside = true;
  auto live = world.live;
  const auto result = world.conclude();
  CHECK(result.findings.empty());
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.summary.outside == 2);
  CHECK(result.not_in_gate.count(TargetKind::address) == 1);
  world.live = live;
  world.live.vantages.front().outside = 4;
  CHECK(world.conclude().verdict == Verdict::inconclusive);
  // Beside what failed it changes nothing.
  world.live = live;
  world.found("d-ptr-unknown", Certainty::inconclusive, true);
  CHECK(world.conclude().verdict == Verdict::inconclusive);
}

TEST_CASE("subjects that the deadline cut off keep the run from passing") {
  World world;
  world.live.unjudged = 3;
  const auto result = world.conclude();
  CHECK(World::count(result, "g-incomplete") == 1);
  CHECK(result.verdict == Verdict::inconclusive);
}

TEST_CASE("a waived finding is shown and does not count") {
  World world;
  world.inventory.waivers.push_back(waiver("c-no-ptr", "192.0.2.*", "2027-05-31"));
  world.found("c-no-ptr");
  const auto result = world.conclude();
  CHECK(result.verdict == Verdict::pass);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].status == Status::waived);
  CHECK(result.findings[0].waiver_reason.text() == "legacy");
  CHECK(result.summary.waived == 1);
  CHECK(result.summary.errors == 0);
}

TEST_CASE("an expired waiver waives nothing, and is not called unused") {
  World world;
  world.inventory.waivers.push_back(waiver("c-no-ptr", "192.0.2.1", "2026-12-31"));
  world.found("c-no-ptr");
  const auto result = world.conclude();
  CHECK(result.verdict == Verdict::fail);
  CHECK(World::count(result, "j-unused-waiver") == 0);
}

TEST_CASE("a waiver that matches nothing is a warning, but not where its rule could not speak") {
  World world;
  world.inventory.waivers.push_back(waiver("c-no-ptr", "192.0.2.99"));
  CHECK(World::count(world.conclude(), "j-unused-waiver") == 1);
  world.live.vantages[0].unanswered = 1;
  CHECK(World::count(world.conclude(), "j-unused-waiver") == 0);
  world.live.vantages[0].unanswered = 0;
  world.live.unjudged = 1;
  CHECK(World::count(world.conclude(), "j-unused-waiver") == 0);

  World offline;
  offline.inventory.waivers = {waiver("c-no-ptr", "192.0.2.99"), waiver("a-documented", "192.0.2.99")};
  const RunContext run{&offline.inventory, offline.now};
  const Policy policy(test::test_rules, offline.inventory);
  const auto result = audit::conclude(run, policy, judge_offline(run, policy), nullptr, {});
  CHECK(World::count(result, "j-unused-waiver") == 1);
  CHECK(World::count(result, "a-documented") == 1);
}

TEST_CASE("a rule says nothing at a place that it leaves to another one, where that has spoken") {
  constexpr std::array rules{
      Rule{{"a-documented", Severity::info, "documentation", "{target}", ""}, &test::documented},
      Rule{.info = {"b-unused", Severity::warning, "unused", "{target}", ""},
           .judge = &test::unused_waiver,
           .unless = "a-documented"},
  };
  auto inventory = test::estate(1);
  for (const Span at : {Span{0, 1, 2}, Span{0, 5, 6}}) {
    inventory.waivers.push_back(waiver("a-documented", "nobody"));
    inventory.waivers.back().at = at;
  }
  const RunContext run{&inventory, Time{}};
  const Policy policy(rules, inventory);
  const std::vector<Draft> said{{0, false, {TargetKind::inventory, "x"}, {0, 1, 2}, {}}};
  const auto result = audit::conclude(run, policy, [&](const TakeDrafts& take) { take(std::vector<Draft>(said)); }, nullptr, {});
  REQUIRE(World::count(result, "b-unused") == 1);
  CHECK(result.findings.back().at == Span{0, 5, 6});
  CHECK(World::count(audit::conclude(run, policy, {}, nullptr, {}), "b-unused") == 2);
}

TEST_CASE("the inventory's severity wins over the rule's and the judgement's") {
  World world;
  world.inventory.rules.push_back({"c-no-ptr", Severity::warning, {}});
  world.found("c-no-ptr");
  const auto result = world.conclude();
  CHECK(result.findings.at(0).severity == Severity::warning);
  CHECK(result.verdict == Verdict::pass);
  world.inventory.rules = {{"c-no-ptr", Severity::off, {}}};
  world.found("c-no-ptr");
  CHECK(world.conclude().findings.empty());
}

TEST_CASE("a fingerprint depends on rule, target and expectation, and on nothing else") {
  const Target target{TargetKind::address, "192.0.2.1"};
  CHECK(fingerprint("a", target, "x") == fingerprint("a", target, "x"));
  CHECK(fingerprint("a", target, "x") != fingerprint("b", target, "x"));
  CHECK(fingerprint("a", target, "x") != fingerprint("a", target, "y"));
  CHECK(fingerprint("a", target, "x") != fingerprint("a", {TargetKind::sender, "192.0.2.1"}, "x"));
  // A constant: another machine, compiler or version must come to the same.
  CHECK(fingerprint("ptr-missing", target, "mx1.mail.example") == "89b684133796da7721a64a8e900d6386");
}

TEST_CASE("the order of findings is by place, then by rule") {
  World world(2);
  world.found("e-same-ptr");
  world.found("c-no-ptr");
  world.live.findings[0].draft.at = {0, 5, 6};
  world.live.findings[1].draft.at = {0, 5, 6};
  const auto result = world.conclude();
  CHECK(result.findings.at(0).rule.text() == "c-no-ptr");
}

TEST_CASE("a sentence is put together from what the finding has, in the words of its rule") {
  auto inventory = test::estate(3);
  const RunContext run{&inventory, Time{}};
  const Policy policy(test::test_rules, inventory);
  const auto findings = audit::conclude(run, policy, judge_offline(run, policy), nullptr, {}).findings;
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].message() == findings[0].target.id + " is for documentation");
  CHECK(findings[0].said.empty());
  // What all say alike is there once.
  CHECK(findings[0].phrase.get() == findings[2].phrase.get());
  auto told = findings[0];
  told.phrase = {};
  told.said = "as it was read";
  CHECK(told.message() == "as it was read");
  CHECK(sizeof(Finding) <= 256);
}

TEST_CASE("judgements without the DNS come in portions, in the order of the files") {
  auto inventory = test::estate(1);
  const auto first = inventory.addresses.front();
  constexpr std::uint32_t count = 40000;
  for (std::uint32_t i = 1; i < count; ++i) {
    inventory.addresses.push_back(first);
    inventory.addresses.back().ip = first.ip.plus(i % 200);
    inventory.addresses.back().at.begin = i;
  }
  const RunContext run{&inventory, Time{}};
  const Policy policy(test::test_rules, inventory);
  std::vector<std::uint32_t> places;
  std::size_t most = 0;
  judge_offline(run, policy)([&](std::vector<Draft>&& drafts) {
    most = std::max(most, drafts.size());
    for (const auto& draft : drafts) places.push_back(draft.at.begin);
  });
  CHECK(places.size() == count);
  CHECK(std::is_sorted(places.begin(), places.end()));
  CHECK(most <= 1024);
}
