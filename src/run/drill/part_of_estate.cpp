// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/part_of_estate.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace rdnsgate::run {
namespace {

using inventory::AddressIndex;
using inventory::Inventory;

void keep_addresses(const Inventory& whole, const std::vector<AddressIndex>& kept, Inventory& part) {
  part.addresses.clear();
  for (auto& sender : part.senders) sender.first_address = sender.address_count = 0;
  std::set<std::pair<inventory::SenderIndex, dns::Name>> helos;
  for (const auto one : kept) {
    auto address = whole.addresses[one];
    address.first_with_helo = helos.emplace(address.sender, address.helo).second;
    auto& sender = part.senders[address.sender];
    if (sender.address_count++ == 0) sender.first_address = static_cast<AddressIndex>(part.addresses.size());
    part.addresses.push_back(std::move(address));
  }
  part.by_ip.resize(part.addresses.size());
  std::iota(part.by_ip.begin(), part.by_ip.end(), AddressIndex{0});
  std::sort(part.by_ip.begin(), part.by_ip.end(),
            [&](AddressIndex a, AddressIndex b) { return part.addresses[a].ip < part.addresses[b].ip; });
}

void keep_paths(const Inventory& whole, Inventory& part) {
  part.paths.clear();
  for (auto& sender : part.senders) sender.first_path.reset();
  for (const auto& path : whole.paths) {
    if (path.sender && part.senders[*path.sender].address_count == 0) continue;
    if (path.sender && !part.senders[*path.sender].first_path)
      part.senders[*path.sender].first_path = static_cast<std::uint32_t>(part.paths.size());
    part.paths.push_back(path);
  }
}

/// All but what there is one of for each address.
Inventory frame_of(const Inventory& whole) {
  Inventory part;
  part.defaults = whole.defaults;
  part.vantages = whole.vantages;
  part.quorum = whole.quorum;
  part.zones = whole.zones;
  part.senders = whole.senders;
  part.internal_views = whole.internal_views;
  part.relays = whole.relays;
  part.relay_helos = whole.relay_helos;
  part.domains = whole.domains;
  part.standards = whole.standards;
  part.rules = whole.rules;
  part.path = whole.path;
  part.sha256 = whole.sha256;
  part.top = whole.top;
  part.zone_index = whole.zone_index;
  part.classless_index = whole.classless_index;
  part.names_inside = whole.names_inside;
  return part;
}

}  // namespace

Inventory part_of(const Inventory& whole, const std::vector<AddressIndex>& addresses, bool with_mail) {
  auto part = frame_of(whole);
  keep_addresses(whole, addresses, part);
  if (with_mail) {
    keep_paths(whole, part);
  } else {
    for (auto& sender : part.senders) sender.first_path.reset();
    part.domains.clear();
    part.relays.clear();
  }
  return part;
}

}  // namespace rdnsgate::run
