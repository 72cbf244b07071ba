// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/load.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "inventory/inline_waivers.h"
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

namespace {

/// Every file that was read so far is one of the inventory. What is wrong with waivers is said beside what
/// else is wrong, unless the file is no YAML: then it cannot be told what in it is a comment.
void add_inline_waivers(const Sources& sources, std::span<const std::string_view> rule_names,
                        LoadedInventory& loaded) {
  auto& problems = loaded.problems;
  const auto is_error = [](const Diagnostic& problem) { return problem.severity == Severity::error; };
  const auto is_syntax = [](const Diagnostic& problem) { return problem.code == "inventory-syntax"; };
  if (std::any_of(problems.begin(), problems.end(), is_syntax)) return;
  inventory::Inventory unread;
  auto& inventory = loaded.inventory ? *loaded.inventory : unread;
  for (FileId file = 0; file < sources.count(); ++file)
    inventory::add_inline_waivers(file, sources, rule_names, inventory, problems);
  if (std::any_of(problems.begin(), problems.end(), is_error)) loaded.inventory.reset();
  std::stable_sort(problems.begin(), problems.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.at < b.at; });
}

}  // namespace

LoadedInventory load_inventory(Sources& sources, const std::string& path) {
  std::vector<std::string_view> names;
  for (const auto& rule : rules::registry()) names.push_back(rule.info.id);
  inventory::LoadOptions options;
  options.rule_names = names;
  LoadedInventory loaded;
  loaded.path = path;
  loaded.inventory = inventory::load_file(sources, path, options, loaded.problems);
  add_inline_waivers(sources, names, loaded);
  return loaded;
}

}  // namespace rdnsgate::cli
