// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/look.h"

#include <algorithm>
#include <utility>

namespace rdnsgate::run {
namespace {

using audit::TargetKind;

history::Seen seen(const report::Document::Finding& finding) {
  history::Seen one{finding.fingerprint, finding.rule,  finding.severity, finding.status,
                    finding.certainty,   finding.scope, finding.vantages, finding.target};
  if (finding.belongs) {
    one.zone = finding.belongs->zone;
    one.sender = finding.belongs->sender;
  }
  one.message = finding.message;
  one.expected = finding.expected;
  one.observed = finding.observed;
  one.path = finding.location.path;
  one.line = finding.location.line;
  one.settled = !finding.blocks_verdict;
  return one;
}

}  // namespace

history::Run run_of(const report::Document& document) {
  history::Run run;
  run.inventory_path = document.inventory_path;
  run.inventory_sha256 = document.inventory_sha256;
  run.started_at = document.started_at;
  run.finished_at = document.finished_at;
  run.verdict = document.verdict;
  run.summary = document.summary;
  return run;
}

std::vector<history::Seen> seen_of(const report::Document& document) {
  std::vector<history::Seen> all;
  for (const auto& finding : document.findings) all.push_back(seen(finding));
  return all;
}

bool is_subject(const audit::Target& target) {
  return target.kind != TargetKind::vantage && target.kind != TargetKind::inventory;
}

std::set<audit::Target> left_open(const report::Document& document) {
  std::set<audit::Target> open;
  for (const auto& finding : document.findings) {
    if (finding.certainty == audit::Certainty::inconclusive && finding.blocks_verdict &&
        is_subject(finding.target))
      open.insert(finding.target);
  }
  return open;
}

}  // namespace rdnsgate::run
