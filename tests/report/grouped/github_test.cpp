// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "report/formats.h"
#include "report/grouped/many.h"
#include "report/sample.h"

using namespace rdnsgate;

TEST_CASE("annotations, the gravest first") {
  auto document = test::sample();
  std::swap(document.findings[0], document.findings[2]);
  CHECK(report::render_github(document) ==
        "::error file=inventory.yaml,line=3,col=5,title=rdnsgate (ptr-mismatch)::192.0.2.10 points to "
        "old.example, not to "
        "mx1.example%0Aset the PTR\n"
        "::notice file=inventory.yaml,line=4,col=5,title=rdnsgate (ptr-lookup-failed)::inconclusive: it "
        "timed out\n"
        "::notice file=inventory.yaml,line=3,col=5,title=rdnsgate (ptr-generic)::waived: 192.0.2.10 points "
        "to old.example, "
        "not to mx1.example%0Aset the PTR\n"
        "::notice title=rdnsgate::fail: 1 error, 0 warnings, 1 inconclusive, 1 waived\n");
}

TEST_CASE("what looks like GitHub's escapes stays what it is") {
  auto document = test::sample();
  document.findings.resize(1);
  document.findings[0].said = "100%0A of it";
  CHECK(report::render_github(document).find("::100%250A of it") != std::string::npos);
}

TEST_CASE("hostile text can neither end an annotation nor begin one") {
  std::istringstream lines(report::render_github(test::hostile_sample()));
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    ++count;
    CHECK((line.starts_with("::error file=") || line.starts_with("::notice ")));
    CHECK(line.find('\r') == std::string::npos);
    CHECK(line.find('\x1b') == std::string::npos);
  }
  CHECK(count == 4);
}

TEST_CASE("of more than GitHub shows, one of each cause, the gravest first") {
  std::vector<report::Document::Finding> findings;
  for (int i = 1; i < 100; ++i) findings.push_back(test::missing(i));
  for (int i = 1; i < 5; ++i) {
    findings.push_back(test::no_forward(i));
    findings.push_back(test::unresolvable(i));
  }
  auto warning = test::missing(200);
  warning.severity = Severity::warning;
  findings.insert(findings.begin(), warning);
  const auto text = report::render_github(test::with(findings));
  std::istringstream lines(text);
  std::vector<std::string> said;
  for (std::string line; std::getline(lines, line);) said.push_back(line);
  REQUIRE(said.size() == 4);
  CHECK(said[0].find("::error") == 0);
  CHECK(said[0].find("out-1.mail.example (and 98 more of this cause)%0A") != std::string::npos);
  CHECK(said[1].find("(fcrdns-no-forward)") != std::string::npos);
  CHECK(said[1].find("(and 7 more of this cause)") != std::string::npos);
  CHECK(said[2].find("::warning") == 0);
  CHECK(said[2].find("more of this cause") == std::string::npos);
}

TEST_CASE("ten of a level are shown each in its place, and never more than ten") {
  std::vector<report::Document::Finding> findings;
  for (int i = 1; i <= 10; ++i) findings.push_back(test::missing(i));
  const auto count = [&] {
    const auto text = report::render_github(test::with(findings));
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find("::error", at)) != std::string::npos; ++at) ++found;
    return found;
  };
  CHECK(count() == 10);
  findings.push_back(test::missing(11));
  CHECK(count() == 1);
  findings.clear();
  for (int i = 0; i < 30; ++i)
    findings.push_back(test::about("ptr-mismatch", "192.0.2.1", "mx.mail.example",
                                   std::string("name-") + static_cast<char>('g' + i % 20) +
                                       std::string(static_cast<std::size_t>(i / 20), 'x') + "y.example"));
  CHECK(count() == 10);
}

TEST_CASE("an annotation stands at the record where there is one, to be seen in the diff") {
  auto document = test::with({test::missing(1)});
  document.findings[0].record = report::Document::Location{"zones/a.zone", 7, 1, 7, 9};
  CHECK(report::render_github(document).starts_with("::error file=zones/a.zone,line=7,col=1,"));
}
