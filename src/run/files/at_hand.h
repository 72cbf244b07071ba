// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "inventory/model/model.h"
#include "plan/at_hand.h"
#include "resolve/adapters/zone_set.h"

namespace rdnsgate::run {

/// The zones of which a plan sees every record: those that `--zone-files` proposes and, unless they are `alone`,
/// the files that the inventories name for others. A file that cannot be read is none of them, and its zone is
/// asked like any other.
plan::AtHand zones_at_hand(const inventory::Inventory& now, const inventory::Inventory* base,
                           const std::vector<resolve::ZoneSource>& proposed, bool alone);

}  // namespace rdnsgate::run
