// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/duration.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "report/evidence/milestones.h"

namespace rdnsgate::run {

/// How far these addresses are, by what the panel answers: the vantage nearest to the zones first, and where that cannot
/// say, the others. A lookup that fails is `unknown`, and so is all where the deadline passed. `asked`, unless nullptr, gets
/// the names of the vantages in the order in which they are asked.
std::vector<report::AddressMilestones> judge_milestones(dns::Panel& panel,
                                                        const inventory::Inventory& inventory,
                                                        const std::vector<inventory::AddressIndex>& addresses,
                                                        milliseconds deadline,
                                                        std::vector<std::string>* asked = nullptr);

}  // namespace rdnsgate::run
