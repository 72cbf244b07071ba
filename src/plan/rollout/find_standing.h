// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/plan.h"
#include "plan/rollout/rollout_state.h"
#include "plan/rollout/standing.h"

namespace rdnsgate::plan {

/// The zones whose servers are asked about a plan, and the name servers that it leads them to: those may hold
/// a zone before anybody delegates to them.
std::map<Name, std::vector<Name>> zones_to_ask(const Plan& plan);

/// Asks for all that a plan changes.
void read_rollout(const Plan& plan, dns::FactDesk& desk);

/// Finds the place in the plan that the facts show. A pure function of them: `state` only says since when,
/// and is brought up to date (first sightings are added, and what was taken back is forgotten). A moment in
/// it that lies ahead of `now` stays: a clock that was put back shortens no wait.
Standing find_standing(const Plan& plan, const dns::FactStore& facts, dns::VantageIndex vantage,
                       const dns::VantageInfo& info, Time now, RolloutState& state);

/// Takes into the state, as of `now`, that hosts have done what `phases` ask of them, each once it is its
/// turn: it is next, or behind us. Returns those whose turn it is not; they are noted in the state, and count
/// for nothing.
std::vector<std::string> tell_done(const Plan& plan, const dns::FactStore& facts, dns::VantageIndex vantage,
                                   const dns::VantageInfo& info, Time now, std::vector<std::string> phases,
                                   RolloutState& state);

}  // namespace rdnsgate::plan
