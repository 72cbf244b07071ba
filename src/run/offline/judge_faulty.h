// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "base/timestamp.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// What rules say of the senders and addresses that none of the `problems` of the inventory is about, as problems with the
/// rule for their code: so that whoever mends the inventory has it all at once. What is said of an inventory as a whole
/// has to wait until it is whole.
Diagnostics judge_faulty(const inventory::Inventory& faulty, const Diagnostics& problems, Time now);

}  // namespace rdnsgate::run
