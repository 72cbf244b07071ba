// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/faults/aim.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.h"

namespace rdnsgate::run {
namespace {

using inventory::AddressIndex;
using inventory::Inventory;

template <typename Is>
std::vector<AddressIndex> addresses_where(const Inventory& inventory, const Is& is) {
  std::vector<AddressIndex> all;
  for (AddressIndex i = 0; i < inventory.addresses.size(); ++i) {
    if (is(inventory.addresses[i])) all.push_back(i);
  }
  return all;
}

bool is_named(const inventory::Address& address, const dns::Name& name) {
  bool has = false;
  for_each_name(address, [&](const dns::Name& one) { has = has || one == name; });
  return has;
}

Aim aim_at_zone(const Inventory& inventory, const inventory::Zone& zone, Aim aim) {
  aim.zone = zone.name;
  aim.addresses = addresses_where(inventory, [&](const inventory::Address& address) {
    return inventory.zone_of(dns::reverse_name(address.ip)) == &zone;
  });
  return aim;
}

/// What the nearest in spelling is called: a fleet has more addresses than anybody reads.
Error nothing_of_that_name(const std::string& text, const Inventory& inventory,
                           const std::vector<dns::VantageInfo>& vantages) {
  std::vector<std::string> names;
  for (const auto& sender : inventory.senders) names.push_back(sender.name);
  for (const auto& zone : inventory.zones) names.push_back(zone.name.text());
  for (const auto& vantage : vantages) names.push_back(vantage.name);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto near = closest(text, known);
  return {fmt::format("--target: there is no \"{}\" in the inventory", text),
          near.empty() ? "name an address, a sender, a zone, a host name or a vantage"
                       : fmt::format("did you mean \"{}\"?", near)};
}

}  // namespace

Result<Aim> find_aim(const std::string& text, const Inventory& inventory,
                     const std::vector<dns::VantageInfo>& vantages) {
  Aim aim{text};
  if (text.empty()) return aim;
  if (const auto ip = IpAddress::read(text)) {
    const auto* address = inventory.find(*ip);
    if (address == nullptr) return fail(fmt::format("--target: {} is not in the inventory", ip->to_string()));
    aim.addresses = {static_cast<AddressIndex>(address - inventory.addresses.data())};
    return aim;
  }
  for (const auto& sender : inventory.senders) {
    if (sender.name != text) continue;
    for (AddressIndex i = 0; i < sender.address_count; ++i) aim.addresses.push_back(sender.first_address + i);
    return aim;
  }
  for (std::size_t v = 0; v < vantages.size(); ++v) {
    if (vantages[v].name != text) continue;
    aim.vantage = static_cast<dns::VantageIndex>(v);
    return aim;
  }
  const auto name = dns::Name::from_host(text);
  if (!name || name->is_root()) return tl::unexpected(nothing_of_that_name(text, inventory, vantages));
  for (const auto& zone : inventory.zones) {
    if (zone.name == *name) return aim_at_zone(inventory, zone, std::move(aim));
  }
  aim.addresses =
      addresses_where(inventory, [&](const inventory::Address& address) { return is_named(address, *name); });
  if (aim.addresses.empty()) return tl::unexpected(nothing_of_that_name(text, inventory, vantages));
  return aim;
}

}  // namespace rdnsgate::run
