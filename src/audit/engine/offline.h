// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/policy/policy.h"

namespace rdnsgate::audit {

/// Judgements in their order, some at a time, so that not all have to be held until the last is used.
using Portions = std::vector<std::vector<Draft>>;

/// Runs every rule that needs no DNS.
Portions judge_offline(const RunContext& run, const Policy& policy);

}  // namespace rdnsgate::audit
