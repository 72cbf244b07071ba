// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/changed_since.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "cli/git_tree.h"
#include "cli/output_file.h"
#include "inventory/read_file.h"
#include "resolve/temp_dir.h"

namespace rdnsgate::cli {
namespace {

namespace fs = std::filesystem;

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

/// The inventory's files as the commit has them, laid out in a folder of their own: includes and globs find
/// there what they found then.
class Past {
 public:
  Past(const GitTree& tree, const fs::path& folder) : tree_(tree), folder_(folder) {}

  /// Those of the named files and folders that the commit has, where they lie now.
  Result<std::vector<std::string>> lay_out(const std::vector<std::string>& named) {
    std::vector<std::string> paths;
    for (const auto& name : named) {
      const auto inside = tree_.inside(name);
      if (!inside) return fail(fmt::format("{} is outside of the git repository", name));
      std::error_code ignored;
      const bool is_folder = fs::is_directory(name, ignored);
      // Includes never lead out of the folder of the inventory's first file.
      if (auto done = copy_below(is_folder ? *inside : parent_of(*inside)); !done)
        return tl::unexpected(done.error());
      if (!is_folder) {
        if (auto done = copy(*inside); !done) return tl::unexpected(done.error());
      }
      if (const auto path = folder_ / *inside; fs::exists(path, ignored)) paths.push_back(path.string());
    }
    return paths;
  }

 private:
  static std::string parent_of(const std::string& inside) { return fs::path(inside).parent_path().string(); }

  Result<void> copy_below(const std::string& folder) {
    Result<void> done;
    tree_.for_each_below(folder, [&](const std::string& inside) {
      if (is_yaml(inside)) done = copy(inside);
      return done.has_value();
    });
    return done;
  }

  Result<void> copy(const std::string& inside) {
    if (!copied_.insert(inside).second) return {};
    const auto text = tree_.read(inside);
    if (!text) return {};
    return write_file((folder_ / inside).string(), *text);
  }

  const GitTree& tree_;
  const fs::path& folder_;
  std::set<std::string> copied_;
};

/// The inventory as the commit has it, where since then files were only modified: those are taken from the
/// commit, and of all others what was read of them counts. nullopt where it takes more than that.
std::optional<LoadedInventory> load_modified(const GitTree& tree, const std::vector<std::string>& named,
                                             const inventory::ParsedFiles& read, Sources& sources,
                                             Terminal& terminal) {
  inventory::OpenTexts texts;
  std::unordered_set<std::string> then;  // what the commit has
  for (const auto& name : named) {
    const auto inside = tree.inside(name);
    std::error_code ignored;
    if (!inside) return std::nullopt;
    const auto folder = fs::is_directory(name, ignored) ? *inside : fs::path(*inside).parent_path().string();
    tree.for_each_below(folder, [&](const std::string& file) { return then.insert(file), true; });
    const auto differences = tree.differences_below(folder);
    if (!differences) return std::nullopt;
    for (const auto& difference : *differences) {
      if (!is_yaml(difference.inside) && difference.inside != *inside) continue;
      auto text = difference.modified ? tree.read(difference.inside) : std::nullopt;
      if (!text) return std::nullopt;
      texts.insert_or_assign(tree.path_of(difference.inside), std::move(*text));
    }
  }
  const auto paths = inventory_paths(named, terminal);
  if (!paths) return std::nullopt;
  auto options = load_options();
  options.known = &read;
  options.open_texts = &texts;
  auto before = load_inventory(sources, *paths, options);
  // A pattern may have found what is on the disk and not in the commit.
  std::error_code failed;
  const auto here = fs::current_path(failed);
  for (FileId file = 0; file < sources.count(); ++file) {
    const auto path = (here / sources.path(file)).lexically_normal().string();
    const auto top = tree.path_of("");
    if (failed || !path.starts_with(top) || !then.contains(path.substr(top.size()))) return std::nullopt;
  }
  return before;
}

/// The first of these files that the commit has otherwise, or not at all; empty for none.
std::string first_changed(const GitTree& tree, const std::vector<std::string>& files) {
  constexpr std::size_t max_file = std::size_t{512} << 20;
  for (const auto& file : files) {
    const auto inside = tree.inside(file);
    const auto was = inside ? tree.read(*inside) : std::nullopt;
    const auto now = inventory::read_file(file, max_file);
    if (!was || !now || *was != *now) return file;
  }
  return {};
}

Changes compare(const LoadedInventory& before, const inventory::Inventory& now) {
  if (!before.inventory) return {{}, "the inventory, which could not be read as it was, changed"};
  if (auto why = audit::changed_for_all(*before.inventory, now); !why.empty()) return {{}, std::move(why)};
  return {audit::find_touched(*before.inventory, now), {}};
}

/// All that could be touched.
std::size_t subjects_of(const inventory::Inventory& inventory) {
  return inventory.addresses.size() + inventory.senders.size() + inventory.zones.size() +
         inventory.relays.size() + inventory.domains.size();
}

}  // namespace

void ChangedSinceOption::add_to(CLI::App& command) {
  command
      .add_option(
          "--changed-since", ref,
          "Judge only what differs from this commit of the git repository that holds the inventory: a "
          "branch, a tag or a hash")
      ->type_name("GIT-REF");
}

inventory::LoadOptions ChangedSinceOption::load_options(inventory::ParsedFiles& read) const {
  auto options = cli::load_options();
  if (!ref.empty()) options.remember = &read;
  return options;
}

Result<void> ChangedSinceOption::check(const std::vector<std::string>& files) const {
  if (!ref.empty() && std::find(files.begin(), files.end(), "-") != files.end())
    return fail("--changed-since needs files, and standard input is none", "save it, and name the file");
  return {};
}

Result<Changes> find_changes(const ChangedSinceOption& option, const std::vector<std::string>& named,
                             const inventory::Inventory& now, const inventory::ParsedFiles& read,
                             const std::vector<std::string>& zone_files, Terminal& terminal) {
  if (option.ref.empty()) return Changes();
  const auto files = named.empty() ? std::vector<std::string>{"inventory.yaml"} : named;
  const auto tree = GitTree::open(files.front(), option.ref);
  if (!tree) return tl::unexpected(tree.error());
  if (const auto file = first_changed(*tree, zone_files); !file.empty())
    return Changes{{}, fmt::format("the zone file {} changed", file)};
  Sources sources;
  if (const auto before = load_modified(*tree, files, read, sources, terminal)) return compare(*before, now);
  const auto folder = resolve::TempDir::make();
  if (!folder) return tl::unexpected(folder.error());
  const auto then = Past(*tree, folder->path()).lay_out(files);
  if (!then) return tl::unexpected(then.error());
  if (then->empty()) return Changes{{}, "there was no inventory"};
  const auto paths = inventory_paths(*then, terminal);
  if (!paths) return Changes{{}, "there was no inventory"};
  Sources laid_out;
  return compare(load_inventory(laid_out, *paths), now);
}

std::optional<report::ChangedSince> changed_since(const ChangedSinceOption& option, const Changes& changes,
                                                  const inventory::Inventory& inventory) {
  if (option.ref.empty()) return std::nullopt;
  const std::size_t all = subjects_of(inventory);
  return report::ChangedSince{option.ref, changes.touched ? changes.touched->count() : all, all};
}

std::string describe(const report::ChangedSince& changed, const Changes& changes) {
  if (!changes.touched)
    return fmt::format("everything is judged: since {} {}", changed.ref, changes.everything_because);
  return fmt::format("judged is what differs from {}: {} of {}", changed.ref, changed.judged,
                     counted(changed.of, "address, sender, zone, relay or domain",
                             "addresses, senders, zones, relays and domains"));
}

}  // namespace rdnsgate::cli
