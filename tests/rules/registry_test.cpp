// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/registry.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "audit/policy/policy.h"
#include "audit/wording.h"
#include "inventory/model/model.h"
#include "inventory/problem_codes.h"
#include "rules/consequences.h"
#include "rules/covered.h"
#include "rules/pages.h"

using namespace rdnsgate;

TEST_CASE("every rule is found by its id, and nothing else is") {
  for (const auto& rule : rules::registry()) CHECK(rules::find_rule(rule.info.id) == &rule);
  for (const auto* id : {"", "a", "ptr", "ptr-missing-", "PTR-MISSING", "zzz"})
    CHECK(rules::find_rule(id) == nullptr);
}

TEST_CASE("every rule has a page, every page a rule, and the page is about it") {
  for (const auto& rule : rules::registry()) {
    CAPTURE(rule.info.id);
    const std::string_view text = rules::page(rule.info.id);
    CHECK(text.starts_with("# " + std::string(rule.info.id) + "\n"));
    if (text.empty()) continue;
    for (const std::string_view section :
         {"## What it proves", "## Why it matters", "## How to fix", "## Source"}) {
      CAPTURE(section);
      CHECK(text.find(section) != std::string_view::npos);
    }
  }
  for (const auto& page : rules::pages()) {
    CAPTURE(page.id);
    CHECK(rules::find_rule(page.id) != nullptr);
  }
  CHECK(rules::page("no-such-rule").empty());
}

TEST_CASE("what is covered otherwise is no rule, and names a rule with a page or a problem of inventories") {
  namespace code = inventory::code;
  const std::set<std::string_view> codes{code::duplicate, code::reference, code::value};
  for (const auto& one : rules::covered()) {
    CAPTURE(one.name);
    CHECK(rules::find_covered(one.name) == &one);
    CHECK(rules::find_rule(one.name) == nullptr);
    CHECK(rules::page(one.name).empty());
    if (!one.rule.empty()) CHECK_FALSE(rules::page(one.rule).empty());
    if (!one.code.empty()) CHECK(codes.contains(one.code));
    CHECK_FALSE(one.how.empty());
    CHECK_FALSE(one.how.ends_with('.'));
  }
  CHECK(rules::find_covered("addr-invali") == nullptr);
}

TEST_CASE("consequences are rules that follow from rules, in no circle") {
  for (const auto& one : rules::consequences) {
    CAPTURE(one.rule);
    CHECK(rules::find_rule(one.rule) != nullptr);
    CHECK(rules::find_rule(one.of) != nullptr);
    std::string_view above = one.of;
    for (int steps = 0; !above.empty(); ++steps) {
      REQUIRE(steps < 5);
      const auto next = std::find_if(rules::consequences.begin(), rules::consequences.end(),
                                     [&](const auto& other) { return other.rule == above; });
      above = next == rules::consequences.end() ? std::string_view() : next->of;
      CHECK(above != one.rule);
    }
  }
}

TEST_CASE("summaries end without a full stop, and the names of values are named once") {
  for (const auto& rule : rules::registry()) {
    CAPTURE(rule.info.id);
    CHECK_FALSE(rule.info.summary.ends_with('.'));
    // A number with a digit in front, such as {4}, is none of ours; every other brace is a value's.
    for (const auto text : {rule.info.message, rule.info.fix, rule.info.expected, rule.info.observed}) {
      CAPTURE(text);
      CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '{')) ==
            audit::names_in(text).size());
      CHECK(std::count(text.begin(), text.end(), '[') == std::count(text.begin(), text.end(), ']'));
    }
    // What the judgement found stands in expected and observed first: the other two are put together later.
    for (const auto name : audit::names_in(rule.info.expected))
      CHECK((name != "expected" && name != "observed"));
    for (const auto name : audit::names_in(rule.info.observed)) CHECK(name != "observed");
    std::set<std::string_view> keys;
    for (const auto& wording : rule.info.wordings) CHECK(keys.insert(wording.key).second);
    CHECK_FALSE(keys.contains(""));
  }
}

TEST_CASE("what the inventory says is not so is an error; of several names that it leaves open one is told") {
  const inventory::Inventory nothing_set;
  const audit::Policy policy(rules::registry(), nothing_set);
  const auto severity = [&](std::string_view id) { return policy.severity(policy.index_of(id), {}); };
  for (const auto* id : {"ptr-extra", "fcrdns-partial", "helo-ip-mismatch"}) {
    CAPTURE(id);
    CHECK(severity(id) == Severity::error);
  }
  CHECK(severity("ptr-multiple") == Severity::warning);
}
