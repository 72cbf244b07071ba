// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/lab_drill.h"

#include <doctest/doctest.h>

namespace rdnsgate::run {
namespace {

report::DrillFinding found(const std::string& rule, const std::string& id, bool changed = false) {
  report::DrillFinding one;
  one.rule = rule;
  one.target = {audit::TargetKind::address, id};
  one.changed = changed;
  return one;
}

report::Document showing(const std::string& rule, const std::string& id) {
  report::Document document;
  report::Document::Finding finding;
  finding.rule = rule;
  finding.target = {audit::TargetKind::address, id};
  document.findings.push_back(finding);
  return document;
}

TEST_CASE("findings are held against each other by rule and subject") {
  report::DrillLab lab;
  lab.played = true;
  hold_against({found("ptr-missing", "192.0.2.1"), found("ptr-missing", "192.0.2.1"),
                found("fcrdns-mismatch", "192.0.2.1")},
               {found("ptr-missing", "192.0.2.1"), found("ptr-missing", "192.0.2.2")}, {}, lab);
  CHECK(lab.findings == 1);
  REQUIRE(lab.missing.size() == 1);
  CHECK(lab.missing.front().rule == "fcrdns-mismatch");
  REQUIRE(lab.unexpected.size() == 1);
  CHECK(lab.unexpected.front().target.id == "192.0.2.2");
  CHECK(lab.differs());
  report::DrillLab same;
  same.played = true;
  hold_against({found("ptr-missing", "192.0.2.1")}, {found("ptr-missing", "192.0.2.1")}, {}, same);
  CHECK(same.is_as_predicted());
  CHECK(same.findings == 1);
}

TEST_CASE(
    "what only became something else is there where it is there, and no difference where it was not "
    "predicted") {
  report::DrillLab lab;
  lab.played = true;
  hold_against({found("ttl-differs", "192.0.2.1", true)}, {found("serial-differs", "192.0.2.1", true)},
               showing("ttl-differs", "192.0.2.1"), lab);
  CHECK(lab.is_as_predicted());
  CHECK(lab.findings == 1);
  report::DrillLab gone;
  gone.played = true;
  hold_against({found("ttl-differs", "192.0.2.1", true)}, {}, {}, gone);
  CHECK(gone.missing.size() == 1);
  // What was not there before has to come.
  report::DrillLab old;
  old.played = true;
  hold_against({found("ttl-differs", "192.0.2.1")}, {}, showing("ttl-differs", "192.0.2.1"), old);
  CHECK(old.missing.size() == 1);
}

TEST_CASE("what was not played is neither as predicted nor different") {
  const report::DrillLab lab;
  CHECK_FALSE(lab.is_as_predicted());
  CHECK_FALSE(lab.differs());
}

}  // namespace
}  // namespace rdnsgate::run
