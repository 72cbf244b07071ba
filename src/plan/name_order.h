// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <compare>

#include "dns/name.h"

namespace rdnsgate::plan {

/// Names in the order in which people look for them: label by label from the right, so that names of one subdomain
/// stand together, and `mx9` before `mx10`. Names that differ in leading zeros alone are equivalent.
std::weak_ordering compare_for_people(const dns::Name& a, const dns::Name& b);

}  // namespace rdnsgate::plan
