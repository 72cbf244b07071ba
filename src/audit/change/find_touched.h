// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "audit/touched.h"

namespace rdnsgate::audit {

/// Why every subject has to be judged anew: rules, waivers, standards, vantages or times that hold for all
/// are not what they were. Empty where that is not so.
std::string changed_for_all(const inventory::Inventory& before, const inventory::Inventory& now);

/// `now` outlives the result. Only to be asked where nothing changed for all.
Touched find_touched(const inventory::Inventory& before, const inventory::Inventory& now);

/// As if these had changed, and nothing that hangs on them; one that the inventory does not have is left out.
/// `now` outlives the result.
Touched touch_only(const inventory::Inventory& now, const std::set<Target>& targets);

/// All subjects that could be touched.
std::size_t count_touchable(const inventory::Inventory& inventory);

}  // namespace rdnsgate::audit
