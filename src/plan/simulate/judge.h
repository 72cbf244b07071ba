// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "plan/simulate/course.h"

namespace rdnsgate::plan {

/// What a course breaks, in the order of time: each path in use is to be confirmed, to have a HELO name that
/// resolves to it and to be covered by SPF, a service in use is to be there, and what others stand on as
/// well (bystanders.h). What was broken before the first change is not held against it. Each step is to find
/// what it expects, in the zone that it is for.
std::vector<Breach> breaches_of(const Scene& scene, const Course& course);

/// The version of a key's record has the key that it had at first.
bool serves(const Track& key, const MaybeVersion& version);

}  // namespace rdnsgate::plan
