// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/given_zones.h"

#include <algorithm>
#include <vector>

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;
using dns::ZoneFile;

auto first_of(const ZoneFile& zone, const Name& name) {
  return std::lower_bound(zone.rrsets.begin(), zone.rrsets.end(), name,
                          [](const dns::RRset& set, const Name& wanted) { return set.owner < wanted; });
}

/// It has records, or a name below it has.
bool exists(const ZoneFile& zone, const Name& name) {
  const auto set = first_of(zone, name);
  return set != zone.rrsets.end() && set->owner.is_within(name);
}

const dns::RRset* set_at(const ZoneFile& zone, const Name& name, RrType type) {
  for (auto set = first_of(zone, name); set != zone.rrsets.end() && set->owner == name; ++set) {
    if (set->type == type) return &*set;
  }
  return nullptr;
}

bool has(const ZoneFile& zone, const Name& name, RrType type) { return set_at(zone, name, type) != nullptr; }

/// An address of its own, or that of another name.
bool has_address(const ZoneFile& zone, const Name& name) {
  return has(zone, name, RrType::A) || has(zone, name, RrType::AAAA) || has(zone, name, RrType::CNAME);
}

}  // namespace

GivenZones::GivenZones(std::span<const audit::ZoneText> texts) {
  for (const auto& text : texts) {
    by_origin_.emplace(text.zone.origin.wire(), &text.zone);
    for (const auto& open : text.zone.open) {
      const bool is_cut = open.type == RrType::NS || open.type == RrType::DNAME;
      if (is_cut) open_below_.insert(open.owner.wire());
      if (is_cut || open.type == RrType{} || open.type == RrType::A || open.type == RrType::AAAA ||
          open.type == RrType::CNAME)
        open_.insert(open.owner.wire());
    }
  }
}

/// What somebody else decides of the name, or of a wildcard that may stand for it.
bool GivenZones::is_open(const ZoneFile& zone, const Name& name) const {
  if (open_.empty()) return false;
  if (open_.contains(name.wire())) return true;
  for (Name above = name; above != zone.origin; above = above.parent()) {
    const auto wildcard = Name::parse("*." + above.parent().fqdn());
    if (wildcard && open_.contains(wildcard->wire())) return true;
    if (open_below_.contains(above.parent().wire())) return true;
  }
  return false;
}

const ZoneFile* GivenZones::zone_of(Name name) const {
  while (true) {
    if (const auto zone = by_origin_.find(name.wire()); zone != by_origin_.end()) return zone->second;
    if (name.is_root()) return nullptr;
    name = name.parent();
  }
}

bool GivenZones::may_exist(const Name& name) const {
  const ZoneFile* const zone = zone_of(name);
  if (zone == nullptr || is_open(*zone, name) || exists(*zone, name)) return true;
  bool missing = true;  // so far: a wildcard further up stands for nothing below what is there
  for (Name above = name; above != zone->origin; above = above.parent()) {
    const auto wildcard = Name::parse("*." + above.parent().fqdn());
    if (has(*zone, above, RrType::NS) || has(*zone, above.parent(), RrType::DNAME))
      return true;  // not ours to say
    missing = missing && !exists(*zone, above);
    if (missing && wildcard && exists(*zone, *wildcard)) return true;
  }
  return false;
}

Name GivenZones::end_of(Name name) const {
  constexpr int most = 16;  // as many as resolvers follow
  for (int hops = 0; hops < most; ++hops) {
    const auto* alias = alias_of(name);
    if (alias == nullptr || alias->type != RrType::CNAME) return name;
    auto target = dns::name_in(alias->rdata.front());
    if (!target) return name;
    name = std::move(*target);
  }
  return name;
}

bool GivenZones::may_have_address(const Name& name) const {
  const ZoneFile* const zone = zone_of(name);
  if (zone == nullptr || has_address(*zone, name) || is_open(*zone, name)) return true;
  bool missing = true;  // so far: a wildcard stands for nothing that is there (RFC 4592 §2.2.2)
  for (Name above = name; above != zone->origin; above = above.parent()) {
    const auto wildcard = Name::parse("*." + above.parent().fqdn());
    if (has(*zone, above, RrType::NS) || has(*zone, above, RrType::DNAME)) return true;  // not ours to say
    missing = missing && !exists(*zone, above);
    if (missing && wildcard && has_address(*zone, *wildcard)) return true;
  }
  return has(*zone, zone->origin, RrType::DNAME);
}

const dns::RRset* GivenZones::alias_of(const Name& name) const {
  const ZoneFile* const zone = zone_of(name);
  if (zone == nullptr || is_open(*zone, name)) return nullptr;
  std::vector<Name> way;  // from the name up to the origin
  for (Name at = name; at != zone->origin; at = at.parent()) way.push_back(at);
  Name encloser = zone->origin;  // the closest that exists
  if (!way.empty()) {
    if (const auto* renamed = set_at(*zone, encloser, RrType::DNAME)) return renamed;
  }
  for (auto at = way.rbegin(); at != way.rend(); ++at) {
    if (has(*zone, *at, RrType::NS)) return nullptr;  // another zone's to say
    if (!exists(*zone, *at)) {
      const auto wildcard = Name::parse("*." + encloser.fqdn());
      return wildcard ? set_at(*zone, *wildcard, RrType::CNAME) : nullptr;
    }
    if (*at == name) return set_at(*zone, name, RrType::CNAME);
    if (const auto* renamed = set_at(*zone, *at, RrType::DNAME)) return renamed;
    encloser = *at;
  }
  return nullptr;
}

}  // namespace rdnsgate::rules
