// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Marks the paths of which a record of their own is not known: PTR, or the addresses of a name.
void leave_out_unknown(Picture& picture);

/// Marks paths that cannot be planned beside those that are left out already: what a change needs and could not
/// be determined (Goals::unknown, the zone of a record), and what is only safe together with what is left out:
/// hosts with one HELO name of several addresses, PTR records that are shared, and the end of what something new
/// was to replace. True where there was something to mark: the goals are to be derived anew.
bool leave_out_beside(Picture& picture, const Goals& goals);

/// What is left out, for the plan.
std::vector<LeftOut> left_out_of(const Picture& picture, const Goals& goals);

/// Nothing of any address can be planned, and there is something that should be.
bool leaves_out_all(const Picture& picture, const Goals& goals);

}  // namespace rdnsgate::plan
