// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/faults/ground.h"

#include <algorithm>

#include "run/faults/alter.h"

namespace rdnsgate::run {

using dns::RrType;
using dns::VantageIndex;
using dns::VantageKind;
using inventory::AddressIndex;

Ground::Ground(const inventory::Inventory& inventory, dns::Panel& panel, const dns::FactStore& facts,
               Time now)
    : inventory_(inventory), panel_(panel), facts_(facts), now_(now) {
  const auto count = static_cast<VantageIndex>(panel.vantages().size());
  for (VantageIndex v = 0; v < count; ++v) {
    if (!panel.vantages()[v].internal) outside_.push_back(v);
  }
  for (VantageIndex v = 0; outside_.empty() && v < count; ++v) outside_.push_back(v);
  for (const bool on_path : {true, false}) {
    for (AddressIndex i = 0; i < inventory.addresses.size(); ++i) {
      if (inventory.sender_of(inventory.addresses[i]).first_path.has_value() == on_path)
        candidates_.push_back(i);
    }
  }
}

bool Ground::is_outside(VantageIndex vantage) const {
  return std::find(outside_.begin(), outside_.end(), vantage) != outside_.end();
}

bool Ground::is_resolver(VantageIndex vantage) const {
  return is_cache(vantage) || vantages()[vantage].kind == VantageKind::recursive;
}

bool Ground::is_cache(VantageIndex vantage) const { return vantages()[vantage].kind == VantageKind::forward; }

bool Ground::is_authoritative(VantageIndex vantage) const {
  return vantages()[vantage].kind == VantageKind::authoritative;
}

std::optional<dns::Fact> Ground::look(VantageIndex vantage, const dns::Name& name, RrType type) const {
  const dns::Question question{vantage, name, type};
  if (auto known = facts_.find(question)) return known;
  std::optional<dns::Fact> told;
  panel_.set_sink([&](dns::Fact&& fact) { told = std::move(fact); });
  panel_.ask(question);
  panel_.run_once(milliseconds(0));
  panel_.set_sink({});
  return told;
}

std::optional<dns::Fact> Ground::look(const dns::Name& name, RrType type) const {
  for (const auto vantage : outside_) {
    auto fact = look(vantage, name, type);
    if (fact && dns::is_definite(fact->outcome)) return fact;
  }
  return std::nullopt;
}

dns::RRset Ground::denial_soa(VantageIndex vantage, const dns::Name& zone) const {
  const auto fact = look(vantage, zone, RrType::SOA);
  const auto* set = fact && dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
  return set != nullptr && set->owner == zone ? *set : made_soa(zone);
}

dns::Name Ground::zone_of(const dns::Name& name) const {
  const auto* zone = inventory_.zone_of(name);
  return zone != nullptr ? zone->name : name.parent();
}

bool Ground::has_declared_ptr(const inventory::Address& address) const {
  if (address.ptr.is_root()) return false;
  const auto fact = look(dns::reverse_name(address.ip), RrType::PTR);
  if (!fact || !dns::is_positive(fact->outcome)) return false;
  const auto targets = fact->targets();
  return std::find(targets.begin(), targets.end(), address.ptr) != targets.end();
}

}  // namespace rdnsgate::run
