// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Adds what changes of SPF records for addresses that come and go, once it is known what changes of names:
/// an address that begins to send is let through before, one that is retired loses its own term, and who is
/// let through by a name (`a`) that loses the address is let through otherwise first. By the smallest edit
/// with which the record holds (spf_additions.h, spf_removals.h).
void derive_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
