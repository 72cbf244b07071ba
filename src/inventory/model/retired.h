// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/files/load_options.h"
#include "inventory/model/model.h"
#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::inventory {

/// Reads a list of retired addresses and names; what is none of them, or too many, becomes a problem.
void build_retired(const yaml::Value& list, const LoadOptions& options, yaml::Problems& problems,
                   Inventory& inventory);

/// What is retired twice, or still declared. Inventory::by_ip is there.
void check_retired(const Inventory& inventory, yaml::Problems& problems);

}  // namespace rdnsgate::inventory
