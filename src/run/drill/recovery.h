// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "report/drill/drill.h"
#include "run/change/plan_run.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {

/// What plans for the same addresses come to, in the world with the fault and in the one without.
struct RecoveryPlans {
  Attempt<PlanRun> before, during;
};

/// By a plan, where one changes something on account of the fault; else by hand, as the scenario says. `plans`: nullptr
/// where no address is concerned.
report::DrillRecovery recovery_of(const Fault& fault, const RecoveryPlans* plans);

}  // namespace rdnsgate::run
