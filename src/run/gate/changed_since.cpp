// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/gate/changed_since.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "audit/change/find_touched.h"
#include "base/text/text.h"
#include "inventory/files/read_file.h"
#include "run/files/declared_zones.h"
#include "run/files/find_zones.h"
#include "run/files/zone_includes.h"
#include "run/gate/weakened_gate.h"
#include "run/git/git_files.h"
#include "run/git/git_tree.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_zone_file = std::size_t{512} << 20;

/// The first zone file that is there now or in the commit and not in both alike; empty for none.
Result<std::string> changed_zone_file(const GitFiles& then, const std::vector<std::string>& zone_files,
                                      const inventory::Inventory& inventory) {
  if (zone_files.empty()) return std::string();
  const DeclaredZones declared(inventory);
  const auto zones_now = find_zones(zone_files, {&inventory::disk(), &declared, nullptr});
  if (!zones_now) return tl::unexpected(zones_now.error());
  const auto files_of = [](const std::vector<FoundZone>& zones) {
    std::set<std::string> files;
    for (const auto& zone : zones) files.insert(zone.files.begin(), zone.files.end());
    return files;
  };
  auto now = files_of(*zones_now);
  const auto zones_then = find_zones(zone_files, {&then, &declared, nullptr});
  for (const auto& file : zones_then ? files_of(*zones_then) : std::set<std::string>()) {
    if (!now.contains(file)) return file;
  }
  // Where one is included no longer, the file that included it changed.
  for (const auto& zone : *zones_now) {
    if (zone.octodns) continue;
    for (auto& file : included_by(zone.path, zone.folder)) now.insert(std::move(file));
  }
  for (const auto& file : now) {
    const auto real = then.real(file);
    const auto text = inventory::read_file(file, max_zone_file);
    if (!real || !text || !then.holds(*real, *text)) return file;
  }
  return std::string();
}

/// The inventory as the commit has it; what was read of files that it has alike is taken from there. nullopt
/// where it has none of those that are named.
std::optional<LoadedInventory> load_as_it_was(const GitFiles& then, std::vector<std::string> named,
                                              const inventory::ParsedFiles& read, Sources& sources) {
  std::erase_if(named, [&](const auto& name) { return then.kind(name) == inventory::FileTree::Kind::none; });
  if (named.empty()) return std::nullopt;
  const auto paths = find_inventory(named, then);
  if (!paths) return std::nullopt;
  auto options = load_options();
  options.files = &then;
  options.known = &read;
  return load_inventory(sources, *paths, options);
}

Changes compare(const LoadedInventory& before, const inventory::Inventory& now) {
  if (!before.inventory) return Changes{{}, "the inventory, which could not be read as it was, changed", {}};
  if (auto why = audit::changed_for_all(*before.inventory, now); !why.empty())
    return Changes{{}, std::move(why), {}};
  return Changes{audit::find_touched(*before.inventory, now), {}, {}};
}

std::vector<std::string> files_of(const std::vector<std::string>& named) {
  return named.empty() ? std::vector<std::string>{"inventory.yaml"} : named;
}

}  // namespace

struct AsItWas {
  explicit AsItWas(GitTree&& opened) : tree(std::move(opened)), files(tree) {}

  const GitTree tree;
  const GitFiles files;
  Sources sources;
  std::optional<LoadedInventory> inventory;  ///< nullopt: there was none
};

namespace {

Result<std::unique_ptr<AsItWas>> read_as_it_was(const std::vector<std::string>& named, const std::string& ref,
                                                GitTree::Side side, const inventory::ParsedFiles& read) {
  auto tree = GitTree::open(named.front(), ref, side);
  if (!tree) return tl::unexpected(tree.error());
  auto then = std::make_unique<AsItWas>(std::move(*tree));
  for (const auto& file : named) {
    if (!then->files.has_place_for(file)) return fail(fmt::format("{} is outside of the git repository", file));
  }
  then->inventory = load_as_it_was(then->files, named, read, then->sources);
  return then;
}

}  // namespace

Readiness::Readiness(const std::string& commit, const std::vector<std::string>& named)
    : commit_(commit),
      files_(files_of(named)),
      library_(commit.empty() ? std::future<void>() : std::async(std::launch::async, GitTree::prepare)) {}

Readiness::~Readiness() = default;

inventory::LoadOptions Readiness::load_options(inventory::ParsedFiles& read) {
  auto options = run::load_options();
  if (!library_.valid()) return options;
  options.remember = &read;
  options.when_read = [this, &read] {
    as_it_was_ = std::async(std::launch::async, [this, &read] {
      return read_as_it_was(files_, commit_, GitTree::Side::merge_base, read);
    });
  };
  return options;
}

/// What is being read, or read now. What a configuration is taken from is that commit itself: a branch cut long ago does
/// not choose an older one.
Result<std::unique_ptr<AsItWas>> take_as_it_was(Readiness& ready, const std::string& ref, bool is_commit,
                                                const inventory::ParsedFiles& read) {
  if (is_commit && ready.as_it_was_.valid()) return ready.as_it_was_.get();
  return read_as_it_was(ready.files_, ref, is_commit ? GitTree::Side::merge_base : GitTree::Side::commit, read);
}

Result<Changes> find_changes(const std::string& commit, const std::vector<std::string>& named, Readiness& ready,
                             const inventory::Inventory& now, const inventory::ParsedFiles& read,
                             const std::vector<std::string>& zone_files, const Judging& judging) {
  const auto& ref = commit.empty() ? judging.configuration.choice.from : commit;
  const bool from_stdin = std::find(named.begin(), named.end(), "-") != named.end();
  if (ref.empty() || (commit.empty() && from_stdin)) return Changes();
  const auto taken = take_as_it_was(ready, ref, !commit.empty(), read);
  if (!taken) return tl::unexpected(taken.error());
  const auto& then = (*taken)->files;
  const auto& before = (*taken)->inventory;
  const auto zone_file = commit.empty() ? Result<std::string>() : changed_zone_file(then, zone_files, now);
  if (!zone_file) return tl::unexpected(zone_file.error());
  auto weakened = weakened_gate(then, before && before->inventory ? &*before->inventory : nullptr,
                                before.has_value(), now, judging);
  // Before anything is concluded: a file that could not be read looks like one that was not there.
  if (const auto failure = then.failure()) return tl::unexpected(*failure);
  Changes changes{{}, "there was no inventory", {}};
  if (commit.empty()) {
    changes.everything_because.clear();
  } else if (!zone_file->empty()) {
    changes.everything_because = fmt::format("the zone file {} changed", *zone_file);
  } else if (before) {
    changes = compare(*before, now);
  }
  changes.weakened = std::move(weakened);
  changes.ref = ref;
  changes.lacks_merge_base = (*taken)->tree.lacks_merge_base();
  return changes;
}

std::optional<report::ChangedSince> changed_since(const Changes& changes,
                                                  const inventory::Inventory& inventory) {
  if (changes.ref.empty()) return std::nullopt;
  const std::size_t all = audit::count_touchable(inventory);
  return report::ChangedSince{changes.ref, changes.touched ? changes.touched->count() : all, all,
                              changes.weakened};
}

std::string describe(const report::ChangedSince& changed, const Changes& changes) {
  if (!changes.touched && changes.everything_because.empty())
    return fmt::format("everything is judged, and held against {}", changed.ref);
  if (!changes.touched)
    return fmt::format("everything is judged: since {} {}", changed.ref, changes.everything_because);
  return fmt::format("checking only what changed since {}{}: {} of {}", changed.ref,
                     changes.lacks_merge_base
                         ? ", changes there included, as it has no commit in common with HEAD here"
                         : "",
                     changed.judged,
                     counted(changed.of, "address, sender, zone, relay or domain",
                             "addresses, senders, zones, relays and domains"));
}

}  // namespace rdnsgate::run
