// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/policy/policy.h"
#include "audit/result.h"

namespace rdnsgate::audit {

/// The rules that one kind of target is held to in a run, and the targets. What of it could not be judged is
/// said by inconclusive findings, and by those that block the verdict.
struct Coverage {
  struct JudgedRule {
    std::string_view id;  ///< a literal of the registry
    bool live = false;    ///< needs answers of the DNS
  };
  TargetKind kind{};
  std::vector<JudgedRule> rules;
  std::vector<std::string> targets;
};

/// What a run judges. `vantages` are those that were asked; empty for a run without the DNS. Left out is what
/// depends on the vantage: rules of internal views, and of zones where no vantage asks who holds them.
std::vector<Coverage> coverage(const RunContext& run, const Policy& policy,
                               const std::vector<VantageStats>& vantages);

/// Leaves out the targets that are not judged.
void keep_touched(std::vector<Coverage>& all, const Touched& touched);

}  // namespace rdnsgate::audit
