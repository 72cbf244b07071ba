// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "plan/simulate/course.h"

namespace rdnsgate::plan {

/// What the course of a plan does to those whom it is not about: a record that points to a name which loses
/// its addresses (NS, MX, SRV, CNAME, ... in the zones at hand, in what the DNS answered, and the name
/// servers that the inventory lists), a reverse name that is led to a PTR which changes, and a name that
/// nobody declared or retired and that loses something. Uses that the plan goes on despite are left out.
std::vector<Breach> harm_to_bystanders(const Scene& scene, const Course& course);

}  // namespace rdnsgate::plan
