// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <sstream>

#include "report/formats.h"
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
  document.findings[0].message = "100%0A of it";
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
