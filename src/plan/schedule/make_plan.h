// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/source.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "plan/operation/goals.h"
#include "plan/plan.h"
#include "plan/plan_options.h"

namespace rdnsgate::plan {

/// Asks for every fact that a plan from `base` (may be null) to `now` stands on. Run by dns::collect until
/// nothing is missing any more: each time it goes on with the part that lacked something. Where names are to lose
/// addresses, the usual places of records that lead to them are asked, too, unless all that can be known is `at_hand`
/// (may be null).
class WorldReader {
 public:
  WorldReader(const inventory::Inventory& now, const inventory::Inventory* base,
              const AtHand* at_hand = nullptr)
      : now_(now), base_(base), at_hand_(at_hand) {}

  /// Always the same desk, which keeps what it handed out.
  void read(dns::FactDesk& desk);

 private:
  const inventory::Inventory& now_;
  const inventory::Inventory* base_;
  const AtHand* at_hand_;
  enum class Part : std::uint8_t { records, wildcards, uses, helo_records } part_ = Part::records;
  Picture picture_;  ///< once all records are there
  Goals goals_;      ///< for wildcards those of that picture, for HELO records the last ones
};

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
