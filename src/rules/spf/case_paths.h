// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "audit/subject/domain.h"
#include "audit/subject/sender.h"
#include "base/address_ranges.h"

namespace rdnsgate::rules {

/// The paths of one domain.
inline std::span<const inventory::MailPath> paths_of(const inventory::Inventory& inventory,
                                                     const inventory::Domain& domain) {
  const auto index = static_cast<std::uint32_t>(&domain - inventory.domains.data());
  const auto [begin, end] =
      std::equal_range(inventory.paths.begin(), inventory.paths.end(), inventory::MailPath{.domain = index},
                       [](const auto& a, const auto& b) { return a.domain < b.domain; });
  return {begin, end};
}

/// The domain sends mail by its inventory.
inline bool sends(const inventory::Domain& domain) { return !domain.via.empty(); }

/// What a path's mail leaves from: as few ranges as hold it, rising.
std::vector<AddressRange> ranges_of(const inventory::Inventory& inventory, const inventory::MailPath& path);

/// A range in blocks, as an SPF record has them.
std::vector<Prefix> blocks_in(const AddressRange& range);
/// `ip4:192.0.2.0/28`, `ip6:2001:db8::1`.
std::string spf_term_for(const Prefix& block);

}  // namespace rdnsgate::rules
