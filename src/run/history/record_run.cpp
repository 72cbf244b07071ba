// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/history/record_run.h"

#include "base/hash.h"
#include "run/git/git_head.h"
#include "run/history/statistics.h"

#include <cstdlib>

namespace rdnsgate::run {

history::Run history_run(const AuditRun& ran, const std::string& origin) {
  const auto& document = ran.document;
  history::Run run;
  run.id = history::new_run_id();
  run.inventory_path = document.inventory_path;
  run.inventory_sha256 = document.inventory_sha256;
  run.origin = origin;
  run.git_revision = git_head(document.inventory_path);
  run.started_at = document.started_at;
  run.finished_at = document.finished_at;
  run.verdict = document.verdict;
  run.summary = document.summary;
  add_statistics(run, ran);
  run.whole = !document.changed_since.has_value();
  if (!run.whole) {
    for (const auto& part : document.coverage) {
      for (const auto& target : part.targets) run.judged.push_back({part.kind, target});
    }
  }
  return run;
}

history::Seen seen_finding(const report::Document::Finding& finding) {
  history::Seen seen;
  seen.fingerprint = finding.fingerprint;
  seen.rule = finding.rule;
  seen.severity = finding.severity;
  seen.status = finding.status;
  seen.certainty = finding.certainty;
  seen.scope = finding.scope;
  seen.vantages = finding.vantages;
  seen.target = finding.target;
  if (finding.belongs) {
    seen.zone = finding.belongs->zone;
    seen.sender = finding.belongs->sender;
  }
  seen.message = finding.message();
  seen.expected = finding.expected;
  seen.observed = finding.observed;
  seen.path = finding.location.path;
  seen.line = finding.location.line;
  seen.settled = finding.certainty == audit::Certainty::inconclusive && !finding.blocks_verdict;
  return seen;
}

std::vector<history::Seen> seen_findings(const report::Document& document) {
  std::vector<history::Seen> all;
  all.reserve(document.findings.size());
  for (const auto& finding : document.findings) all.push_back(seen_finding(finding));
  return all;
}

std::string waiting_folder(const std::string& server) {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  std::string base = variable("STATE_DIRECTORY");
  base = base.substr(0, base.find(':'));
  if (base.empty()) {
    base = variable("XDG_STATE_HOME");
    const auto home = variable("HOME");
    if (base.empty() && !home.empty()) base = home + "/.local/state";
    if (base.empty()) return {};
    base += "/rdnsgate";
  }
  return base + "/unsent-" + sha256_hex(server).substr(0, 16);
}

}  // namespace rdnsgate::run
