// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

class AtHand;

/// Takes out of the goals what others stand on: a name keeps the last address of a family that NS, MX, SRV,
/// CNAME and other records lead to (uses.h), a server of the zone that it lies in each address that its
/// parent has, and a PTR record that reverse names of strangers are aliases of stays as it is. Notes say who
/// uses what. Where nothing is taken from a name, nothing is asked.
///
/// `despite`: uses, as NameUse::label() writes them, that keep nothing; those that were met are returned.
/// `ask` answers what is not at hand (may be null); what it cannot answer counts as used.
std::vector<std::string> keep_what_is_used(const Inventory& now, const Inventory* base,
                                           const Picture& picture, const AtHand* at_hand, const Asker& ask,
                                           const std::vector<std::string>& despite, Goals& goals);

/// Only asks.
void ask_for_uses(const Inventory& now, const Inventory* base, const Picture& picture, const AtHand* at_hand,
                  const Asker& ask, const Goals& goals);

}  // namespace rdnsgate::plan
