// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Takes the terms of a relay that a domain left out of records of ours that its own one takes in, where nobody else
/// stands on them: no domain that takes such a record in sends through the relay, and all who send for one of those
/// domains are let through without the terms as well. Where somebody does, the terms stay, and a note says why.
void take_out_left_relays(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals);

}  // namespace rdnsgate::plan
