// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Takes out of the goals what is not to be done, before others build on it.
using GoalFilter = std::function<void(Goals&)>;

Goals derive_goals(const Inventory& now, const Inventory* base, const Picture& picture,
                   const GoalFilter& keep = {});

}  // namespace rdnsgate::plan
