// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/offline/judge_declared.h"

#include "audit/engine/offline.h"
#include "rules/registry.h"

namespace rdnsgate::run {

audit::AuditResult judge_declared(const audit::RunContext& run, const audit::VerdictOptions& options) {
  const audit::Policy policy(rules::registry(), *run.inventory);
  return audit::conclude(run, policy, audit::judge_offline(run, policy), nullptr, options);
}

}  // namespace rdnsgate::run
