// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "report/mail/paths.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/kept_inventory.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// An inventory whose mail paths are to be evaluated.
struct PathsRequest {
  Clock clock;
  std::vector<std::string> files;  ///< of the inventory, as they are named; empty: where it usually is
  Asking asking;
  bool bulk = true;  ///< the rules for those that send a receiver 5,000 messages a day count
  std::shared_ptr<const KeptInventory> kept{};  ///< in place of what is in `files`; nullptr: that
};

/// Evaluates every path. A question goes to the vantage that is nearest to the zones, and where that has no answer, to
/// the others. Fails where a file cannot be used, or the deadline passed before the domains were asked.
Attempt<report::PathsDocument> paths_run(const PathsRequest& request, Listener& listener);

}  // namespace rdnsgate::run
