// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/files/file_set.h"
#include "inventory/files/load_options.h"
#include "inventory/model/model.h"
#include "yaml/problems.h"

namespace rdnsgate::inventory {

/// What only shows when the parts of the inventory are laid side by side: things declared twice, references
/// that lead nowhere, names outside every zone. Also makes Inventory::by_ip and relay_helos. A reference into a section that
/// has errors of its own is not followed: what it names may be there, misspelt, or in a file that could not
/// be read.
void check_model(const FileSet& files, const LoadOptions& options, yaml::Problems& problems,
                 Inventory& inventory);

/// The part of it that looks for pools whose templates give two addresses one name, in check_pools.cpp.
void check_pools(const Inventory& inventory, yaml::Problems& problems);

/// The part of it that looks for names outside every zone, in check_zones.cpp.
void check_zones(const Inventory& inventory, yaml::Problems& problems);

}  // namespace rdnsgate::inventory
