// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/sender.h"

#include <algorithm>
#include <tuple>

namespace rdnsgate::audit {

std::span<const Address> addresses_of(const Inventory& inventory, const Sender& sender) {
  return std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
}

std::optional<SenderCase> read_sender(const RunContext& run, const Sender& sender, dns::FactDesk& desk) {
  const Inventory& inventory = *run.inventory;
  const auto addresses = addresses_of(inventory, sender);
  std::vector<const dns::Fact*> ptr;
  if (addresses.size() <= SenderCase::max_addresses) {
    for (const auto& address : addresses)
      ptr.push_back(desk.get(dns::reverse_name(address.ip), dns::RrType::PTR));
  }
  if (!desk.complete()) return std::nullopt;
  return SenderCase{{run, inventory, sender, addresses}, desk, std::move(ptr)};
}

bool SenderKind::is_own(const RunContext& run, const Sender& sender, const dns::Name& name, InventoryNames&) {
  const auto addresses = addresses_of(*run.inventory, sender);
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const Address& address) { return has_name(address, name); });
}

bool SenderKind::has_internal_view(const Inventory& inventory, const Sender& sender) {
  const auto addresses = addresses_of(inventory, sender);
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const Address& address) { return inventory.internal_view_of(address) != nullptr; });
}

void SenderKind::mark(Change& change) {
  const auto declared = [](const Sender& it) {
    return std::tie(it.name, it.helo_text, it.owner, it.ranges, it.address_count);
  };
  const auto same = [&](const Sender& a, const Sender& b) { return declared(a) == declared(b); };
  mark_changed<SenderKind>(change, same, [](const Sender&) {});
}

std::vector<std::string> SenderKind::groups(const Inventory& inventory, const Sender& sender) {
  const auto* zone = sender.helo_name ? inventory.zone_of(*sender.helo_name) : nullptr;
  return zone == nullptr ? std::vector<std::string>() : std::vector{zone->name.text()};
}

}  // namespace rdnsgate::audit
