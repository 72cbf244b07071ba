// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/given_zones.h"

#include <algorithm>

namespace rdnsgate::dns {

using Kind = ZoneReply::Kind;

GivenZones::GivenZones(std::span<const ZoneFile* const> zones) {
  for (const auto* zone : zones) by_origin_.emplace(zone->origin.wire(), std::make_unique<const Held>(*zone));
}

const GivenZones::Held* GivenZones::held(const Name& name) const {
  std::string_view suffix = name.wire();
  while (true) {
    if (const auto zone = by_origin_.find(suffix); zone != by_origin_.end()) return zone->second.get();
    if (suffix.size() == 1) return nullptr;
    suffix.remove_prefix(1u + static_cast<unsigned char>(suffix[0]));
  }
}

const ZoneFile* GivenZones::zone_of(const Name& name) const {
  const auto* zone = held(name);
  return zone == nullptr ? nullptr : zone->zone;
}

std::optional<ZoneReply> GivenZones::look_up(const Name& name, RrType type) const {
  const auto* zone = held(name);
  return zone == nullptr ? std::nullopt : std::optional(zone->tree.look_up(name, type));
}

ZoneReply GivenZones::look_up_in(const ZoneFile& zone, const Name& name, RrType type) const {
  return by_origin_.at(zone.origin.wire())->tree.look_up(name, type);
}

bool GivenZones::may_have_address(const Name& name) const {
  const auto* zone = held(name);
  if (zone == nullptr) return true;
  const auto v4 = zone->tree.look_up(name, RrType::A).kind;
  if (v4 != Kind::no_records) return v4 != Kind::no_name;
  return zone->tree.look_up(name, RrType::AAAA).kind != Kind::no_records;
}

bool GivenZones::may_exist(const Name& name) const {
  const auto reply = look_up(name, RrType::TXT);
  return !reply || reply->kind != Kind::no_name;
}

std::optional<Name> GivenZones::end_of(Name name) const {
  constexpr int most = 16;  // as many as resolvers follow
  for (int hops = 0; hops < most; ++hops) {
    const auto* alias = alias_of(name);
    if (alias == nullptr || alias->type != RrType::CNAME) return name;
    auto target = target_of(*alias, name);
    if (!target) return name;
    name = std::move(*target);
  }
  return std::nullopt;
}

const RRset* GivenZones::alias_of(const Name& name) const {
  const auto reply = look_up(name, RrType::A);
  if (!reply || (reply->kind != Kind::alias && reply->kind != Kind::renamed)) return nullptr;
  return reply->set;
}

Result<Name> target_of(const RRset& alias, const Name& name) {
  if (alias.type == RrType::CNAME) return name_in(alias.rdata.front());
  const auto& wire = name.wire();
  return Name::from_wire(wire.substr(0, wire.size() - alias.owner.wire().size()) + alias.rdata.front());
}

const RRset* set_at(const ZoneFile& zone, const Name& name, RrType type) {
  auto set = std::lower_bound(zone.rrsets.begin(), zone.rrsets.end(), name,
                              [](const RRset& one, const Name& wanted) { return one.owner < wanted; });
  for (; set != zone.rrsets.end() && set->owner == name; ++set) {
    if (set->type == type) return &*set;
  }
  return nullptr;
}

}  // namespace rdnsgate::dns
