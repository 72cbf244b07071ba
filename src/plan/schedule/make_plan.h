// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/source.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "plan/plan.h"
#include "plan/plan_options.h"

namespace rdnsgate::plan {

/// Asks for every fact that a plan from `base` (may be null) to `now` stands on. Run by dns::collect until
/// nothing is missing any more. Where names are to lose addresses, the usual places of records that lead to
/// them are asked, too, unless all that can be known is `at_hand` (may be null).
void read_world(const inventory::Inventory& now, const inventory::Inventory* base, dns::FactDesk& desk,
                const AtHand* at_hand = nullptr);

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
