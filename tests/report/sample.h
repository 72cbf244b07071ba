// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "report/document.h"

namespace rdnsgate::test {

/// Text that tries to break out of every format that it is printed in.
inline const std::string hostile =
    "\x1b[2J\x07 ]]> <b>&amp; \"quoted\" `tick` ::error::x %0A | \r\n::stop\xFF\xE2\x80\xAE end";

inline report::Document sample() {
  report::Document document;
  document.tool_version = "0.1.0";
  document.inventory_path = "inventory.yaml";
  document.inventory_sha256 = std::string(64, 'a');
  document.started_at = document.finished_at = parse_time("2027-01-01T00:00:00Z").value();
  document.verdict = audit::Verdict::fail;
  document.summary = {
      .addresses = 2, .questions = 5, .errors = 1, .warnings = 0, .infos = 0, .waived = 1, .inconclusive = 1};
  document.vantages = {{"walk", dns::VantageKind::recursive, 5, 1, 1.5, 2.5}};
  report::Document::Finding finding;
  finding.rule = "ptr-mismatch";
  finding.severity = Severity::error;
  finding.vantages = {"walk"};
  finding.target = {audit::TargetKind::address, "192.0.2.10"};
  finding.said = "192.0.2.10 points to old.example, not to mx1.example";
  finding.expected = "mx1.example";
  finding.observed = "old.example";
  finding.values = {{"ptr", "mx1.example"},
                    {"names", audit::list_of(std::vector<std::string>{"old.example"})}};
  finding.location = {"inventory.yaml", 3, 5, 3, 15};
  finding.fix = "set the PTR";
  finding.fingerprint = std::string(32, 'b');
  finding.effect = audit::Effect::fails;
  finding.excerpt = "    - 192.0.2.10\n      ^^^^^^^^^^\n";
  document.findings.push_back(finding);
  finding.rule = "ptr-generic";
  finding.severity = Severity::warning;
  finding.status = audit::Status::waived;
  finding.effect = audit::Effect::none;
  finding.waiver_reason = "decommissioned in May";
  document.findings.push_back(finding);
  finding = {};
  finding.rule = "ptr-lookup-failed";
  finding.severity = Severity::warning;
  finding.certainty = audit::Certainty::inconclusive;
  finding.effect = audit::Effect::leaves_open;
  finding.scope = audit::Scope::isolated;
  finding.vantages = {"walk"};
  finding.target = {audit::TargetKind::address, "192.0.2.11"};
  finding.said = "it timed out";
  finding.location = {"inventory.yaml", 4, 5};
  finding.fingerprint = std::string(32, 'c');
  document.findings.push_back(finding);
  return document;
}

/// The sample with hostile text in every field that foreign text can reach.
inline report::Document hostile_sample() {
  report::Document document = sample();
  document.inventory_path = hostile;
  for (auto& finding : document.findings) {
    finding.said = finding.expected = finding.observed = finding.fix = finding.target.id =
        finding.location.path = hostile;
    finding.values = {{"name", hostile}, {"names", audit::list_of(std::vector{hostile, hostile})}};
    if (finding.status == audit::Status::waived) finding.waiver_reason = hostile;
  }
  return document;
}

}  // namespace rdnsgate::test
