// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/engine.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "audit/estate.h"
#include "audit/scripted_panel.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;
using dns::RrType;
using test::ScriptedPanel;

namespace {

const std::vector<dns::VantageInfo> one{{"walk", dns::VantageKind::recursive, "us"}};
const std::vector<dns::VantageInfo> two{{"walk", dns::VantageKind::recursive, "us"},
                                        {"quad", dns::VantageKind::forward, "quad"}};

struct Run {
  explicit Run(std::uint32_t count) : inventory(test::estate(count)), policy(test::test_rules, inventory) {}
  LiveResult live(ScriptedPanel& panel, LiveOptions options = {}) {
    return judge_live({&inventory, Time{}}, policy, panel, store, options);
  }
  std::size_t count(const LiveResult& result, std::string_view rule) const {
    return static_cast<std::size_t>(
        std::count_if(result.findings.begin(), result.findings.end(),
                      [&](const Compared& c) { return test::test_rules[c.draft.rule].info.id == rule; }));
  }
  Inventory inventory;
  Policy policy;
  dns::FactStore store;
};

}  // namespace

TEST_CASE("every subject is judged, each question asked once") {
  Run run(300);
  ScriptedPanel panel(one);
  panel.window = 7;
  const auto result = run.live(panel);
  CHECK(run.count(result, "c-no-ptr") == 300);
  CHECK(run.count(result, "b-extra") == 300);
  CHECK(result.unjudged == 0);
  CHECK(panel.asked.size() == 301);
  for (const auto& [question, times] : panel.asked) CHECK(times == 1);
  CHECK(run.store.size() == 301);
  CHECK(result.vantages.at(0).questions == 301);
  CHECK(result.vantages.at(0).unanswered == 0);
}

TEST_CASE("subjects are bounded: no more of them are begun than are allowed at a time") {
  Run run(1000);
  ScriptedPanel panel(one);
  LiveOptions options;
  options.active_subjects = 5;
  run.live(panel, options);
  CHECK(panel.most_in_flight <= 2 * options.active_subjects);
}

TEST_CASE("a sender is judged on the facts that its addresses asked for already") {
  Run run(2);
  ScriptedPanel panel(one);
  const auto result = run.live(panel);
  CHECK(run.count(result, "e-same-ptr") == 1);
  CHECK(panel.asked.size() == 3);
}

TEST_CASE("a rule that is off is not run, and what only it wants is not asked") {
  Run run(3);
  run.inventory.rules.push_back({"b-extra", Severity::off, {}});
  run.policy = Policy(test::test_rules, run.inventory);
  ScriptedPanel panel(one);
  const auto result = run.live(panel);
  CHECK(run.count(result, "b-extra") == 0);
  CHECK(panel.asked.size() == 3);
}

TEST_CASE("no failing outcome is ever read as a missing record") {
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    Run run(1);
    ScriptedPanel panel(one);
    panel.fail_all(0, outcome);
    const auto result = run.live(panel);
    CHECK(run.count(result, "c-no-ptr") == 0);
    CHECK(run.count(result, "b-extra") == 0);
    CHECK(run.count(result, "d-ptr-unknown") == 1);
    CHECK(result.findings.at(0).draft.inconclusive);
    CHECK(result.findings.at(0).unanswered_everywhere);
    CHECK(result.vantages.at(0).unanswered == result.vantages.at(0).questions);
  }
}

TEST_CASE("of each vantage's failures the first by name is kept, whichever came first") {
  for (const bool newest_first : {false, true}) {
    Run run(3);
    ScriptedPanel panel(two);
    panel.newest_first = newest_first;
    panel.fail_all(0, dns::Outcome::timeout);
    panel.fail_all(1, dns::Outcome::refused);
    const auto result = run.live(panel);
    CHECK(result.vantages.at(0).first_failure == "PTR 1.2.0.192.in-addr.arpa: timeout");
    CHECK(result.vantages.at(1).first_failure == "PTR 1.2.0.192.in-addr.arpa: refused");
  }
}

TEST_CASE("the deadline ends the run and says what was not judged") {
  Run run(10);
  ScriptedPanel panel(two);
  panel.swallow(1);
  LiveOptions options;
  options.deadline = milliseconds(50);
  const auto result = run.live(panel, options);
  CHECK(result.unjudged == 11);
  CHECK(result.findings.empty());
}

TEST_CASE("a walk from the root that lacks an answer does not outweigh two resolvers that have it") {
  const std::vector<dns::VantageInfo> three{{"walk", dns::VantageKind::recursive, "us"},
                                            {"quad", dns::VantageKind::forward, "quad"},
                                            {"one", dns::VantageKind::forward, "one"}};
  Run run(1);
  ScriptedPanel panel(three);
  // The rule says nothing about a question that failed, as rules do where another one speaks of it.
  panel.fail(0, "extra.example", RrType::TXT, dns::Outcome::timeout);
  const auto result = run.live(panel);
  const auto found = std::find_if(result.findings.begin(), result.findings.end(), [](const Compared& c) {
    return test::test_rules[c.draft.rule].info.id == "b-extra";
  });
  REQUIRE(found != result.findings.end());
  CHECK(found->vantages == std::vector<dns::VantageIndex>{1, 2});
  CHECK(found->certainty == Certainty::confirmed);
}

TEST_CASE("two vantages are compared") {
  Run run(1);
  ScriptedPanel panel(two);
  panel.answer(0, "1.2.0.192.in-addr.arpa", RrType::PTR,
               dns::rdata_of(dns::Name::parse("mx0.example").value()));
  const auto result = run.live(panel);
  const auto found = std::find_if(result.findings.begin(), result.findings.end(), [](const Compared& c) {
    return test::test_rules[c.draft.rule].info.id == "c-no-ptr";
  });
  REQUIRE(found != result.findings.end());
  CHECK(found->vantages == std::vector<dns::VantageIndex>{1});
  CHECK(found->scope == Scope::isolated);
  CHECK(found->certainty == Certainty::transient);
}
