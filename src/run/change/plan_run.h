// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "plan/change_limits.h"
#include "plan/emit/emit.h"
#include "plan/forecast.h"
#include "plan/plan.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/kept_inventory.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// A plan that is to be made.
struct PlanRequest {
  Clock clock;
  std::vector<std::string> files;  ///< of the inventory, as they are named; empty: where it usually is
  std::string base;                ///< the inventory as it was before, or empty
  Asking asking;
  std::optional<Time> start;  ///< of the first change; nullopt: now
  bool at_once = false;
  bool accept_exposure = false;  ///< mail may be refused, and the simulation may see something break
  plan::Limits limits;
  std::vector<std::string> despite;  ///< uses of names, as plan::read_use() writes them
  bool patches = false;              ///< of the zone files that the team keeps
  /// It is simulated for the reader, in a world with each of these and, of several, in one with all of them; where there
  /// are none, in the world that is planned for.
  std::optional<std::vector<std::string>> scenarios;
  std::shared_ptr<const KeptInventory> kept{};  ///< in place of what is in `files`; nullptr: that
};

struct PlanRun {
  plan::Plan plan;
  Time start;
  std::vector<plan::ZonePatch> patches;
  std::vector<Error> not_patched;             ///< why zone files have no patch that was wanted
  std::vector<plan::Simulation> simulations;  ///< the last one is the whole; empty where none was asked for
  dns::FactStore facts;                       ///< that it stands on
};

/// Makes a plan that does what it is meant to, as far as the simulator can tell.
Attempt<PlanRun> plan_run(const PlanRequest& request, Listener& listener);

}  // namespace rdnsgate::run
