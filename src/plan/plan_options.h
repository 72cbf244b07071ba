// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text/source.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/change_limits.h"

namespace rdnsgate::plan {

class AtHand;

/// What a plan is made with, beside inventories and facts.
struct PlanOptions {
  const Sources* sources =
      nullptr;                     ///< texts that the spans of the present inventory point into, for origins
  Limits limits;                   ///< Plan::beyond_limits says where the plan is beyond them
  bool at_once = false;            ///< no change waits for another: Plan::exposure says what that costs
  bool lower_negative_ttl = true;  ///< may the SOA MINIMUM be lowered in zones that we hold
  /// Uses of names that keep no address, as read_use() of uses.h writes them.
  std::vector<std::string> despite{};
};

/// The facts as one vantage saw them.
struct World {
  const dns::FactStore& facts;
  dns::VantageIndex vantage = 0;
  dns::VantageInfo info;
  /// Name servers validate nothing: who does, and was asked the same.
  std::optional<dns::VantageIndex> validator = std::nullopt;
  /// The zones of which every record is known, where others may lead to the names that change; may be null.
  const AtHand* at_hand = nullptr;
};

}  // namespace rdnsgate::plan
