// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/drill/drill.h"
#include "run/drill/detection.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// A drill: what would be seen, and done, if this happened here. Nobody outside is asked anything.
struct DrillRequest {
  Clock clock;
  std::vector<std::string> files;       ///< of the inventory, as they are named; empty: where it usually is
  std::string scenario;                 ///< its name, or `all`
  std::string target;                   ///< what is hit: see find_aim(); empty: the scenario chooses
  std::string replay;                   ///< a snapshot, or empty
  std::vector<std::string> zone_files;  ///< in place of one: folders and files
  std::string banners;                  ///< a file that `smtp banner` wrote, or empty
  Watchfulness watch;
  bool lab = false;     ///< real servers are to show it, too
  std::string altered;  ///< where the facts of the world with the fault go, as a snapshot; empty: nowhere
};

/// Fails where the inventory or the snapshot cannot be used, and where there is no such scenario or target. That a scenario
/// does not fit the estate is part of the document.
Attempt<report::DrillDocument> drill_run(const DrillRequest& request, Listener& listener);

}  // namespace rdnsgate::run
