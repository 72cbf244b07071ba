// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "audit/value.h"
#include "inventory/model/model.h"

namespace rdnsgate::rules {

/// The addresses that an inventory speaks of in any way: declared, retired, in an internal view or a relay's.
class Claimed {
 public:
  explicit Claimed(const inventory::Inventory& inventory);
  bool has(const IpAddress& ip) const;

 private:
  const inventory::Inventory& inventory_;
  std::unordered_set<IpAddress> more_;  // that are not declared to be sent from
};

/// The address that the owner of a PTR record is the name of, also in a zone that is cut for a part of a /24
/// (RFC 2317 §4): `10.0/26.2.0.192.in-addr.arpa`. nullopt for any other name.
std::optional<IpAddress> address_at(const dns::Name& owner);

/// `count`, and as `ranges` as few ranges as hold them; each address counts once.
audit::Values values_of_orphans(std::vector<IpAddress> orphans);

}  // namespace rdnsgate::rules
