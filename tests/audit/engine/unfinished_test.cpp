// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A subject waits for facts: rules that lacked none are not judged again, and nobody sees which of them waited.
#include "audit/engine/subjects.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "audit/estate.h"
#include "audit/scripted_panel.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;
using dns::Name;
using dns::RrType;
using test::ScriptedPanel;

namespace {

std::map<std::string, int> judged;  // how often each rule was

Name name(std::string_view text) { return Name::parse(text).value(); }

void say_of(AddressCase& c, Findings& findings, std::string_view asked) {
  const auto* fact = c.ask(name(asked), RrType::TXT);
  findings.add({.values = {{"name", "too early"}}});  // nothing of a judgement that lacks a fact counts
  if (fact == nullptr) return;
  findings.forget(findings.drafts().size() - 1);
  findings.add({.values = {{"name", asked}}});
}

void asks(AddressCase& c, Findings& findings) {
  ++judged["a-asks"];
  say_of(c, findings, "one.example");
}
void asks_nothing(AddressCase&, Findings& findings) {
  ++judged["b-asks-nothing"];
  findings.add({.values = {{"name", "first"}}});
  findings.add({.values = {{"name", "second"}}});
}
void asks_the_same(AddressCase& c, Findings& findings) {
  ++judged["c-asks-the-same"];
  say_of(c, findings, "one.example");
}
void asks_on(AddressCase& c, Findings& findings) {
  ++judged["d-asks-on"];
  if (c.ask(name("one.example"), RrType::TXT) != nullptr) say_of(c, findings, "two.example");
}
void asks_what_fails(AddressCase& c, Findings&) {
  ++judged["e-asks-what-fails"];
  c.ask(name("silent.example"), RrType::TXT);
}

constexpr Rule rule(std::string_view id, void (*judge)(AddressCase&, Findings&)) {
  return Rule{{id, Severity::error, "summary", "{target}: {observed}", "", "", "{name}"}, judge};
}
constexpr std::array rules{rule("a-asks", &asks), rule("b-asks-nothing", &asks_nothing),
                           rule("c-asks-the-same", &asks_the_same), rule("d-asks-on", &asks_on),
                           rule("e-asks-what-fails", &asks_what_fails)};

std::vector<std::string> said(const LiveResult& result, std::string_view target) {
  std::vector<std::string> all;
  for (const auto& it : result.findings) {
    if (it.draft.target.id == target)
      all.push_back(std::string(rules[it.draft.rule].info.id) + " " + it.draft.observed);
  }
  return all;
}

const std::vector<dns::VantageInfo> alone{{"walk", dns::VantageKind::recursive, "us"}};

}  // namespace

TEST_CASE("of a subject that waits only those rules are judged again that lacked a fact") {
  judged.clear();
  const auto inventory = test::estate(3);
  const Policy policy(rules, inventory);
  dns::FactStore store;
  ScriptedPanel panel(alone);
  panel.fail(0, "silent.example", RrType::TXT, dns::Outcome::timeout);
  const auto result = judge_live({&inventory, Time{}}, policy, panel, store, {});
  CHECK(judged["b-asks-nothing"] == 3);
  CHECK(judged["a-asks"] > 3);
  CHECK(judged["a-asks"] <= 6);
  CHECK(judged["c-asks-the-same"] == judged["a-asks"]);
  CHECK(judged["d-asks-on"] > judged["a-asks"]);
  for (const auto target : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
    CHECK(said(result, target) == std::vector<std::string>{"a-asks one.example", "b-asks-nothing first",
                                                           "b-asks-nothing second", "c-asks-the-same one.example",
                                                           "d-asks-on two.example"});
  }
}

TEST_CASE("a judgement that goes on is the one that is made at once") {
  const auto inventory = test::estate(1);
  const Policy policy(rules, inventory);
  const RunContext run{&inventory, Time{}};
  Subjects subjects(run, policy);
  subjects.compare_vantages();
  dns::FactStore store;
  dns::FactDesk desk(store, 0);
  Unfinished unfinished;
  Judgement gradual;
  for (int round = 0; round < 10; ++round) {
    desk.resume();
    gradual = subjects.judge(0, true, false, desk, unfinished);
    for (const auto& question : desk.missing()) {
      dns::Fact fact;
      fact.question = question;
      fact.outcome = question.name == name("silent.example") ? dns::Outcome::timeout : dns::Outcome::nodata;
      fact.soa = dns::RRset{Name(), RrType::SOA, 300, {std::string(2 + 5 * 4, '\0')}};
      store.insert(fact);
    }
    if (desk.complete()) break;
    CHECK(gradual.drafts.empty());
  }
  REQUIRE(desk.complete());
  CHECK_FALSE(unfinished.is_begun);
  dns::FactDesk fresh(store, 0);
  const auto at_once = subjects.judge(0, true, false, fresh);
  REQUIRE(gradual.drafts.size() == at_once.drafts.size());
  for (std::size_t i = 0; i < at_once.drafts.size(); ++i) {
    CHECK(gradual.drafts[i].rule == at_once.drafts[i].rule);
    CHECK(gradual.drafts[i].observed == at_once.drafts[i].observed);
    CHECK(gradual.drafts[i].grounds.has_source == at_once.drafts[i].grounds.has_source);
  }
  CHECK(gradual.hindered == at_once.hindered);
  CHECK(gradual.hindered == std::vector<RuleIndex>{4});
  CHECK(gradual.grounds[0].answered == at_once.grounds[0].answered);
}

TEST_CASE("whoever has no more facts gets what was said without them") {
  const auto inventory = test::estate(1);
  const Policy policy(rules, inventory);
  const RunContext run{&inventory, Time{}};
  const Subjects subjects(run, policy);
  dns::FactStore store;
  dns::Fact ptr;
  ptr.question = {0, dns::reverse_name(inventory.addresses.front().ip), RrType::PTR};
  ptr.outcome = dns::Outcome::nodata;
  store.insert(ptr);
  dns::FactDesk desk(store, 0);
  CHECK(subjects.judge(0, true, false, desk).drafts.size() == 4);  // "too early" twice, and what asks nothing
}
