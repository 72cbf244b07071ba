// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "dns/facts/fact.h"

namespace rdnsgate::rules {

/// The names that the aliases in an answer lead through, where they come back to one that was there before: from that
/// name to itself. Empty where they do not, or the answer does not show it: a resolver that met a loop may say only
/// that it failed.
std::vector<dns::Name> alias_circle(const dns::Fact& fact);

}  // namespace rdnsgate::rules
