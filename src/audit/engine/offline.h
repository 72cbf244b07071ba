// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/policy/policy.h"

namespace rdnsgate::audit {

/// Runs every rule that needs no DNS.
std::vector<Draft> judge_offline(const RunContext& run, const Policy& policy);

}  // namespace rdnsgate::audit
