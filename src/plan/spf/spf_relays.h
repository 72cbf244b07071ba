// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Evaluates for the relays of each domain what its SPF record comes to once all is done, through whatever takes them
/// in: that a relay in use falls out of it, or that one which is to begin does not pass, is a problem; what still lets a
/// relay through that the domain left is noted, unless others who send for the domain stand on it.
void check_relays_in_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
