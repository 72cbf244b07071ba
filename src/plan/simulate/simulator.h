// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/forecast.h"
#include "plan/plan.h"
#include "plan/plan_options.h"

namespace rdnsgate::plan {

/// A world that is worse than a plan takes into account: what happens then.
struct Scenario {
  std::string_view name, summary;
  void (*apply)(Climate& climate);
};
std::span<const Scenario> scenarios();

/// What the inventory says of the world.
Climate climate_of(const inventory::Inventory& now);

/// Runs the plan through time: servers that take changes over one after the other, caches that fetch from any
/// of them and keep what they got, hosts that do as they are told as late as they may. At every instant, for
/// every mix of what some caches hold, each path in use is to be confirmed, to have a HELO name that resolves
/// to it and to be covered by the SPF records that list it; what others stand on is watched as bystanders.h
/// says. Where nothing breaks on the way forth, the plan is rolled back as well, from any moment of any
/// phase. Knows nothing of how the planner came to the plan: only its steps, and the facts of before. What
/// was broken before the first change is not held against the plan. `roll_backs`: false where those of this
/// plan were simulated in this climate before, with however many caches, as only the worst ones count for
/// them.
Forecast simulate(const inventory::Inventory& now, const inventory::Inventory* base, const World& world,
                  const Plan& plan, const Climate& climate, bool roll_backs = true);

/// The same of a single roll-back, and of what was done before it.
std::vector<Breach> simulate_rollback(const inventory::Inventory& now, const inventory::Inventory* base,
                                      const World& world, const Plan& plan, const Climate& climate,
                                      const TurningPoint& turn);

}  // namespace rdnsgate::plan
