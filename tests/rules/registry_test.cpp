// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/registry.h"

#include <doctest/doctest.h>

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

TEST_CASE("the sentences use no placeholder but the four, and summaries end without a full stop") {
  for (const auto& rule : rules::registry()) {
    CAPTURE(rule.info.id);
    CHECK_FALSE(rule.info.summary.ends_with('.'));
    for (std::string_view text : {rule.info.message, rule.info.fix}) {
      for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const std::string_view word = text.substr(at, text.find('}', at) - at + 1);
        CAPTURE(word);
        CHECK((word == "{target}" || word == "{expected}" || word == "{observed}" || word == "{detail}"));
      }
    }
  }
}
