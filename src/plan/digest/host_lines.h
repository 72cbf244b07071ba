// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// What is done to hosts, in few lines: what only differs in numbers is one, from three on, lists of addresses are
/// ranges, and what comes after `most` lines is counted. Foreign text, not escaped.
std::vector<std::string> host_lines(std::span<const Manual* const> manual, std::size_t most = 6);

}  // namespace rdnsgate::plan
