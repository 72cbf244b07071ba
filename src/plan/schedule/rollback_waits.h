// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/schedule/planner.h"

namespace rdnsgate::plan {

/// How long each part of a schedule has to be waited for once it is rolled back, before the part before it
/// is: Group::rollback_wait. A schedule is rolled back from its end, and reverse before forward: a name may
/// lose what it was given when nobody has anything any more that points to it. Waves of one round, and what
/// is done beside each other in it, need no wait: the round leaves everything whole in every mix.
void add_rollback_waits(const Picture& picture, const Goals& goals, const Timing& timing, Schedule& schedule);

}  // namespace rdnsgate::plan
