// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/plan.h"
#include "plan/rollout/standing.h"

namespace rdnsgate::plan {

/// Asks for all that a phase is verified by: the RRsets that it changes, and whatever SPF records are evaluated with.
void read_checks(const Phase& phase, dns::FactDesk& desk);

/// Holds what every name server shows against the phase's checks, and what SPF lets through against what the plan
/// promised. A pure function of the facts.
Verification verify_phase(const Phase& phase, const dns::FactStore& facts, dns::VantageIndex vantage,
                          const dns::VantageInfo& info);

}  // namespace rdnsgate::plan
