// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "base/result.h"
#include "base/source.h"
#include "dns/fact_store.h"
#include "dns/vantage.h"
#include "inventory/model.h"
#include "plan/change_limits.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// What a plan is made with, beside inventories and facts.
struct PlanOptions {
  const Sources* sources =
      nullptr;                     ///< texts that the spans of the present inventory point into, for origins
  Limits limits;                   ///< Plan::beyond_limits says where the plan is beyond them
  bool at_once = false;            ///< no change waits for another: Plan::exposure says what that costs
  bool lower_negative_ttl = true;  ///< may the SOA MINIMUM be lowered in zones that we hold
};

/// The facts as one vantage saw them.
struct World {
  const dns::FactStore& facts;
  dns::VantageIndex vantage = 0;
  dns::VantageInfo info;
  /// Name servers validate nothing: who does, and was asked the same.
  std::optional<dns::VantageIndex> validator = std::nullopt;
};

/// Asks for every fact that a plan from `base` (may be null) to `now` stands on. Run by dns::collect until
/// nothing is missing any more.
void read_world(const inventory::Inventory& now, const inventory::Inventory* base, dns::FactDesk& desk);

/// Asks a validator for what was asked in `world`.
void read_validation(const inventory::Inventory& now, const inventory::Inventory* base, const World& world,
                     dns::FactDesk& desk);

/// Makes the plan: a pure function. `base` is the inventory that was carried out before; without it, what is
/// old is only what the live PTR names. Refuses where a fact that the plan would stand on could not be found
/// out (naming the question and its outcome), where a name that would have to change is an alias, and where
/// no order of changes keeps every path whole.
Result<Plan> make_plan(const inventory::Inventory& now, const inventory::Inventory* base, const World& world,
                       const PlanOptions& options);

}  // namespace rdnsgate::plan
