// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What answers lead to is bounded, for each subject and for the run; what the inventory asks for is not.
#include "audit/engine/allowance.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "audit/estate.h"
#include "audit/scripted_panel.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;
using dns::Name;
using dns::RrType;
using test::ScriptedPanel;

namespace {

const std::vector<dns::VantageInfo> alone{{"walk", dns::VantageKind::recursive, "us"}};
const std::vector<dns::VantageInfo> pair{{"walk", dns::VantageKind::recursive, "us"},
                                         {"quad", dns::VantageKind::forward, "quad"}};

/// A rule that goes wherever answers lead, and calls what is denied missing.
void follow_all(AddressCase& c, Findings& findings) {
  std::vector<Name> open = c.targets;
  for (std::size_t i = 0; i < open.size() && i < 5000; ++i) {
    const auto* fact = c.ask(open[i], RrType::PTR);
    if (fact == nullptr) continue;
    if (dns::is_negative(fact->outcome)) findings.add({.values = {{"name", open[i]}}});
    if (!dns::is_positive(fact->outcome)) continue;
    for (auto& target : fact->targets()) open.push_back(std::move(target));
  }
}
/// One that goes nowhere else than the answer itself, and says nothing of what failed.
void probe_quietly(AddressCase& c, Findings&) {
  for (const auto& target : c.targets) c.probe(target, RrType::TLSA);
}

constexpr std::array following{
    Rule{{"a-missing", Severity::error, "missing", "{target}: {observed}", "", "", "{name}"}, &follow_all},
    Rule{{"h-limited", Severity::warning, "limited", "{target}: {observed}", "", "", "{limit}"},
         &test::limited},
};
constexpr std::array probing{
    Rule{{"a-probe", Severity::error, "probe", "{target}", ""}, &probe_quietly},
    Rule{{"h-limited", Severity::warning, "limited", "{target}: {observed}", "", "", "{limit}"},
         &test::limited},
};

dns::Fact naming(const dns::Question& question, const std::vector<std::string>& names) {
  dns::Fact fact;
  fact.outcome = dns::Outcome::answer;
  dns::RRset set{question.name, question.type, 300, {}};
  for (const auto& text : names) set.rdata.push_back(dns::rdata_of(Name::parse(text).value()));
  fact.answer = {std::move(set)};
  return fact;
}

/// Each PTR answer names `count` names that nobody has heard of before.
auto flood(int count) {
  return [count, next = 0](const dns::Question& question) mutable -> std::optional<dns::Fact> {
    if (question.type != RrType::PTR) return std::nullopt;
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back("n" + std::to_string(next++) + ".flood.example");
    return naming(question, names);
  };
}

struct Flooded {
  explicit Flooded(std::uint32_t count, std::span<const Rule> rules = following,
                   const std::vector<dns::VantageInfo>& vantages = alone)
      : inventory(test::estate(count)), table(rules), policy(rules, inventory), panel(vantages) {
    options.deadline = std::chrono::seconds(20);
  }
  const LiveResult& run() { return result = judge_live({&inventory, Time{}}, policy, panel, store, options); }
  std::size_t said(std::string_view rule) const {
    return static_cast<std::size_t>(
        std::count_if(result.findings.begin(), result.findings.end(),
                      [&](const Compared& c) { return table[c.draft.rule].info.id == rule; }));
  }
  /// Questions for names that the inventory does not have.
  std::size_t led_to(dns::VantageIndex vantage = 0) const {
    std::size_t count = 0;
    const auto flooded = Name::parse("flood.example").value().wire();
    for (const auto& [question, times] : panel.asked) {
      if (std::get<0>(question) == vantage && std::get<1>(question).ends_with(flooded)) ++count;
    }
    return count;
  }
  Verdict verdict() {
    RunContext context{&inventory, Time{}};
    return conclude(context, policy, {}, &result, {}).verdict;
  }

  Inventory inventory;
  std::span<const Rule> table;
  Policy policy;
  ScriptedPanel panel;
  dns::FactStore store;
  LiveOptions options;
  LiveResult result;
};

}  // namespace

TEST_CASE("limits: what the answers about one subject lead to is bounded, and leaves it open") {
  Flooded flooded(1);
  flooded.panel.improvise = flood(20);
  flooded.run();
  CHECK(flooded.led_to() == QuestionLimits{}.of_subject);
  CHECK(flooded.result.unjudged == 0);
  CHECK(flooded.said("a-missing") == 0);
  REQUIRE(flooded.said("h-limited") == 1);
  const auto& finding = flooded.result.findings.back();
  CHECK(finding.certainty == Certainty::inconclusive);
  CHECK(finding.draft.target.id == "192.0.2.1");
  CHECK(finding.draft.observed.ends_with("not asked, after 100 for one subject"));
  CHECK(flooded.verdict() == Verdict::inconclusive);
}

TEST_CASE("limits: a subject whose rules say nothing of what was not asked is left open as well") {
  Flooded flooded(1, probing);
  flooded.options.limits.of_subject = 12;
  flooded.panel.improvise = flood(30);
  flooded.run();
  CHECK(flooded.led_to() == 12);
  CHECK(flooded.said("h-limited") == 1);
  CHECK(flooded.verdict() == Verdict::inconclusive);
}

TEST_CASE("limits: the run is bounded by the number of its subjects") {
  Flooded flooded(50);
  flooded.options.limits = {.of_subject = 100, .of_run = 30, .of_run_each = 2};
  flooded.panel.improvise = flood(20);
  flooded.run();
  // 50 addresses; the test has no rule for senders.
  CHECK(flooded.led_to() == 30 + 2 * 50);
  CHECK(flooded.result.unjudged == 0);
  CHECK(flooded.said("h-limited") == 50);
  CHECK(flooded.said("a-missing") == 0);
  const auto of_run = std::count_if(
      flooded.result.findings.begin(), flooded.result.findings.end(),
      [](const Compared& c) { return c.draft.observed.ends_with("not asked, after 130 in the whole run"); });
  CHECK(of_run >= 48);
}

TEST_CASE("limits: each vantage is bounded by itself, and none makes up for another") {
  Flooded flooded(1, following, pair);
  flooded.panel.improvise = [hostile = flood(20)](const dns::Question& question) mutable {
    return question.vantage == 0 ? hostile(question) : naming(question, {"mx0.example"});
  };
  flooded.run();
  CHECK(flooded.led_to(0) == 100);
  CHECK(flooded.led_to(1) == 0);
  REQUIRE(flooded.said("h-limited") == 1);
  CHECK(flooded.verdict() == Verdict::inconclusive);
}

TEST_CASE("limits: what the inventory names is asked, whatever answers have led to") {
  Flooded flooded(300);
  flooded.options.limits = {.of_subject = 0, .of_run = 0, .of_run_each = 0};
  for (int i = 0; i < 300; ++i) {
    const auto& address = flooded.inventory.addresses[static_cast<std::size_t>(i)];
    flooded.panel.set(0, dns::reverse_name(address.ip).text(), RrType::PTR,
                      naming({0, dns::reverse_name(address.ip), RrType::PTR}, {address.ptr.text()}));
  }
  flooded.run();
  CHECK(flooded.said("h-limited") == 0);
  CHECK(flooded.said("a-missing") == 300);
  CHECK(flooded.panel.asked.size() == 900);  // PTR, the name's A, and what the rule wants of it
}

TEST_CASE("limits: what one subject may not ask any more another one may, whose own it is") {
  Flooded flooded(2);
  flooded.options.limits = {.of_subject = 0, .of_run = 0, .of_run_each = 0};
  flooded.panel.answer(0, "1.2.0.192.in-addr.arpa", RrType::PTR,
                       dns::rdata_of(Name::parse("mx1.example").value()));
  flooded.panel.answer(0, "2.2.0.192.in-addr.arpa", RrType::PTR,
                       dns::rdata_of(Name::parse("mx1.example").value()));
  flooded.run();
  CHECK(flooded.said("h-limited") == 1);
  CHECK(flooded.said("a-missing") == 1);
  CHECK(flooded.panel.asked.size() == 4);
}

TEST_CASE("limits: a large honest estate stays below") {
  // Ten names for each address, no two alike, and each looked at twice.
  Flooded honest(400, probing);
  honest.panel.improvise = [](const dns::Question& question) -> std::optional<dns::Fact> {
    if (question.type != RrType::PTR) return std::nullopt;
    std::vector<std::string> names;
    for (int i = 0; i < 10; ++i)
      names.push_back("n" + std::to_string(i) + "." + question.name.text() + ".flood.example");
    return naming(question, names);
  };
  honest.run();
  CHECK(honest.led_to() == 400 * 20);
  CHECK(honest.said("h-limited") == 0);
  CHECK(honest.verdict() == Verdict::pass);
}
