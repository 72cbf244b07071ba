// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "audit/target.h"
#include "base/severity.h"
#include "history/history.h"
#include "report/drill/drill.h"
#include "run/audit/audit_run.h"
#include "run/watch/schedule.h"

namespace rdnsgate::run {

/// How a watch looks, and what it tells.
struct Watchfulness {
  Schedule schedule;
  history::Policy policy{2, 3};
  Severity level = Severity::warning;
};

/// What a look at a world shows beside the findings of its report, each time.
struct Sight {
  history::Run run;
  std::vector<history::Seen> watched;  ///< what only a watch finds
  std::set<audit::Target> left_open;
};
Sight sight_of(const AuditRun& ran, const inventory::Inventory& inventory);

/// When the watch tells of what the second world has and the first has not, and when that it is over. Played by the rules of
/// the history (history::transitions) at the times of the schedule. `told` gets, by fingerprint, when at worst.
report::DrillDetection detect(const Watchfulness& watch, const report::Document& before,
                              const report::Document& during, const Sight& sight_before,
                              const Sight& sight_during, std::map<std::string, seconds>& told);

}  // namespace rdnsgate::run
