// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/subjects.h"

#include <algorithm>

#include "base/text/text.h"

namespace rdnsgate::run {
namespace {

using audit::Target;
using audit::TargetKind;
using inventory::AddressIndex;
using inventory::Inventory;

// Evidence is read by people: of a large sender the first addresses stand for all.
constexpr std::size_t most_addresses = 32;

class Gatherer {
 public:
  Gatherer(const Inventory& inventory, Target named) : inventory_(inventory) {
    found_.named = std::move(named);
    found_.all.insert(found_.named);
  }

  void add_address(AddressIndex index) {
    auto& all = found_.addresses;
    if (all.size() == most_addresses || std::find(all.begin(), all.end(), index) != all.end()) return;
    all.push_back(index);
    const auto& address = inventory_.addresses[index];
    found_.all.insert({TargetKind::address, address.ip.to_string()});
    found_.all.insert({TargetKind::sender, inventory_.sender_of(address).name});
    add_zone(dns::reverse_name(address.ip));
    for_each_name(address, [&](const dns::Name& name) {
      if (!name.is_root()) add_zone(name);
    });
  }

  void add_addresses(const inventory::Sender& sender) {
    for (AddressIndex i = 0; i < sender.address_count; ++i) add_address(sender.first_address + i);
  }
  template <typename Is>
  void add_addresses_where(const Is& is) {
    for (AddressIndex i = 0; i < inventory_.addresses.size(); ++i) {
      if (is(inventory_.addresses[i])) add_address(i);
    }
  }
  Subjects take() { return std::move(found_); }

 private:
  void add_zone(const dns::Name& name) {
    if (const auto* zone = inventory_.zone_of(name)) found_.all.insert({TargetKind::zone, zone->name.text()});
  }

  const Inventory& inventory_;
  Subjects found_;
};

const inventory::Sender* sender_named(const Inventory& inventory, const std::string& text) {
  const auto found = std::find_if(inventory.senders.begin(), inventory.senders.end(),
                                  [&](const auto& one) { return one.name == text; });
  return found == inventory.senders.end() ? nullptr : &*found;
}

bool has_name(const inventory::Address& address, const dns::Name& name) {
  bool has = false;
  for_each_name(address, [&](const dns::Name& one) { has = has || one == name; });
  return has;
}

}  // namespace

std::vector<Target> Subjects::list() const {
  std::vector<Target> list{named};
  for (const auto& target : all) {
    if (target != named) list.push_back(target);
  }
  return list;
}

Subjects subjects_of(const Inventory& inventory, const Target& target) {
  Gatherer gatherer(inventory, target);
  if (target.kind == TargetKind::address) {
    const auto ip = IpAddress::read(target.id);
    const auto* address = ip ? inventory.find(*ip) : nullptr;
    if (address != nullptr)
      gatherer.add_address(static_cast<AddressIndex>(address - inventory.addresses.data()));
  } else if (target.kind == TargetKind::sender) {
    if (const auto* sender = sender_named(inventory, target.id)) gatherer.add_addresses(*sender);
  } else if (target.kind == TargetKind::zone) {
    if (const auto zone = dns::Name::parse(target.id))
      gatherer.add_addresses_where([&](const inventory::Address& address) {
        const auto* of = inventory.zone_of(dns::reverse_name(address.ip));
        return of != nullptr && of->name == *zone;
      });
  }
  return gatherer.take();
}

std::optional<Subjects> find_subjects(const Inventory& inventory, const std::string& text) {
  if (const auto ip = IpAddress::read(text)) {
    const auto* address = inventory.find(*ip);
    return address == nullptr ? std::nullopt
                              : std::optional(subjects_of(inventory, {TargetKind::address, ip->to_string()}));
  }
  if (sender_named(inventory, text) != nullptr) return subjects_of(inventory, {TargetKind::sender, text});
  const auto has = [&](const auto& all) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == text; });
  };
  if (has(inventory.relays)) return subjects_of(inventory, {TargetKind::relay, text});
  const auto name = dns::Name::from_host(text);
  if (!name || name->is_root()) return std::nullopt;
  const auto is_it = [&](const auto& one) { return one.name == *name; };
  const auto with_name = std::find_if(inventory.addresses.begin(), inventory.addresses.end(),
                                      [&](const auto& address) { return has_name(address, *name); });
  if (with_name != inventory.addresses.end()) {
    Gatherer gatherer(inventory, {TargetKind::address, with_name->ip.to_string()});
    gatherer.add_addresses_where([&](const inventory::Address& address) { return has_name(address, *name); });
    return gatherer.take();
  }
  if (std::any_of(inventory.zones.begin(), inventory.zones.end(), is_it))
    return subjects_of(inventory, {TargetKind::zone, name->text()});
  if (std::any_of(inventory.domains.begin(), inventory.domains.end(), is_it))
    return subjects_of(inventory, {TargetKind::domain, name->text()});
  return std::nullopt;
}

bool may_be_fingerprint(const std::string& text) {
  return text.size() >= 4 && text.size() <= 32 &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace rdnsgate::run
