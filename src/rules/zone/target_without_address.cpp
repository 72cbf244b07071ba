// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;
using dns::ZoneFile;

class GivenZones {
 public:
  explicit GivenZones(std::span<const audit::ZoneText> texts) {
    for (const auto& text : texts) by_origin_.emplace(text.zone.origin.wire(), &text.zone);
  }

  /// False only where the zone that would hold the addresses of the name is among those given, and it says
  /// that there are none.
  bool may_have_address(const Name& name) const {
    bool found = false;
    const ZoneFile* const zone = zone_of(name);
    if (zone == nullptr) return true;
    for (const auto type : {RrType::A, RrType::AAAA, RrType::CNAME}) found = found || has(*zone, name, type);
    if (found || is_open(*zone, name)) return true;
    for (Name above = name; above != zone->origin; above = above.parent()) {
      const auto wildcard = Name::parse("*." + above.parent().fqdn());
      if (has(*zone, above, RrType::NS) || has(*zone, above, RrType::DNAME)) return true;  // not ours to say
      if (wildcard && has_any(*zone, *wildcard)) return true;
    }
    return has(*zone, zone->origin, RrType::DNAME);
  }

 private:
  const ZoneFile* zone_of(Name name) const {
    while (true) {
      if (const auto zone = by_origin_.find(name.wire()); zone != by_origin_.end()) return zone->second;
      if (name.is_root()) return nullptr;
      name = name.parent();
    }
  }
  static auto first_of(const ZoneFile& zone, const Name& name) {
    return std::lower_bound(zone.rrsets.begin(), zone.rrsets.end(), name,
                            [](const dns::RRset& set, const Name& wanted) { return set.owner < wanted; });
  }
  static bool has_any(const ZoneFile& zone, const Name& name) {
    const auto set = first_of(zone, name);
    return set != zone.rrsets.end() && set->owner == name;
  }
  static bool has(const ZoneFile& zone, const Name& name, RrType type) {
    for (auto set = first_of(zone, name); set != zone.rrsets.end() && set->owner == name; ++set) {
      if (set->type == type) return true;
    }
    return false;
  }
  static bool is_open(const ZoneFile& zone, const Name& name) {
    return std::any_of(zone.open.begin(), zone.open.end(),
                       [&](const auto& open) { return name.is_within(open.owner); });
  }

  std::unordered_map<std::string, const ZoneFile*> by_origin_;
};

}  // namespace

void judge_zone_target_without_address(const audit::ZoneTextCase& c, audit::Findings& findings) {
  if (c.text.records.empty()) return;
  const GivenZones zones(c.run.zone_texts);
  for (const auto& record : c.text.records) {
    if (record.type == RrType::CNAME) continue;
    const auto target = target_of(record);
    // The root is the null MX (RFC 7505 §3).
    if (!target || target->is_root() || zones.may_have_address(*target)) continue;
    if (!missing_dot(c.text.zone.origin, record.type, *target).empty()) continue;
    findings.add({.expected = target->text(),
                  .observed = record.owner.text(),
                  .detail = std::string(to_string(record.type)),
                  .at = c.at(record.all)});
  }
}

}  // namespace rdnsgate::rules
