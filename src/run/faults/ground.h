// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "run/faults/aim.h"

namespace rdnsgate::run {

/// The world before anything happens to it, as a scenario looks at it. All that it refers to outlives it.
class Ground {
 public:
  /// `facts`: what the panel answered already; of anything else it is asked.
  Ground(const inventory::Inventory& inventory, dns::Panel& panel, const dns::FactStore& facts, Time now);

  const inventory::Inventory& inventory() const { return inventory_; }
  const std::vector<dns::VantageInfo>& vantages() const { return panel_.vantages(); }
  Time now() const { return now_; }
  /// Who sees what the world sees, in the order of the vantages; all, where none does.
  const std::vector<dns::VantageIndex>& outside() const { return outside_; }
  bool is_outside(dns::VantageIndex vantage) const;
  bool is_resolver(dns::VantageIndex vantage) const;
  /// A resolver with a cache that others fill: an own walk begins with an empty one.
  bool is_cache(dns::VantageIndex vantage) const;
  bool is_authoritative(dns::VantageIndex vantage) const;

  std::optional<dns::Fact> look(dns::VantageIndex vantage, const dns::Name& name, dns::RrType type) const;
  /// The first definite answer that one of `outside` has.
  std::optional<dns::Fact> look(const dns::Name& name, dns::RrType type) const;
  /// The SOA record that a denial in this zone comes with, as this vantage knows it; one that is made where it does not.
  dns::RRset denial_soa(dns::VantageIndex vantage, const dns::Name& zone) const;
  /// The declared zone of a name, else the name above it.
  dns::Name zone_of(const dns::Name& name) const;

  /// Of the addresses that are aimed at, or of all that send mail on a path, then of all others, those of which `is` says so:
  /// of an aim every one, else the first.
  template <typename Is>
  std::vector<inventory::AddressIndex> pick(const Aim& aim, const Is& is) const {
    std::vector<inventory::AddressIndex> picked;
    for (const auto one : aim.is_given() ? aim.addresses : candidates_) {
      if (!is(inventory_.addresses[one])) continue;
      picked.push_back(one);
      if (!aim.is_given()) break;
    }
    return picked;
  }
  /// An outside vantage has a PTR record with the declared name.
  bool has_declared_ptr(const inventory::Address& address) const;

 private:
  const inventory::Inventory& inventory_;
  dns::Panel& panel_;
  const dns::FactStore& facts_;
  Time now_;
  std::vector<dns::VantageIndex> outside_;
  std::vector<inventory::AddressIndex> candidates_;
};

}  // namespace rdnsgate::run
