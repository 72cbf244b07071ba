// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/schedule/planner.h"

namespace rdnsgate::plan {

/// Turns a schedule into the phases, totals and id of a plan whose head is filled in already.
void write_phases(const Picture& picture, const Goals& goals, Schedule schedule, Plan& plan);

}  // namespace rdnsgate::plan
