// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/load.h"

#include <utility>

#include "cli/say_problems.h"

namespace rdnsgate::cli {

std::optional<run::InventoryPaths> inventory_paths(const std::vector<std::string>& named, Terminal& terminal) {
  auto paths = run::find_inventory(named);
  if (!paths) return terminal.error(paths.error().message, paths.error().hint), std::nullopt;
  return std::move(*paths);
}

std::optional<inventory::Inventory> load_or_say(Sources& sources, const std::vector<std::string>& named,
                                                Terminal& terminal) {
  const auto paths = inventory_paths(named, terminal);
  if (!paths) return std::nullopt;
  auto loaded = run::load_inventory(sources, *paths);
  say_problems(loaded.problems, sources, terminal);
  return std::move(loaded.inventory);
}

}  // namespace rdnsgate::cli
