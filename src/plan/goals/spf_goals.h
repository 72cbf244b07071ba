// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/goals/goals.h"

namespace rdnsgate::plan {

/// Adds what changes of SPF records for addresses that come and go, once it is known what changes of names:
/// an address that begins to send is let through before, one that is retired loses its own term, and who is
/// let through by a name (`a`) that loses the address is let through otherwise first. By the smallest edit
/// with which the record holds: another name in the place of one that goes, else the address itself, in the
/// record where its sender's others stand or in the domain's own. Where no edit helps, a name keeps its
/// address, and an address that would have to send unauthorised is a problem.
void derive_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

/// Problems of records in which old and new stand side by side: more than ten lookups, or a reply too long.
void check_spf_limits(const Inventory& now, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
