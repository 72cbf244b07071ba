// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/change_limits.h"
#include "plan/operation/goals.h"
#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// The zones of which more would change: `2.0.192.in-addr.arpa: 12 of 14 record sets would change, which is
/// more than 30%`. Record sets that only get another TTL do not count.
std::vector<std::string> beyond_limits(const Picture& picture, const Goals& goals, const Limits& limits);

}  // namespace rdnsgate::plan
