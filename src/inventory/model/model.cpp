// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/model.h"

#include <algorithm>

namespace rdnsgate::inventory {

std::string_view to_string(Quorum quorum) {
  switch (quorum) {
    case Quorum::any:
      return "any";
    case Quorum::confirmed:
      return "confirmed";
    case Quorum::all:
      return "all";
  }
  return "any";
}

std::optional<Quorum> parse_quorum(std::string_view text) {
  for (const auto quorum : {Quorum::any, Quorum::confirmed, Quorum::all}) {
    if (to_string(quorum) == text) return quorum;
  }
  return std::nullopt;
}

std::string_view to_string(ManagedBy managed_by) {
  switch (managed_by) {
    case ManagedBy::zonefile:
      return "zonefile";
    case ManagedBy::nsupdate:
      return "nsupdate";
    case ManagedBy::octodns:
      return "octodns";
    case ManagedBy::dnscontrol:
      return "dnscontrol";
    case ManagedBy::ticket:
      return "ticket";
  }
  return "ticket";
}

const Zone* Inventory::zone_of(const Name& name) const {
  if (zones.empty()) return nullptr;
  for (Name at = name;; at = at.parent()) {
    const auto found = zone_index.find(at.wire());
    if (found != zone_index.end()) return &zones[found->second];
    if (at.is_root()) return nullptr;
  }
}

const NameInside* Inventory::name_inside(const Name& name, bool is_v6) const {
  const auto found = names_inside.find({name.wire(), is_v6});
  return found == names_inside.end() ? nullptr : &found->second;
}

const Address* Inventory::first_in(const Prefix& block) const {
  const auto found = std::lower_bound(
      by_ip.begin(), by_ip.end(), block.network(),
      [&](AddressIndex index, const IpAddress& wanted) { return addresses[index].ip < wanted; });
  return found != by_ip.end() && block.contains(addresses[*found].ip) ? &addresses[*found] : nullptr;
}

}  // namespace rdnsgate::inventory
