// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "history/history.h"
#include "run/audit/audit_run.h"

namespace rdnsgate::run {

/// What a history keeps of an audit. `origin`: history::Run::origin. The git revision is that of the repository which the
/// inventory is in. A document with a coverage says what was judged where that is not all.
history::Run history_run(const AuditRun& ran, const std::string& origin);
history::Seen seen_finding(const report::Document::Finding& finding);
std::vector<history::Seen> seen_findings(const report::Document& document);

/// Where runs wait for a server: a folder of its own for each server, in STATE_DIRECTORY (systemd.exec(5)), XDG_STATE_HOME
/// or ~/.local/state. Empty where none of these is set.
std::string waiting_folder(const std::string& server);

}  // namespace rdnsgate::run
