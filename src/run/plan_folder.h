// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "run/plan_run.h"

namespace rdnsgate::run {

/// Writes a plan in every form for people, and a folder for each phase. Returns the files, as seen from here. Fails
/// where the folder holds another plan, or one that cannot be read.
Result<std::vector<std::string>> write_plan_folder(const PlanRun& made, const std::string& folder);

}  // namespace rdnsgate::run
