// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// What still lets a retired address through once all else is done, by evaluation: a term of ours that is there for
/// retired addresses alone is taken out too; what is left, and why, goes to Goals::spf_open, and all that is there
/// into notes.
void retire_from_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
