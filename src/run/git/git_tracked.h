// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace rdnsgate::run {

/// Fails where one of these files is there and git tracks it, or something below it: a report that a branch
/// configures must not replace what the repository holds. Fails too where git does not let us look. Git is asked
/// about what is there alone.
Result<void> check_untracked(const std::vector<std::string>& paths);

}  // namespace rdnsgate::run
