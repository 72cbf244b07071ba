// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/declared_zones.h"

#include <fmt/format.h>

#include <unordered_set>

#include "inventory/files/paths.h"
#include "run/files/load.h"

namespace rdnsgate::run {
namespace {

bool is_held_as_file(const inventory::Zone& zone) {
  using enum inventory::ManagedBy;
  return !zone.file.empty() && (zone.managed_by == zonefile || zone.managed_by == octodns);
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

DeclaredZones::DeclaredZones(const inventory::Inventory& inventory) : inventory_(inventory) {
  for (const auto& zone : inventory.zones) {
    if (!is_held_as_file(zone)) continue;
    by_real_.emplace(inventory::real_path(inventory::disk(), beside(inventory, zone.file)), &zone);
    const auto [known, fresh] = by_name_.emplace(last_part(zone.file), &zone);
    if (!fresh) known->second = nullptr;
  }
}

const inventory::Zone* DeclaredZones::of_file(const std::string& path,
                                              const inventory::FileTree& tree) const {
  const auto real = tree.real(path);
  if (const auto known = by_real_.find(real ? *real : path); known != by_real_.end()) return known->second;
  const auto named = by_name_.find(last_part(path));
  if (named == by_name_.end() || named->second == nullptr) return nullptr;
  // A file of the same name beside the one that is declared is another one.
  const auto declared = beside(inventory_, named->second->file);
  const bool is_elsewhere =
      inventory::folder_of(inventory::real_path(tree, declared)) != inventory::folder_of(real ? *real : path);
  return is_elsewhere && !by_real_.empty() ? named->second : nullptr;
}

bool DeclaredZones::has(const dns::Name& zone) const { return inventory_.zone_index.contains(zone.wire()); }

bool DeclaredZones::has_address_in(const dns::Name& zone) const {
  const auto block = dns::block_of_reverse(zone);
  return block && inventory_.first_in(*block) != nullptr;
}

void DeclaredZones::check_files(const std::vector<FoundZone>& found, Diagnostics& problems) const {
  std::unordered_set<dns::Name> origins;
  for (const auto& one : found) origins.insert(one.origin);
  for (const auto& zone : inventory_.zones) {
    if (!is_held_as_file(zone)) continue;
    const auto path = beside(inventory_, zone.file);
    if (inventory::disk().kind(path) != inventory::FileTree::Kind::none || origins.contains(zone.name)) continue;
    problems.push_back(
        {Severity::error, "zone-file", fmt::format("there is no file {}", path),
         fmt::format("\"file\" of the zone {} is relative to the inventory's folder", zone.name.text()),
         zone.file_at});
  }
}

}  // namespace rdnsgate::run
