// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "run/change/plan_run.h"

namespace rdnsgate::run {

/// What was written into the folder of a plan.
struct WrittenPlan {
  std::vector<std::string> files;   ///< those for people, relative to the folder
  std::vector<std::size_t> phases;  ///< how many files each phase has
};

/// Writes a plan in every form for people, and a folder for each phase. Fails where the folder holds another plan, or one
/// that cannot be read.
Result<WrittenPlan> write_plan_folder(const PlanRun& made, const std::string& folder);

}  // namespace rdnsgate::run
