// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Marks what mends a path that is in use and broken today: its missing records, and a PTR that confirms
/// nothing. No cache holds anything of them that mail could still rely on, so there is no TTL to be lowered
/// for them, and nothing to wait for. An RRset that something else is to happen to takes its turn with that.
void mark_repairs(Goals& goals, const Picture& picture);

}  // namespace rdnsgate::plan
