// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/patch_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "run/files/declared_zones.h"
#include "run/files/find_zones.h"
#include "run/files/load.h"
#include "run/files/zone_includes.h"

namespace rdnsgate::run {
namespace {

using inventory::ManagedBy;

constexpr std::size_t max_file = std::size_t{64} << 20;

/// The zones that the plan changes, by who carries that out.
std::map<dns::Name, ManagedBy> zones_in_files(const plan::Plan& plan) {
  std::map<dns::Name, ManagedBy> zones;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.managed_by == ManagedBy::zonefile || step.managed_by == ManagedBy::octodns)
        zones.emplace(step.zone, step.managed_by);
    }
  }
  return zones;
}

class TextReader {
 public:
  explicit TextReader(const inventory::Inventory* inventory) : inventory_(inventory) {}

  /// What the inventory says: false where it says nothing.
  bool declared(const dns::Name& name, ManagedBy managed_by, PatchTexts& all) const {
    const auto* zone = inventory_ == nullptr ? nullptr : inventory_->zone_of(name);
    if (zone == nullptr || zone->name != name || zone->file.empty()) return false;
    const auto path = beside(*inventory_, zone->file);
    auto text = inventory::read_file(path, max_file);
    if (!text) {
      all.unread.push_back({fmt::format("the zone file of {}: {}", name.text(), text.error().message),
                            "no patch is made for it; its records are written out instead"});
    } else if (managed_by == ManagedBy::octodns) {
      all.texts.push_back({name, zone->file, "", {}, {{zone->file, std::move(*text)}}});
    } else {
      auto included = ZoneIncludes(inventory::folder_of(inventory_->path)).all_of(path, name, *text);
      all.texts.push_back({name, zone->file, std::move(*text), std::move(included), {}});
    }
    return true;
  }

  static void found(const FoundZone& zone, PatchTexts& all) {
    std::vector<inventory::OctodnsFile> files;
    for (const auto& path : zone.files) {
      auto text = inventory::read_file(path, max_file);
      if (!text) return;  // it was read a moment ago
      files.push_back({as_patches_call_it(path), std::move(*text)});
    }
    if (files.empty()) return;
    if (zone.octodns) {
      all.texts.push_back({zone.origin, as_patches_call_it(zone.path), "", {}, std::move(files)});
    } else {
      auto included = ZoneIncludes(zone.folder).all_of(zone.path, zone.origin, files.front().text);
      all.texts.push_back(
          {zone.origin, files.front().path, std::move(files.front().text), std::move(included), {}});
    }
  }

 private:
  /// From the current folder, or from the one above it that the file lies in: tools refuse a way up.
  static std::string as_patches_call_it(const std::string& path) {
    std::error_code ignored;
    std::filesystem::path named(path);
    if (named.is_absolute()) {
      const auto here = named.lexically_relative(std::filesystem::current_path(ignored));
      if (!here.empty() && *here.begin() != "..") named = here;
    }
    auto text = named.lexically_normal().generic_string();
    while (text.starts_with("../")) text.erase(0, 3);
    return text;
  }

  const inventory::Inventory* inventory_;
};

}  // namespace

PatchTexts read_patch_texts(const plan::Plan& plan, const inventory::Inventory* inventory,
                            const std::vector<std::string>& zone_files) {
  PatchTexts all;
  const TextReader reader(inventory);
  auto open = zones_in_files(plan);
  std::erase_if(open, [&](const auto& zone) { return reader.declared(zone.first, zone.second, all); });
  if (open.empty() || zone_files.empty()) return all;
  const auto declared = inventory != nullptr ? std::optional<DeclaredZones>(*inventory) : std::nullopt;
  const auto zones = find_zones(zone_files, {&inventory::disk(), declared ? &*declared : nullptr, nullptr});
  if (!zones) return all;  // that is said where they are read for their records
  for (const auto& zone : *zones) {
    const auto wanted = open.find(zone.origin);
    if (wanted != open.end() && zone.octodns == (wanted->second == ManagedBy::octodns))
      reader.found(zone, all);
  }
  return all;
}

}  // namespace rdnsgate::run
