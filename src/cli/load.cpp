// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/load.h"

#include <filesystem>

#include "inventory/load.h"
#include "rules/registry.h"

namespace rdnsgate::cli {

std::optional<std::string> inventory_path(const std::vector<std::string>& files, Terminal& terminal) {
  if (files.size() > 1) {
    terminal.error("more than one inventory was given", "this version reads one file: name only that");
    return std::nullopt;
  }
  if (files.size() == 1) return files.front();
  std::error_code ignored;
  if (std::filesystem::exists("inventory.yaml", ignored)) return "inventory.yaml";
  terminal.error("no inventory was given, and there is no inventory.yaml here",
                 "name the file: rdnsgate lint FILE");
  return std::nullopt;
}

LoadedInventory load_inventory(Sources& sources, const std::string& path) {
  std::vector<std::string_view> names;
  for (const auto& rule : rules::registry()) names.push_back(rule.info.id);
  inventory::LoadOptions options;
  options.rule_names = names;
  LoadedInventory loaded;
  loaded.path = path;
  loaded.inventory = inventory::load_file(sources, path, options, loaded.problems);
  return loaded;
}

}  // namespace rdnsgate::cli
