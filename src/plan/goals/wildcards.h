// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Finds out of every RRset at the names that these goals change whether a wildcard makes it, and what one
/// would make there. What is not answered is said in the picture's notes: the RRset then counts as the
/// name's own.
void find_wildcards(const Goals& goals, const Asker& ask, Picture& picture);

/// A record that a wildcard makes up is no RRset of that name (RFC 4592): nothing can be taken away from it,
/// and with the first record of its own the name loses all that the wildcard made, of every type. Drops what
/// cannot be done, adds what has to come with the first record, and says of the rest why there is no plan.
void heed_wildcards(const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
