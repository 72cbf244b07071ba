// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <string_view>

#include "cli/output.h"
#include "inventory/inline_waivers.h"
#include "inventory/paths.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view usual_name = "inventory.yaml";

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// Hidden files are somebody else's: editors' and the configuration's.
bool is_inventory_file(const fs::path& path) {
  const auto name = path.filename().string();
  return !name.starts_with('.') && (name.ends_with(".yaml") || name.ends_with(".yml")) && !is_folder(path);
}

Result<std::vector<std::string>> files_in(const fs::path& folder) {
  if (is_there(folder / usual_name)) return std::vector{(folder / usual_name).string()};
  std::vector<std::string> files;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    if (is_inventory_file(entry->path())) files.push_back(entry->path().string());
  }
  if (failed) return fail(fmt::format("cannot read the folder {}: {}", folder.string(), failed.message()));
  if (files.empty()) {
    return fail(fmt::format("there is no inventory in the folder {}", folder.string()),
                "an inventory is looked for as inventory.yaml, or as all *.yaml and *.yml files of a folder");
  }
  std::sort(files.begin(), files.end());
  return files;
}

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

std::optional<InventoryPaths> inventory_paths(const std::vector<std::string>& named, Terminal& terminal) {
  if (named.empty()) {
    if (is_there(usual_name)) return InventoryPaths{{std::string(usual_name)}, std::string(usual_name)};
    terminal.error("no inventory was given, and there is no inventory.yaml here",
                   "name the file: rdnsgate lint FILE");
    return std::nullopt;
  }
  if (named.size() > 1 && std::find(named.begin(), named.end(), "-") != named.end()) {
    terminal.error("standard input and files cannot be one inventory", "give either - or files");
    return std::nullopt;
  }
  InventoryPaths paths{{}, fmt::format("{}", fmt::join(named, ", "))};
  for (const auto& name : named) {
    auto files = is_folder(name) ? files_in(name) : std::vector{name};
    if (!files) return terminal.error(files.error().message, files.error().hint), std::nullopt;
    paths.files.insert(paths.files.end(), files->begin(), files->end());
  }
  return paths;
}

std::string beside(const inventory::Inventory& inventory, const std::string& file) {
  if (file.empty() || inventory.path == "-") return file;
  return inventory::beside(inventory::folder_of(inventory.path), file);
}

inventory::LoadOptions load_options() {
  static const auto rules = [] {
    std::pair<std::vector<std::string_view>, std::vector<Severity>> all;
    for (const auto& rule : rules::registry()) {
      all.first.push_back(rule.info.id);
      all.second.push_back(rule.info.severity);
    }
    return all;
  }();
  inventory::LoadOptions options;
  options.rule_names = rules.first;
  options.severities = rules.second;
  return options;
}

LoadedInventory load_inventory(Sources& sources, const InventoryPaths& paths,
                               const inventory::LoadOptions& options) {
  LoadedInventory loaded;
  loaded.inventory = inventory::load_files(sources, paths.files, options, loaded.problems);
  add_inline_waivers(sources, options.rule_names, loaded);
  return loaded;
}

LoadedInventory load_inventory(Sources& sources, const InventoryPaths& paths,
                               const inventory::OpenTexts* open_texts) {
  auto options = load_options();
  options.open_texts = open_texts;
  return load_inventory(sources, paths, options);
}

std::optional<inventory::Inventory> load_or_say(Sources& sources, const std::vector<std::string>& named,
                                                Terminal& terminal) {
  const auto paths = inventory_paths(named, terminal);
  if (!paths) return std::nullopt;
  auto loaded = load_inventory(sources, *paths);
  say_problems(loaded.problems, sources, terminal);
  return std::move(loaded.inventory);
}

}  // namespace rdnsgate::cli
