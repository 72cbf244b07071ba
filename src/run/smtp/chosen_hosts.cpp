// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/chosen_hosts.h"

#include <fmt/format.h>

namespace rdnsgate::run {

using inventory::Address;
using inventory::Inventory;

namespace {

/// The text names the address, its sender or one of its HELO names.
bool is_meant(const Inventory& inventory, const Address& address, const std::string& text) {
  if (inventory.sender_of(address).name == text) return true;
  if (const auto ip = IpAddress::read(text)) return *ip == address.ip;
  const auto name = dns::Name::from_host(text);
  return name && !name->is_root() && inventory::says_helo(address, *name);
}

}  // namespace

Result<std::vector<const Address*>> chosen_hosts(const Inventory& inventory,
                                                 const std::vector<std::string>& hosts) {
  std::vector<bool> wanted(inventory.addresses.size(), hosts.empty());
  for (const auto& text : hosts) {
    bool found = false;
    for (std::size_t i = 0; i < inventory.addresses.size(); ++i) {
      if (!is_meant(inventory, inventory.addresses[i], text)) continue;
      wanted[i] = found = true;
    }
    if (!found)
      return fail(fmt::format("--host: the inventory declares no sender, address or HELO name \"{}\"", text),
                  "only declared hosts are connected to");
  }
  std::vector<const Address*> all;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) all.push_back(&inventory.addresses[i]);
  }
  if (all.empty()) return fail("the inventory declares no address to connect to");
  return all;
}

std::vector<dns::Name> helo_names(const Address& address) {
  std::vector<dns::Name> names;
  if (!address.helo.is_root()) names.push_back(address.helo);
  for (const auto& name : address.other_helos) {
    if (!name.is_root()) names.push_back(name);
  }
  return names;
}

}  // namespace rdnsgate::run
