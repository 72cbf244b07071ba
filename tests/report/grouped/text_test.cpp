// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "base/text/wrap.h"
#include "report/formats.h"
#include "report/grouped/many.h"
#include "report/sample.h"

using namespace rdnsgate;

TEST_CASE("the text report, whole") {
  CHECK(report::render_text(test::sample(), {.color = false, .quiet = 0, .asked_dns = true}) ==
        "inventory.yaml:3:5: error: 192.0.2.10 points to old.example, not to mx1.example [ptr-mismatch]\n"
        "    - 192.0.2.10\n"
        "      ^^^^^^^^^^\n"
        "    fix: set the PTR\n"
        "inventory.yaml:3:5: waived warning: 192.0.2.10 points to old.example, not to mx1.example "
        "[ptr-generic]\n"
        "    - 192.0.2.10\n"
        "      ^^^^^^^^^^\n"
        "    waived: decommissioned in May\n"
        "    fix: set the PTR\n"
        "inventory.yaml:4:5: inconclusive: it timed out [ptr-lookup-failed]\n"
        "    seen by walk only\n"
        "\n"
        "fail: 1 error, 0 warnings, 0 notes, 1 inconclusive, 1 waived in 2 addresses (5 questions at 1 "
        "vantage)\n"
        "Each answer is from one name server of its zone, by chance: where they differ, another run may find "
        "otherwise. A vantage of kind authoritative asks them all.\n");
}

TEST_CASE("only where resolvers alone found something is it told that they met one server") {
  const auto told = [](const report::Document& document) {
    return report::render_text(document, {.asked_dns = true}).find("authoritative asks them all") !=
           std::string::npos;
  };
  auto document = test::sample();
  CHECK(told(document));
  document.vantages.push_back({"office", dns::VantageKind::forward, 5, 0, 1.5, 2.5});
  CHECK(told(document));
  for (const auto kind : {dns::VantageKind::authoritative, dns::VantageKind::zonefiles}) {
    document.vantages.back().kind = kind;
    CHECK_FALSE(told(document));
  }
  document = test::sample();
  document.findings.erase(document.findings.begin());  // what is left is waived, or nobody knows
  CHECK_FALSE(told(document));
  document = test::sample();
  document.verdict = audit::Verdict::pass;
  CHECK_FALSE(told(document));
}

TEST_CASE("quiet, and quieter") {
  const auto quiet = report::render_text(test::sample(), {.quiet = 1});
  CHECK(std::count(quiet.begin(), quiet.end(), '\n') == 3);
  CHECK(report::render_text(test::sample(), {.quiet = 2}).empty());
}

TEST_CASE("colour only where it is asked for") {
  CHECK(report::render_text(test::sample(), {}).find('\x1b') == std::string::npos);
  CHECK(report::render_text(test::sample(), {.color = true}).find("\x1b[31;1merror\x1b[0m") !=
        std::string::npos);
}

TEST_CASE("no control character of foreign text reaches the terminal") {
  for (const char c : report::render_text(test::hostile_sample(), {})) {
    CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    CHECK(c != '\x7f');
  }
}

namespace {

report::Document many() {
  std::vector<report::Document::Finding> findings;
  for (int i = 10; i < 30; ++i) findings.push_back(test::missing(i));
  for (int i = 40; i < 60; i += 2) findings.push_back(test::missing(i));
  for (int i = 1; i < 4; ++i) {
    findings.push_back(test::no_forward(i));
    findings.push_back(test::unresolvable(i));
  }
  findings.push_back(test::about("dual-family-missing", "203.0.113.9", "IPv6", "IPv4"));
  return test::with(findings);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("one entry of a cause: how many, where, one of them, its fix, and what follows from it") {
  CHECK(report::render_text(many(), {}) ==
        "fail: 37 findings in 3 entries, those that weigh most first; --group-by none shows each, --only "
        "what one is "
        "about\n"
        "\n"
        "inventory.yaml:3:5: error: 30 addresses: the address has no PTR record [ptr-missing]\n"
        "    - range: 192.0.2.0/24\n"
        "      ^^^^^\n"
        "    192.0.2.10-192.0.2.29, 192.0.2.40, 192.0.2.42, 192.0.2.44, 192.0.2.46, 192.0.2.48, 192.0.2.50, "
        "192.0.2.52, "
        "192.0.2.54, 192.0.2.56, 192.0.2.58\n"
        "    such as: 192.0.2.10: NXDOMAIN for 10.2.0.192.in-addr.arpa and not out-10.mail.example\n"
        "    fix: publish it for 192.0.2.10\n"
        "inventory.yaml:3:5: error: 3 addresses: the name has no address [fcrdns-no-forward]\n"
        "    - range: 192.0.2.0/24\n"
        "      ^^^^^\n"
        "    198.51.100.1-198.51.100.3\n"
        "    such as: 198.51.100.1: mx1.mail.example and not 198.51.100.1\n"
        "    fix: publish it for 198.51.100.1\n"
        "    so also: 3 errors: the HELO name has no address [helo-unresolvable]\n"
        "inventory.yaml:3:5: error: 203.0.113.9: IPv4 and not IPv6 [dual-family-missing]\n"
        "    - range: 192.0.2.0/24\n"
        "      ^^^^^\n"
        "    fix: publish it for 203.0.113.9\n"
        "\n"
        "fail: 37 errors, 0 warnings, 0 notes in 5000 addresses\n");
}

TEST_CASE("a long list of ranges is cut, and what is left out counted") {
  std::vector<report::Document::Finding> findings;
  for (int i = 0; i < 100; i += 2) findings.push_back(test::missing(i));
  const auto text = report::render_text(test::with(findings), {});
  CHECK(has(text, "192.0.2.22 and 38 more\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') < 12);
}

TEST_CASE("quiet lists each, and a file that cannot be used each of its problems") {
  const auto quiet = report::render_text(many(), {.quiet = 1});
  CHECK(std::count(quiet.begin(), quiet.end(), '\n') == 37);
  auto document = many();
  document.unusable = true;
  CHECK_FALSE(has(report::render_text(document, {}), "30 addresses"));
}

TEST_CASE("a view: by zone, each, only some, so many, or numbers") {
  auto document = many();
  for (auto& finding : document.findings) finding.belongs = report::Document::Belongs{"a.example", "", ""};
  document.findings.back().belongs = {};
  const auto shown = [&](const report::View& view) { return report::render_text(document, {.view = view}); };
  const auto by_zone = shown({.by = report::GroupBy::zone});
  CHECK(has(by_zone, "\n\nzone a.example\ninventory.yaml:3:5: error: 30 addresses"));
  CHECK(has(by_zone, "\n\nno zone\n"));
  CHECK(has(shown({.by = report::GroupBy::none}), "37 findings; --only and --level show fewer"));
  const auto only = shown({.only = {"helo", "ptr-x"}});
  CHECK(has(only, "3 senders: the HELO name has no address"));
  CHECK(has(only, "shown: 3 of 37 findings\n--only ptr-x: no finding is about that\n"));
  CHECK(has(only, "fail: 37 errors"));
  const auto two = shown({.most = 1});
  CHECK(has(two, "2 more entries with 7 findings are not shown: --max-findings 1\n"));
  CHECK_FALSE(has(two, "fcrdns"));
  const auto statistics = shown({.statistics = true});
  CHECK(
      has(statistics,
          "     30  error     ptr-missing                   30 addresses: the address has no PTR record\n"));
  CHECK_FALSE(has(statistics, "inventory.yaml"));
}

TEST_CASE("on a terminal lines are broken at words, and rules lead to their pages") {
  const auto text = report::render_text(many(), {.width = 60, .links = true});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(columns_of(line) <= 60);
  }
  CHECK(has(text, "[\x1b]8;;https://x.example/ptr-missing\x1b\\ptr-missing\x1b]8;;\x1b\\]"));
  CHECK_FALSE(has(report::render_text(many(), {}), "\x1b"));
}

TEST_CASE("a finding stands at its record, with the inventory's line beside it") {
  auto document = test::with({test::missing(1)});
  document.findings[0].record = report::Document::Location{"zones/a.zone", 7, 1, 7, 9};
  document.findings[0].record_excerpt = "    10 IN PTR old\n    ^^\n";
  CHECK(report::render_text(document, {})
            .starts_with("zones/a.zone:7:1: error: 192.0.2.1: NXDOMAIN for 1.2.0.192.in-addr.arpa and not "
                         "out-1.mail.example [ptr-missing]\n"
                         "    10 IN PTR old\n"
                         "    ^^\n"
                         "    declared: inventory.yaml:3:5\n"));
}
