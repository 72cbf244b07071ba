// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "dns/delegation/delegation.h"
#include "run/faults/ground.h"

namespace rdnsgate::run {

/// A declared zone whose name servers an authoritative vantage has asked.
struct HeldZone {
  dns::VantageIndex vantage = 0;
  dns::Name zone;
  std::shared_ptr<const dns::Delegation> delegation;
};

/// Of the zone that is aimed at, or those of the addresses that are, or all declared ones, the first of which `is` says so.
std::optional<HeldZone> pick_zone(const Ground& ground, const Aim& aim,
                                  const std::function<bool(const HeldZone&)>& is);
/// The zones that may be hit, in the order in which they are looked at.
std::vector<dns::Name> zones_in_sight(const Ground& ground, const Aim& aim);
/// A name that this declared zone holds, and none below it.
bool is_in(const inventory::Inventory& inventory, const dns::Name& name, const dns::Name& zone);

/// A validator proved it, or says so.
bool is_proven(const dns::Fact& fact);
/// A vantage of the outside has proof of the zone, or a name server shows signatures.
bool is_signed(const Ground& ground, const dns::Name& zone);

/// The addresses of the zone's servers that hold it.
std::size_t count_holders(const HeldZone& held);
/// The delegation with each of these addresses changed.
std::shared_ptr<const dns::Delegation> with_changed(
    const dns::Delegation& delegation,
    const std::function<void(const dns::NameServer&, dns::AddressReport&)>& change);

}  // namespace rdnsgate::run
