// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/relay_ranges.h"

#include <algorithm>

#include "mailauth/spf/spf_published.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {

using inventory::Domain;
using inventory::Relay;

namespace {

/// Every IPv4 address stands before every IPv6 one: ranges of two families never meet.
bool overlap(const AddressRange& a, const AddressRange& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

const Domain* domain_in(const Inventory* inventory, const Name& name) {
  if (inventory == nullptr) return nullptr;
  const auto found = std::find_if(inventory->domains.begin(), inventory->domains.end(),
                                  [&](const Domain& one) { return one.name == name; });
  return found == inventory->domains.end() ? nullptr : &*found;
}

bool names_relay(const Domain& domain, const std::string& relay) {
  return std::any_of(domain.via.begin(), domain.via.end(),
                     [&](const auto& via) { return via.name == relay; });
}

std::vector<const Relay*> relays_of(const Inventory& inventory, const Domain& domain) {
  std::vector<const Relay*> all;
  for (const auto& via : domain.via) {
    for (const auto& relay : inventory.relays) {
      if (relay.name == via.name && inventory::mail_from_of(domain, &relay) == domain.name)
        all.push_back(&relay);
    }
  }
  return all;
}

std::vector<AddressRange> ranges_of(const Picture& picture, const Relay& relay) {
  if (!relay.addresses.empty()) return mailauth::spf_ranges(relay.addresses);
  return mailauth::spf_published(
             spf_asker(picture, [&](std::size_t set) { return spf_live(picture, set); }), relay.spf)
      .ranges;
}

const AddressRange* first_shared(const std::vector<AddressRange>& ranges,
                                 const std::vector<AddressRange>& others) {
  const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const AddressRange& one) {
    return std::any_of(others.begin(), others.end(),
                       [&](const AddressRange& other) { return overlap(one, other); });
  });
  return found == ranges.end() ? nullptr : &*found;
}

}  // namespace rdnsgate::plan
