// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "report/formats.h"
#include "report/sample.h"
#include "report/xml_check.h"

using namespace rdnsgate;

namespace {

bool is_valid(const std::string& xml) {
  report::test::XmlFolder folder;
  folder.add(xml);
  const auto complaints = folder.complaints(AUTHORITY "jenkins-junit.xsd");
  CAPTURE(complaints);
  CHECK(complaints == "");
  return complaints.empty();
}

bool has(const std::string& xml, const char* part) { return xml.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("JUnit: a case for each rule and target, whole") {
  auto document = test::sample();
  document.coverage = {{audit::TargetKind::address,
                        {{"ptr-mismatch", true}, {"addr-not-global"}},
                        {"192.0.2.10", "192.0.2.11"}}};
  const auto xml = report::render_junit(document);
  CHECK(is_valid(xml));
  CHECK(xml ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="rdnsgate" tests="6" failures="1" errors="1" time="0">
  <testsuite name="inventory.yaml" tests="6" failures="1" errors="1" skipped="2" timestamp="2027-01-01T00:00:00" time="0">
    <testcase classname="rdnsgate.ptr-mismatch" name="192.0.2.10" time="0">
      <failure message="192.0.2.10 points to old.example, not to mx1.example" type="ptr-mismatch">inventory.yaml:3:5: error: 192.0.2.10 points to old.example, not to mx1.example [ptr-mismatch]
expected: mx1.example
observed: old.example
fix: set the PTR
</failure>
    </testcase>
    <testcase classname="rdnsgate.ptr-generic" name="192.0.2.10" time="0">
      <skipped>inventory.yaml:3:5: warning: waived: 192.0.2.10 points to old.example, not to mx1.example [ptr-generic]
reason: decommissioned in May
expected: mx1.example
observed: old.example
fix: set the PTR
</skipped>
    </testcase>
    <testcase classname="rdnsgate.ptr-lookup-failed" name="192.0.2.11" time="0">
      <error message="it timed out" type="ptr-lookup-failed">inventory.yaml:4:5: warning: inconclusive: it timed out [ptr-lookup-failed]
</error>
    </testcase>
    <testcase classname="rdnsgate.addr-not-global" name="192.0.2.10" time="0"/>
    <testcase classname="rdnsgate.ptr-mismatch" name="192.0.2.11" time="0">
      <skipped>not judged: questions about it were not answered</skipped>
    </testcase>
    <testcase classname="rdnsgate.addr-not-global" name="192.0.2.11" time="0"/>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("JUnit: red where the run is, and nowhere else") {
  auto document = test::sample();
  document.findings.resize(1);
  SUBCASE("an error below what fails the run, or transient") {
    document.findings[0].effect = audit::Effect::none;
    const auto xml = report::render_junit(document);
    CHECK(is_valid(xml));
    CHECK(has(xml, R"(failures="0" errors="0")"));
    CHECK(has(xml, "<system-out>inventory.yaml:3:5: error: 192.0.2.10 points"));
  }
  SUBCASE("an open question that does not decide is no error") {
    document.findings[0].certainty = audit::Certainty::inconclusive;
    document.findings[0].effect = audit::Effect::none;
    const auto xml = report::render_junit(document);
    CHECK(is_valid(xml));
    CHECK(has(xml, R"(failures="0" errors="0")"));
    CHECK(has(xml, "<skipped>inventory.yaml:3:5: error: inconclusive: "));
  }
  SUBCASE("a file that cannot be read is an error: nothing was judged") {
    document.unusable = true;
    const auto xml = report::render_junit(document);
    CHECK(is_valid(xml));
    CHECK(has(xml, R"(failures="0" errors="1")"));
  }
}

TEST_CASE("JUnit: several findings of one rule about one target are one case") {
  auto document = test::sample();
  document.findings[1] = document.findings[0];
  document.findings[1].observed = "another.example";
  document.findings.resize(2);
  const auto xml = report::render_junit(document);
  CHECK(is_valid(xml));
  CHECK(has(xml, R"(tests="1" failures="1")"));
  CHECK(has(xml, "observed: another.example"));
}

TEST_CASE("JUnit: where nobody answered, no live rule has passed") {
  auto document = test::sample();
  document.findings.erase(document.findings.begin(), document.findings.begin() + 2);
  document.findings[0].target = {audit::TargetKind::vantage, "walk"};
  document.findings[0].blocks_verdict = true;
  document.coverage = {
      {audit::TargetKind::address, {{"ptr-missing", true}, {"addr-not-global"}}, {"192.0.2.12"}}};
  const auto xml = report::render_junit(document);
  CHECK(is_valid(xml));
  CHECK(has(xml,
            "<testcase classname=\"rdnsgate.ptr-missing\" name=\"192.0.2.12\" time=\"0\">\n      "
            "<skipped>not judged"));
  CHECK(has(xml, "<testcase classname=\"rdnsgate.addr-not-global\" name=\"192.0.2.12\" time=\"0\"/>"));
}

TEST_CASE("JUnit: a sender passes no rule that has found something at one of its addresses") {
  auto document = test::sample();
  document.coverage = {{audit::TargetKind::sender, {{"ptr-mismatch"}, {"helo-missing"}}, {"mx1"}}};
  const auto xml = report::render_junit(document);
  CHECK(!has(xml, R"(classname="rdnsgate.ptr-mismatch" name="mx1")"));
  CHECK(has(xml, R"(classname="rdnsgate.helo-missing" name="mx1")"));
}

TEST_CASE("JUnit: of a fleet one passing case a target, and never an empty suite") {
  report::Document document;
  CHECK(has(report::render_junit(document), R"(tests="1" failures="0")"));
  audit::Coverage covered{audit::TargetKind::address, {{"ptr-missing", true}, {"ptr-extra", true}}, {}};
  for (int i = 0; i < 30000; ++i) covered.targets.push_back(std::to_string(i));
  document.coverage = {covered};
  const auto xml = report::render_junit(document);
  CHECK(has(xml, R"(tests="30000" failures="0")"));
  CHECK(is_valid(xml));
}

TEST_CASE("JUnit: what is longer than a viewer takes is cut") {
  auto document = test::sample();
  document.findings.resize(1);
  document.findings[0].observed = std::string(1 << 20, 'x');
  const auto xml = report::render_junit(document);
  CHECK(is_valid(xml));
  CHECK(xml.size() < (1 << 17));
  CHECK(has(xml, "xxx...\n"));
}
