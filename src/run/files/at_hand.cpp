// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/at_hand.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "dns/zone/zone_file.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "inventory/octodns/octodns_zone.h"
#include "run/files/load.h"
#include "run/files/zone_includes.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_found_zone = std::size_t{64} << 20;

std::optional<dns::ZoneFile> read_zone(const inventory::Inventory& inventory, const inventory::Zone& zone) {
  const auto path = beside(inventory, zone.file);
  auto text = inventory::read_file(path, max_found_zone);
  if (!text) return std::nullopt;
  Sources sources;
  Diagnostics problems;
  ZoneIncludes includes(inventory::folder_of(inventory.path));
  const std::array files{sources.add(path, std::move(*text))};
  auto read = zone.managed_by == inventory::ManagedBy::octodns
                  ? inventory::read_octodns_zone(sources, files, zone.name, problems)
                  : std::optional(dns::read_zone_file(sources, files.front(), zone.name, problems, nullptr,
                                                      includes.finder()));
  const bool usable = std::none_of(problems.begin(), problems.end(), [](const Diagnostic& problem) {
    return problem.severity == Severity::error;
  });
  if (!read || !usable || read->origin != zone.name) return std::nullopt;
  return read;
}

}  // namespace

plan::AtHand zones_at_hand(const inventory::Inventory& now, const inventory::Inventory* base,
                           const std::vector<resolve::ZoneSource>& proposed, bool alone) {
  plan::AtHand all(now, base);
  std::set<dns::Name> known;
  for (const auto& source : proposed) {
    all.add(source.zone);
    known.insert(source.zone.origin);
  }
  if (alone) {
    all.close();
    return all;
  }
  for (const auto* inventory : {&now, base}) {
    if (inventory == nullptr) continue;
    for (const auto& zone : inventory->zones) {
      if (zone.file.empty() || !known.insert(zone.name).second) continue;
      if (const auto read = read_zone(*inventory, zone)) all.add(*read);
    }
  }
  return all;
}

}  // namespace rdnsgate::run
