// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/group.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "report/grouped/many.h"

using namespace rdnsgate;
using report::GroupBy;
using test::all;
using test::missing;
using test::no_forward;
using test::unresolvable;
using test::with;

namespace {

/// Every index that is shown, as often as it is.
std::vector<std::size_t> members_of(const std::vector<report::Section>& sections) {
  std::vector<std::size_t> members;
  for (const auto& section : sections) {
    for (const auto& entry : section.entries) {
      members.insert(members.end(), entry.members.begin(), entry.members.end());
      for (const auto& following : entry.following)
        members.insert(members.end(), following.members.begin(), following.members.end());
      CHECK(std::is_sorted(entry.members.begin(), entry.members.end()));
    }
  }
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<report::Entry> by_cause(const report::Document& document) {
  const auto sections = report::group(document, all(document), GroupBy::cause);
  REQUIRE(sections.size() == 1);
  CHECK(members_of(sections) == all(document));
  return sections.front().entries;
}

}  // namespace

TEST_CASE("three of one cause are an entry; two are two, where they were") {
  auto document = with({missing(1), no_forward(1), missing(2)});
  auto entries = by_cause(document);
  REQUIRE(entries.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(entries[i].members == std::vector{i});
  document.findings.push_back(missing(3));
  entries = by_cause(document);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].members == std::vector<std::size_t>{0, 2, 3});
  CHECK(entries[1].members == std::vector<std::size_t>{1});
}

TEST_CASE("what weighs most stands first, then what is most") {
  std::vector<report::Document::Finding> findings;
  for (int i = 0; i < 3; ++i) findings.push_back(missing(i));
  for (auto& finding : findings) {
    finding.severity = Severity::warning;
    finding.effect = audit::Effect::none;
  }
  for (int i = 0; i < 4; ++i) findings.push_back(no_forward(i));
  for (int i = 10; i < 15; ++i) findings.push_back(missing(i));
  auto waived = missing(90);
  waived.status = audit::Status::waived;
  waived.effect = audit::Effect::none;
  findings.insert(findings.begin(), waived);
  const auto entries = by_cause(with(findings));
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].members.size() == 5);
  CHECK(entries[1].members.size() == 4);
  CHECK(entries[2].members.size() == 3);
  CHECK(entries[3].members == std::vector<std::size_t>{0});
}

TEST_CASE("what follows from an entry stands under it") {
  const auto entries = by_cause(
      with({unresolvable(1), no_forward(1), no_forward(2), no_forward(3), unresolvable(2), unresolvable(9)}));
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].members == std::vector<std::size_t>{1, 2, 3});
  REQUIRE(entries[0].following.size() == 1);
  CHECK(entries[0].following[0].members == std::vector<std::size_t>{0, 4});
  CHECK(entries[0].findings() == 5);
  CHECK(entries[1].members == std::vector<std::size_t>{5});  // about another name
}

TEST_CASE("nothing hides under what weighs less, or under what is accepted") {
  auto document = with({no_forward(1), no_forward(2), no_forward(3), unresolvable(1)});
  const auto change = [&](const auto& what) {
    for (int i = 0; i < 3; ++i) what(document.findings[static_cast<std::size_t>(i)]);
  };
  SUBCASE("weight") {
    change([](auto& finding) { finding.severity = Severity::warning; });
  }
  SUBCASE("waived") {
    change([](auto& finding) { finding.status = audit::Status::waived; });
  }
  SUBCASE("does not fail the run") {
    change([](auto& finding) { finding.effect = audit::Effect::none; });
  }
  const auto entries = by_cause(document);
  CHECK(entries.size() == 2);
  for (const auto& entry : entries) CHECK(entry.following.empty());
}

TEST_CASE("rules that a table makes follow from each other end") {
  auto document = with({no_forward(1), no_forward(2), no_forward(3)});
  document.rules[0].follows = {"fcrdns-no-forward", "helo-unresolvable"};
  CHECK(by_cause(document).size() == 1);
  document.findings.push_back(unresolvable(1));
  by_cause(document);
}

TEST_CASE("sections: by title, what has none last, and in each by cause") {
  auto document = with({missing(1), missing(2), missing(3), missing(4), missing(5), missing(6), missing(7)});
  for (std::size_t i = 0; i < 3; ++i)
    document.findings[i].belongs = report::Document::Belongs{"b.example", "bulk", "ops"};
  for (std::size_t i = 3; i < 6; ++i)
    document.findings[i].belongs = report::Document::Belongs{"a.example", "web", "ops"};
  const auto titles = [&](GroupBy by) {
    std::string text;
    const auto sections = report::group(document, all(document), by);
    CHECK(members_of(sections) == all(document));
    for (const auto& section : sections) text += fmt::format("{}:{} ", section.title, section.entries.size());
    return text;
  };
  CHECK(titles(GroupBy::zone) == "a.example:1 b.example:1 :1 ");
  CHECK(titles(GroupBy::sender) == "bulk:1 web:1 :1 ");
  CHECK(titles(GroupBy::owner) == "ops:1 :1 ");
  CHECK(titles(GroupBy::cause) == ":1 ");
  CHECK(titles(GroupBy::none) == ":7 ");
}

TEST_CASE("of nothing there is no section, and of a part only the part") {
  const auto document = with({missing(1), missing(2), missing(3), missing(4)});
  for (const auto by : {GroupBy::cause, GroupBy::zone, GroupBy::none})
    CHECK(report::group(document, {}, by).empty());
  CHECK(members_of(report::group(document, {1, 3}, GroupBy::cause)) == std::vector<std::size_t>{1, 3});
}

TEST_CASE("each finding is shown once, whatever there is, and the same each time") {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<report::Document::Finding> findings;
    const auto count = random() % 60;
    for (unsigned i = 0; i < count; ++i) {
      const int host = static_cast<int>(random() % 20);
      auto finding = random() % 3 == 0   ? missing(host)
                     : random() % 2 == 0 ? no_forward(host)
                                         : unresolvable(host);
      if (random() % 5 == 0) finding.status = audit::Status::waived;
      if (random() % 4 == 0) finding.severity = Severity::warning;
      findings.push_back(finding);
    }
    const auto document = with(findings);
    for (const auto by : {GroupBy::cause, GroupBy::zone, GroupBy::none}) {
      const auto once = report::group(document, all(document), by),
                 again = report::group(document, all(document), by);
      CHECK(members_of(once) == all(document));
      REQUIRE(once.size() == again.size());
      for (std::size_t s = 0; s < once.size(); ++s) {
        REQUIRE(once[s].entries.size() == again[s].entries.size());
        for (std::size_t e = 0; e < once[s].entries.size(); ++e)
          CHECK(once[s].entries[e].members == again[s].entries[e].members);
      }
    }
  }
}

TEST_CASE("twice the findings take about twice the time") {
  const auto took = [](int count) {
    std::vector<report::Document::Finding> findings;
    for (int i = 0; i < count; i += 2) {
      const auto address = fmt::format("10.{}.{}.{}", i >> 16, (i >> 8) & 255, i & 255);
      findings.push_back(
          test::about("fcrdns-no-forward", address, address, fmt::format("mx{}.mail.example", i)));
      findings.push_back(unresolvable(i));
    }
    const auto document = with(std::move(findings));
    const auto shown = all(document);
    const auto begin = std::chrono::steady_clock::now();
    const auto sections = report::group(document, shown, GroupBy::cause);
    const auto end = std::chrono::steady_clock::now();
    CHECK(sections.front().entries.size() == 1);
    return std::chrono::duration<double>(end - begin).count();
  };
  const double some = took(20'000), many = took(200'000);
  // Ten times the findings: by the square it were a hundred times the time.
  CHECK(many < 40 * some + 0.05);
}
