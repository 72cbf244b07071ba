// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <tuple>

#include "inventory/model/classless.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::Address;
using inventory::Zone;

struct ZoneUse {
  const Address* first;
  std::size_t count = 0;
};

/// By zone and TTL, in the order of the zones.
using Uses = std::map<std::tuple<const Zone*, std::uint32_t>, ZoneUse>;

bool is_outside(const Zone& zone, std::uint32_t ttl) {
  return (zone.min_ttl && zone.min_ttl->count() > ttl) || (zone.max_ttl && zone.max_ttl->count() < ttl);
}

void note(const Zone* zone, const Address& address, Uses& uses) {
  if (zone == nullptr || !is_outside(*zone, address.ttl)) return;
  ++uses.try_emplace({zone, address.ttl}, ZoneUse{&address}).first->second.count;
}

}  // namespace

void judge_ttl_outside_zone_limits(const audit::InventoryCase& c, audit::Findings& findings) {
  const auto& zones = c.inventory.zones;
  const bool any =
      std::any_of(zones.begin(), zones.end(), [](const auto& z) { return z.min_ttl || z.max_ttl; });
  if (!any) return;
  Uses uses;
  for (const auto& address : c.inventory.addresses) {
    const auto reverse = dns::reverse_name(address.ip);
    const Zone* block = address.ip.is_v4() ? inventory::classless_zone_of(c.inventory, reverse) : nullptr;
    const Zone* holder = block != nullptr ? block : c.inventory.zone_of(reverse);
    note(holder, address, uses);
    const Zone* forward = address.ptr.is_root() ? nullptr : c.inventory.zone_of(address.ptr);
    if (forward != holder) note(forward, address, uses);
  }
  for (const auto& [key, use] : uses) {
    const auto& [zone, ttl] = key;
    const bool too_low = zone->min_ttl && zone->min_ttl->count() > ttl;
    audit::Args args{.values = {{"limit", too_low ? *zone->min_ttl : *zone->max_ttl},
                                {"ttl", seconds(ttl)},
                                {"address", use.first->ip}},
                     .wording = too_low ? "too-low" : "",
                     .target = audit::Target{audit::TargetKind::zone, zone->name.text()},
                     .at = use.first->at};
    if (use.count > 1) args.values.emplace_back("more", use.count - 1);
    findings.add(std::move(args));
  }
}

}  // namespace rdnsgate::rules
