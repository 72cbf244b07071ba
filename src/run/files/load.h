// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "inventory/model/load.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// The inventory that a command works on, or why there is none.
struct LoadedInventory {
  std::optional<inventory::Inventory> inventory;
  std::optional<inventory::Inventory> faulty{};  ///< where there are errors, what could be read all the same
  Diagnostics problems;
};

/// The files of one inventory, as a command line names them.
struct InventoryPaths {
  std::vector<std::string> files;
  std::string named;  ///< what was named, for a report
};

/// The files named, or `inventory.yaml` of this folder. A folder stands for the `inventory.yaml` in it, or
/// for all its *.yaml and *.yml where there is none. Fails where there is no file.
Result<InventoryPaths> find_inventory(const std::vector<std::string>& named,
                                      const inventory::FileTree& tree = inventory::disk());

/// A file that the inventory names: it is beside the inventory, wherever the command was started.
std::string beside(const inventory::Inventory& inventory, const std::string& file);

/// What the loader has to know of the rules.
inventory::LoadOptions load_options();

LoadedInventory load_inventory(Sources& sources, const InventoryPaths& paths,
                               const inventory::LoadOptions& options = load_options());

/// `open_texts` count instead of what is on the disk.
LoadedInventory load_inventory(Sources& sources, const InventoryPaths& paths,
                               const inventory::OpenTexts* open_texts);

}  // namespace rdnsgate::run
