// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/drill/score.h"

namespace rdnsgate::run {

/// Adds a line for each, behind those that are there: all of them or none, whoever writes at the same time. Refuses a file
/// that holds anything else.
Result<void> add_records(const std::string& path, const std::vector<report::DrillRecord>& records);

/// Those of all files; an error names the file and the line.
Result<std::vector<report::DrillRecord>> read_records(const std::vector<std::string>& paths);

}  // namespace rdnsgate::run
