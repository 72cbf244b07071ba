// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/document.h"
#include "inventory/load.h"
#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// Reads a list of retired addresses and names; what is none of them, or too many, becomes a problem.
void build_retired(const Value& list, const LoadOptions& options, Problems& problems, Inventory& inventory);

/// What is retired twice, or still declared. Inventory::by_ip is there.
void check_retired(const Inventory& inventory, Problems& problems);

}  // namespace rdnsgate::inventory
