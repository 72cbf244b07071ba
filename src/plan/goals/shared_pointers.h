// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Reverse names of several addresses may be aliases of one PTR record (RFC 2317): what is to be done to it
/// is done once, for all of them. Where they are to have different names it cannot be done, and is a problem
/// of the goals; where one of them is retired and another is not, the record stays.
void join_shared_pointers(const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
