// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/terminal.h"
#include "inventory/model.h"

namespace rdnsgate::cli {

/// The inventory that a command works on, or why there is none.
struct LoadedInventory {
  std::optional<inventory::Inventory> inventory;
  Diagnostics problems;
  std::string path;
};

/// The one inventory of a command line: the file named, or `inventory.yaml` of this folder. nullopt after
/// saying so where there is none, or more than one.
std::optional<std::string> inventory_path(const std::vector<std::string>& files, Terminal& terminal);

LoadedInventory load_inventory(Sources& sources, const std::string& path);

}  // namespace rdnsgate::cli
