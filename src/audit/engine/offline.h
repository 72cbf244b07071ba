// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <vector>

#include "audit/findings.h"
#include "audit/policy/policy.h"
#include "audit/run_context.h"

namespace rdnsgate::audit {

/// Hands on judgements in their order, a portion at a time: one is used and forgotten before the next is made, as
/// there may be hundreds of thousands.
using TakeDrafts = std::function<void(std::vector<Draft>&& drafts)>;
using Portions = std::function<void(const TakeDrafts& take)>;

/// Runs every rule that needs no DNS, when it is called; what it was made of outlives it.
Portions judge_offline(const RunContext& run, const Policy& policy);

}  // namespace rdnsgate::audit
