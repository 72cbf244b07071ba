// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <string_view>

#include "inventory/files/paths.h"
#include "inventory/model/inline_waivers.h"
#include "rules/registry.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view usual_name = "inventory.yaml";

using inventory::FileTree;

/// Hidden files are somebody else's: editors' and the configuration's.
bool is_inventory_name(const std::string& name) {
  return !name.starts_with('.') && (name.ends_with(".yaml") || name.ends_with(".yml"));
}

/// What links of a folder lead to is what somebody put there, and not what was named.
Result<void> check_links(const std::vector<std::string>& files, const fs::path& folder,
                         const FileTree& tree) {
  const auto at = tree.real(folder.string());
  if (!at) return fail(fmt::format("{} cannot be followed: {}", folder.string(), at.error().message));
  const auto boundary = inventory::boundary_around(*at, tree);
  for (const auto& file : files) {
    const auto real = tree.is_link(file) ? tree.real(file) : at;
    if (real && !boundary.holds(*real)) return tl::unexpected(boundary.refusal(file, *real));
  }
  return {};
}

Result<std::vector<std::string>> files_in(const fs::path& folder, const FileTree& tree) {
  if (tree.kind((folder / usual_name).string()) != FileTree::Kind::none)
    return std::vector{(folder / usual_name).string()};
  std::vector<std::string> files;
  const auto listed = tree.for_each_name(folder.string(), [&](const std::string& name) {
    auto path = (folder / name).string();
    if (is_inventory_name(name) && tree.kind(path) != FileTree::Kind::folder)
      files.push_back(std::move(path));
    return true;
  });
  if (!listed)
    return fail(fmt::format("cannot read the folder {}: {}", folder.string(), listed.error().message));
  if (files.empty()) {
    return fail(fmt::format("there is no inventory in the folder {}", folder.string()),
                "an inventory is looked for as inventory.yaml, or as all *.yaml and *.yml files of a folder");
  }
  std::sort(files.begin(), files.end());
  if (const auto inside = check_links(files, folder, tree); !inside) return tl::unexpected(inside.error());
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
  auto& inventory = loaded.inventory ? *loaded.inventory : loaded.faulty ? *loaded.faulty : unread;
  for (FileId file = 0; file < sources.count(); ++file)
    inventory::add_inline_waivers(file, sources, rule_names, inventory, problems);
  if (loaded.inventory && std::any_of(problems.begin(), problems.end(), is_error)) {
    loaded.faulty = std::move(loaded.inventory);
    loaded.inventory.reset();
  }
  std::stable_sort(problems.begin(), problems.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.at < b.at; });
}

}  // namespace

Result<InventoryPaths> find_inventory(const std::vector<std::string>& named, const FileTree& tree) {
  if (named.empty()) {
    const std::string usual(usual_name);
    if (tree.kind(usual) != FileTree::Kind::none) return InventoryPaths{{usual}, usual};
    return fail("no inventory was given, and there is no inventory.yaml here",
                "name the file: rdnsgate lint FILE");
  }
  if (named.size() > 1 && std::find(named.begin(), named.end(), "-") != named.end())
    return fail("standard input and files cannot be one inventory", "give either - or files");
  InventoryPaths paths{{}, fmt::format("{}", fmt::join(named, ", "))};
  for (const auto& name : named) {
    const bool is_folder = tree.kind(name) == FileTree::Kind::folder;
    auto files = is_folder ? files_in(name, tree) : std::vector{name};
    if (!files) return tl::unexpected(files.error());
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
  loaded.inventory = inventory::load_files(sources, paths.files, options, loaded.problems, &loaded.faulty);
  add_inline_waivers(sources, options.rule_names, loaded);
  return loaded;
}

LoadedInventory load_inventory(Sources& sources, const InventoryPaths& paths,
                               const inventory::OpenTexts* open_texts) {
  auto options = load_options();
  options.open_texts = open_texts;
  return load_inventory(sources, paths, options);
}

}  // namespace rdnsgate::run
