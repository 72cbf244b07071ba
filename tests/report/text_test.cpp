// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "report/formats.h"
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
