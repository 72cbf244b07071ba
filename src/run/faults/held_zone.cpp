// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/faults/held_zone.h"

#include <algorithm>

#include "run/faults/alter.h"

namespace rdnsgate::run {
namespace {

bool has_signatures(const dns::Delegation& delegation) {
  bool any = false;
  each_holder(delegation.cut, [&](const auto&, const dns::AddressReport& report) {
    any = any || !report.soa().reply.signatures.empty() || !report.dnskey.reply.signatures.empty();
  });
  return any;
}

}  // namespace

bool is_in(const inventory::Inventory& inventory, const dns::Name& name, const dns::Name& zone) {
  const auto* of = inventory.zone_of(name);
  return of != nullptr && of->name == zone;
}

std::vector<dns::Name> zones_in_sight(const Ground& ground, const Aim& aim) {
  std::vector<dns::Name> zones;
  const auto& inventory = ground.inventory();
  const auto add = [&](const dns::Name& name) {
    const auto* zone = name.is_root() ? nullptr : inventory.zone_of(name);
    if (zone != nullptr && std::find(zones.begin(), zones.end(), zone->name) == zones.end())
      zones.push_back(zone->name);
  };
  if (aim.zone) return {*aim.zone};
  for (const auto one : aim.addresses) add(dns::reverse_name(inventory.addresses[one].ip));
  for (const auto one : aim.addresses) {
    for_each_name(inventory.addresses[one], add);
  }
  if (!aim.is_given()) {
    for (const auto& zone : inventory.zones) zones.push_back(zone.name);
  }
  return zones;
}

std::optional<HeldZone> pick_zone(const Ground& ground, const Aim& aim,
                                  const std::function<bool(const HeldZone&)>& is) {
  for (const auto& zone : zones_in_sight(ground, aim)) {
    for (const auto vantage : ground.outside()) {
      if (!ground.is_authoritative(vantage)) continue;
      const auto fact = ground.look(vantage, zone, dns::RrType::SOA);
      if (!fact || fact->delegation == nullptr) continue;
      HeldZone held{vantage, zone, fact->delegation};
      if (is(held)) return held;
    }
  }
  return std::nullopt;
}

bool is_proven(const dns::Fact& fact) {
  return dns::is_definite(fact.outcome) && (fact.security == dns::Security::secure || fact.authenticated);
}

bool is_signed(const Ground& ground, const dns::Name& zone) {
  return std::any_of(ground.outside().begin(), ground.outside().end(), [&](dns::VantageIndex vantage) {
    const auto soa = ground.look(vantage, zone, dns::RrType::SOA);
    return soa && (is_proven(*soa) || (soa->delegation != nullptr && has_signatures(*soa->delegation)));
  });
}

std::size_t count_holders(const HeldZone& held) {
  std::size_t count = 0;
  each_holder(held.delegation->cut, [&](const auto&, const auto&) { ++count; });
  return count;
}

std::shared_ptr<const dns::Delegation> with_changed(
    const dns::Delegation& delegation,
    const std::function<void(const dns::NameServer&, dns::AddressReport&)>& change) {
  auto changed = std::make_shared<dns::Delegation>(delegation);
  for (auto& server : changed->cut.servers) {
    for (auto& report : server.addresses) change(server, report);
  }
  return changed;
}

}  // namespace rdnsgate::run
