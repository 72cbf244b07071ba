// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Problems of records in which old and new stand side by side, or of those that are left: more than ten lookups,
/// an error to every receiver, or a reply too long.
void check_spf_limits(const Inventory& now, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
