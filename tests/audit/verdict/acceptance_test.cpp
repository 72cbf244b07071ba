// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/acceptance.h"

#include <doctest/doctest.h>

#include "audit/estate.h"
#include "audit/verdict/verdict.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

const Target address{TargetKind::address, "192.0.2.1"};

Baseline::Entry entry(std::string rule, const Target& target, std::string_view expected) {
  Baseline::Entry made{fingerprint(rule, target, expected), rule, target, std::string(expected), {}};
  return made;
}

/// A run that asked one vantage and found that 192.0.2.1 has no PTR.
struct Run {
  Run() {
    inventory.by_ip = {0};
    const Policy policy(test::test_rules, inventory);
    Compared found;
    found.draft = {policy.index_of("c-no-ptr"), false, address, {}, {}};
    found.draft.expected = "mx.example";
    found.vantages = {0};
    live.findings.push_back(std::move(found));
  }

  AuditResult conclude(const Baseline& baseline) {
    const RunContext run{&inventory, parse_time("2027-01-01T00:00:00Z").value()};
    const Policy policy(test::test_rules, inventory);
    LiveResult copy = live;
    VerdictOptions options;
    options.baseline = &baseline;
    return audit::conclude(run, policy, {}, &copy, options);
  }

  static std::size_t stale(const AuditResult& result) {
    return static_cast<std::size_t>(
        std::count_if(result.findings.begin(), result.findings.end(),
                      [](const Finding& finding) { return finding.rule.text() == "i-stale-entry"; }));
  }

  inventory::Inventory inventory = test::estate(1);
  LiveResult live{{}, {{"walk", dns::VantageKind::recursive, 10, 0, 0, 0}}, 0};
};

}  // namespace

TEST_CASE("what the baseline has is shown and does not count") {
  Run run;
  const auto before = run.conclude({});
  CHECK(before.verdict == Verdict::fail);
  const auto result = run.conclude({{entry("c-no-ptr", address, "mx.example")}});
  CHECK(result.verdict == Verdict::pass);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].status == Status::baseline);
  CHECK(result.findings[0].effect == Effect::none);
  CHECK(result.summary.baseline == 1);
  CHECK(result.summary.errors == 0);
}

TEST_CASE("another expectation of the same target is a new finding") {
  Run run;
  const auto result = run.conclude({{entry("c-no-ptr", address, "other.example")}});
  CHECK(result.verdict == Verdict::fail);
  CHECK(result.findings.at(0).status == Status::open);
}

TEST_CASE("a waiver goes before the baseline, and the entry is not called stale") {
  Run run;
  inventory::Waiver waiver;
  waiver.rule = "c-no-ptr";
  waiver.target = "*";
  waiver.reason = "legacy";
  run.inventory.waivers.push_back(waiver);
  const auto result = run.conclude({{entry("c-no-ptr", address, "mx.example")}});
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].status == Status::waived);
}

TEST_CASE("an entry that is mended is stale, where all that it may speak of was judged") {
  Run run;
  const Baseline mended{
      {entry("c-no-ptr", address, "mx.example"), entry("c-no-ptr", {TargetKind::address, "192.0.2.9"}, "x")}};
  CHECK(Run::stale(run.conclude(mended)) == 1);
  SUBCASE("not where a question was not answered") {
    run.live.vantages[0].unanswered = 1;
    CHECK(Run::stale(run.conclude(mended)) == 0);
  }
  SUBCASE("not where the deadline cut the run off") {
    run.live.unjudged = 1;
    CHECK(Run::stale(run.conclude(mended)) == 0);
  }
  SUBCASE("not where the rule is off") {
    run.inventory.rules.push_back({"c-no-ptr", Severity::off, {}});
    CHECK(Run::stale(run.conclude(mended)) == 0);
  }
  SUBCASE("not of a vantage that was not asked") {
    const Target quad9{TargetKind::vantage, "quad9"};
    CHECK(Run::stale(run.conclude({{entry("f-silent", quad9, "")}})) == 0);
    const Target walk{TargetKind::vantage, "walk"};
    CHECK(Run::stale(run.conclude({{entry("f-silent", walk, "")}})) == 1);
  }
  SUBCASE("without the DNS only of rules that need none") {
    const RunContext context{&run.inventory, parse_time("2027-01-01T00:00:00Z").value()};
    const Policy policy(test::test_rules, run.inventory);
    const Baseline both{
        {entry("c-no-ptr", address, "y"), entry("a-documented", {TargetKind::address, "192.0.2.9"}, "")}};
    VerdictOptions options;
    options.baseline = &both;
    const auto result = audit::conclude(context, policy, {}, nullptr, options);
    REQUIRE(Run::stale(result) == 1);
    CHECK(result.findings.at(0).target.id == "a-documented 192.0.2.9");
  }
}

TEST_CASE("a waiver in a comment is for what its line declares, and for what points to the line") {
  Run run;
  inventory::Waiver waiver;
  waiver.rule = "c-no-ptr";
  waiver.target = "192.0.2.1, # ...";  // never compared
  waiver.reason = "legacy";
  run.inventory.addresses[0].at = {0, 110, 119};
  run.inventory.senders[0].at = {0, 90, 92};
  const auto status = [&](Span line, std::optional<Time> expires = {}) {
    waiver.line = line;
    waiver.expires = expires;
    run.inventory.waivers = {waiver};
    return run.conclude({}).findings.at(0).status;
  };
  const auto unused = [&] {
    const auto result = run.conclude({});
    return std::any_of(result.findings.begin(), result.findings.end(),
                       [](const Finding& finding) { return finding.rule.text() == "j-unused-waiver"; });
  };
  run.live.findings[0].draft.at = {0, 300, 310};  // its PTR entry, lines below
  CHECK(status({0, 100, 130}) == Status::waived);
  CHECK(!unused());
  CHECK(status({0, 290, 320}) == Status::waived);
  CHECK(status({0, 130, 160}) == Status::open);
  CHECK(unused());
  CHECK(status({1, 100, 130}) == Status::open);
  CHECK(status({0, 80, 99}) == Status::open);  // its sender's line
  CHECK(status({0, 100, 130}, parse_time("2026-12-31T00:00:00Z").value()) == Status::open);
  CHECK(!unused());
}

TEST_CASE("several waivers in comments about one line each have their rule") {
  Run run;
  run.inventory.addresses[0].at = {0, 110, 119};
  for (const char* rule : {"a-documented", "c-no-ptr", "b-extra"}) {
    inventory::Waiver waiver;
    waiver.rule = rule;
    waiver.reason = rule;
    waiver.line = Span{0, 100, 130};
    run.inventory.waivers.push_back(waiver);
  }
  const auto result = run.conclude({});
  CHECK(result.findings.at(0).waiver_reason.text() == "c-no-ptr");
}
