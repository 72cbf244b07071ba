// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/address.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "inventory/model/classless.h"

namespace rdnsgate::audit {

using dns::Name;
using dns::RrType;

std::optional<AddressCase> read_address(const RunContext& run, const Address& address, dns::FactDesk& desk) {
  const Inventory& inventory = *run.inventory;
  const RrType type = address.ip.is_v4() ? RrType::A : RrType::AAAA;
  const RrType other = address.ip.is_v4() ? RrType::AAAA : RrType::A;
  dns::Name reverse = dns::reverse_name(address.ip);
  const dns::Fact* ptr = desk.get(reverse, RrType::PTR);
  // What does not depend on the PTR is asked beside it, not after it.
  const bool has_helo = !address.helo.is_root();
  const dns::Fact* helo = has_helo ? desk.get(address.helo, type) : nullptr;
  const dns::Fact* helo_other = has_helo && address.first_with_helo ? desk.get(address.helo, other) : nullptr;
  if (ptr == nullptr) return std::nullopt;

  std::vector<dns::Name> targets;
  std::vector<AddressCase::Forward> forward;
  if (ptr->outcome == dns::Outcome::answer) {
    targets = ptr->targets();
    std::sort(targets.begin(), targets.end());
    const std::string wanted = dns::rdata_of(address.ip);
    std::size_t looked_up = 0;
    for (const auto& name : targets) {
      if (++looked_up > AddressCase::max_targets) break;  // what is asked counts, not what is there
      const dns::Fact* fact = desk.get(name, type);
      if (fact == nullptr) continue;
      const dns::RRset* set = fact->outcome == dns::Outcome::answer ? fact->rrset() : nullptr;
      const bool confirms =
          set != nullptr && std::find(set->rdata.begin(), set->rdata.end(), wanted) != set->rdata.end();
      forward.push_back({name, fact, confirms});
    }
  }
  if (!desk.complete()) return std::nullopt;
  return AddressCase{{run, inventory, inventory.sender_of(address), address},
                     desk,
                     std::move(reverse),
                     *ptr,
                     std::move(targets),
                     std::move(forward),
                     helo,
                     helo_other};
}

bool has_name(const Address& address, const Name& name) {
  return name == address.ptr || inventory::says_helo(address, name) || name == dns::reverse_name(address.ip);
}

const Address* AddressKind::find(const Inventory& inventory, const std::string& id) {
  const auto ip = IpAddress::read(id);
  return ip ? inventory.find(*ip) : nullptr;
}

std::vector<std::string> AddressKind::groups(const Inventory& inventory, const Address& address) {
  std::vector<std::string> ids{inventory.sender_of(address).name};
  const auto add = [&](const inventory::Zone* zone) {
    if (zone == nullptr) return;
    auto id = zone->name.text();
    if (std::find(ids.begin() + 1, ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  };
  const auto reverse = dns::reverse_name(address.ip);
  add(inventory.zone_of(reverse));
  if (address.ip.is_v4()) add(inventory::classless_zone_of(inventory, reverse));
  inventory::for_each_name(address, [&](const Name& name) {
    if (!name.is_root()) add(inventory.zone_of(name));
  });
  return ids;
}

std::vector<Glance> AddressKind::glances(const AddressCase& c, bool own_walk) {
  std::vector<Glance> all;
  all.reserve(c.forward.size() + 3);
  const auto add = [&](const dns::Fact* fact) {
    if (fact == nullptr) return;
    const auto glance = glance_at(*fact, own_walk);
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Glance& it) { return it.question == glance.question; });
    if (!known) all.push_back(glance);
  };
  add(&c.ptr);
  for (const auto& forward : c.forward) add(forward.fact);
  if (c.address.first_with_helo) {
    add(c.helo);
    add(c.helo_other);
  }
  return all;
}

namespace {

bool is_in_changed_zone(const Change& change, const Name& name) {
  if (change.zones.empty() || name.is_root()) return false;
  return std::any_of(change.zones.begin(), change.zones.end(),
                     [&](const Name& zone) { return name.is_within(zone); });
}

/// Declared otherwise, apart from what its sender and its zone declare.
bool is_same(const Change& change, const Address& was, const Address& is) {
  const auto own = [](const Address& it) {
    return std::tie(it.ptr, it.helo, it.other_helos, it.ttl, it.ttl_declared);
  };
  if (own(was) != own(is) || change.before.sender_of(was).name != change.now.sender_of(is).name) return false;
  const auto* before = change.before.internal_view_of(was);
  const auto* now = change.now.internal_view_of(is);
  if (before == nullptr || now == nullptr) return before == now;
  const auto inside = [](const inventory::InternalView& it) {
    return std::tie(it.ptr, it.no_ptr, it.addresses);
  };
  return inside(*before) == inside(*now);
}

void add_names(const Address& address, std::unordered_set<std::string>& names) {
  inventory::for_each_name(address, [&](const Name& name) {
    if (!name.is_root()) names.insert(name.wire());
  });
}

template <typename Is>
bool some_name(const Address& address, const Is& is) {
  bool found = false;
  inventory::for_each_name(address, [&](const Name& name) { found = found || is(name); });
  return found;
}

}  // namespace

void AddressKind::mark(Change& change) {
  auto& touched = change.touched.of(target);
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const auto& address = change.now.addresses[i];
    const Address* was = change.before.find(address.ip);
    if (was == nullptr || !is_same(change, *was, address)) touched[i] = 1;
  }
}

void AddressKind::spread(Change& change) {
  auto& touched = change.touched.of(target);
  auto& senders = change.touched.of(TargetKind::sender);
  std::unordered_set<std::string> names;  // wire names of what is touched, as it was and as it is
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const auto& address = change.now.addresses[i];
    const bool hangs_on_it =
        senders[address.sender] != 0 || is_in_changed_zone(change, dns::reverse_name(address.ip)) ||
        some_name(address, [&](const Name& name) { return is_in_changed_zone(change, name); });
    if (touched[i] == 0 && !hangs_on_it) continue;
    touched[i] = 1;
    add_names(address, names);
    if (const Address* was = change.before.find(address.ip)) add_names(*was, names);
  }
  for (const auto& was : change.before.addresses) {
    if (change.now.find(was.ip) == nullptr) add_names(was, names);
  }
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const auto& address = change.now.addresses[i];
    if (some_name(address, [&](const Name& name) { return names.contains(name.wire()); })) touched[i] = 1;
    if (touched[i] != 0) senders[address.sender] = 1;
  }
}

}  // namespace rdnsgate::audit
