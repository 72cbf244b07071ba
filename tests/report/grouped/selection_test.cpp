// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/selection.h"

#include <doctest/doctest.h>

#include "report/grouped/many.h"

using namespace rdnsgate;
using test::missing;
using test::no_forward;
using test::unresolvable;

namespace {

report::Document sample_of_kinds() {
  auto document = test::with({missing(1), missing(40), no_forward(1), unresolvable(1)});
  document.findings[2].severity = Severity::warning;
  document.findings[3].severity = Severity::info;
  document.findings[0].belongs = report::Document::Belongs{"2.0.192.in-addr.arpa", "bulk", "ops"};
  return document;
}

std::vector<std::size_t> shown(std::vector<std::string> only, Severity level = Severity::info) {
  report::View view;
  view.only = std::move(only);
  view.level = level;
  return select(sample_of_kinds(), view).shown;
}

using Indices = std::vector<std::size_t>;

}  // namespace

TEST_CASE("everything is shown unless something is asked for") { CHECK(shown({}) == Indices{0, 1, 2, 3}); }

TEST_CASE("by rule, family, and what a finding is about") {
  CHECK(shown({"ptr-missing"}) == Indices{0, 1});
  CHECK(shown({"ptr"}) == Indices{0, 1});
  CHECK(shown({"192.0.2.40"}) == Indices{1});
  CHECK(shown({"192.0.2.32/28"}) == Indices{1});
  CHECK(shown({"MX1"}) == Indices{3});
  CHECK(shown({"bulk"}) == Indices{0});
  CHECK(shown({"2.0.192.in-addr.arpa."}) == Indices{0});
  CHECK(shown({"helo", "192.0.2.40"}) == Indices{1, 3});
  CHECK(shown({"pt"}).empty());
}

TEST_CASE("by weight") {
  CHECK(shown({}, Severity::warning) == Indices{0, 1, 2});
  CHECK(shown({}, Severity::error) == Indices{0, 1});
  CHECK(shown({"helo"}, Severity::error).empty());
}

TEST_CASE("what nothing is about is said, and what only weighs too little is not") {
  report::View view;
  view.only = {"helo", "192.0.2.200", "nobody"};
  view.level = Severity::error;
  CHECK(select(sample_of_kinds(), view).idle == std::vector<std::string>{"192.0.2.200", "nobody"});
}
