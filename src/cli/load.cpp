// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/load.h"

#include <utility>

namespace rdnsgate::cli {

std::optional<run::InventoryPaths> inventory_paths(const std::vector<std::string>& named, Terminal& terminal) {
  auto paths = run::find_inventory(named);
  if (!paths) return terminal.error(paths.error().message, paths.error().hint), std::nullopt;
  return std::move(*paths);
}

}  // namespace rdnsgate::cli
