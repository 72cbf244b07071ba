// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/evidence/evidence.h"
#include "run/audit/audit_run.h"

namespace rdnsgate::run {

/// What evidence is asked for.
struct EvidenceRequest {
  AuditRequest audit;               ///< with `asking`; its `only` is found here
  std::string subject;              ///< a fingerprint or its beginning; an address or a name of the inventory
  std::string report;               ///< that has the finding; empty: a run finds it
  std::vector<std::string> logs;    ///< files
  std::vector<std::string> redact;  ///< names and addresses that are not to leave the house
  std::string history;              ///< of the findings; empty: none is asked
  bool walk = true;                 ///< live: also from the root to the names, if the root servers are known
};

/// Gathers it: judges the subject alone, and keeps all that was asked for that. Fails where nothing is meant by the subject,
/// and where the run itself does.
Attempt<report::EvidenceDocument> evidence_run(const EvidenceRequest& request, Listener& listener);

}  // namespace rdnsgate::run
