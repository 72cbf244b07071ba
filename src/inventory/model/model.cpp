// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/model.h"

#include <algorithm>
#include <utility>

#include "inventory/classless_block.h"

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

bool Inventory::add_zone(Zone zone) {
  if (!zone_index.emplace(zone.name.wire(), zones.size()).second) return false;
  if (classless_block(zone.name.first_label())) classless_index[zone.name.parent().wire()].push_back(zones.size());
  zones.push_back(std::move(zone));
  return true;
}

const Zone* Inventory::zone_of(const Name& name) const {
  if (zones.empty()) return nullptr;
  for (std::string_view at = name.wire();; at.remove_prefix(1u + static_cast<unsigned char>(at.front()))) {
    const auto found = zone_index.find(at);
    if (found != zone_index.end()) return &zones[found->second];
    if (at.size() == 1) return nullptr;  // the root
  }
}

const NameInside* Inventory::name_inside(const Name& name, bool is_v6) const {
  if (names_inside.empty()) return nullptr;
  const auto found = names_inside.find({name.wire(), is_v6});
  return found == names_inside.end() ? nullptr : &found->second;
}

const Address* Inventory::first_in(const Prefix& block) const {
  const auto found = std::lower_bound(
      by_ip.begin(), by_ip.end(), block.network(),
      [&](AddressIndex index, const IpAddress& wanted) { return addresses[index].ip < wanted; });
  return found != by_ip.end() && block.contains(addresses[*found].ip) ? &addresses[*found] : nullptr;
}

Result<Name> name_for(std::string_view text, const Name& domain) {
  std::string made(text);
  for (auto at = made.find(domain_placeholder); at != std::string::npos; at = made.find(domain_placeholder, at)) {
    made.replace(at, domain_placeholder.size(), domain.text());
    at += domain.text().size();
  }
  return Name::from_host(made);
}

Name mail_from_of(const Domain& domain, const Relay* relay) {
  if (relay == nullptr || relay->mail_from.empty()) return domain.name;
  return name_for(relay->mail_from, domain.name).value_or(domain.name);
}

Name signer_of(const Domain& domain, const Relay* relay) {
  if (relay == nullptr) return domain.dkim_domain.value_or(domain.name);
  return relay->dkim_domain.empty() ? domain.name
                                    : name_for(relay->dkim_domain, domain.name).value_or(domain.name);
}

}  // namespace rdnsgate::inventory
