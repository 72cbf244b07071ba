// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/claimed.h"

#include <algorithm>
#include <string>

#include "base/address_ranges.h"
#include "inventory/classless_block.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {

Claimed::Claimed(const inventory::Inventory& inventory) : inventory_(inventory) {
  for (const auto& retired : inventory.retired_addresses) more_.insert(retired.ip);
  for (const auto& view : inventory.internal_views)
    more_.insert(view.addresses.begin(), view.addresses.end());
}

bool Claimed::has(const IpAddress& ip) const { return more_.contains(ip) || is_declared(inventory_, ip); }

std::optional<IpAddress> address_at(const dns::Name& owner) {
  if (const auto ip = dns::address_of_reverse(owner)) return *ip;
  constexpr std::size_t labels_of_classless = 7;
  if (owner.label_count() != labels_of_classless) return std::nullopt;
  const auto labels = owner.labels();
  const auto octet = inventory::octet_of(labels[0]);
  const auto block = inventory::classless_block(labels[1]);
  if (!octet || !block || !block->holds(*octet)) return std::nullopt;
  const auto host = dns::Name::parse(labels[0]);
  const auto whole = host ? host->under(owner.parent().parent()) : tl::unexpected(host.error());
  const auto ip = whole ? dns::address_of_reverse(*whole) : tl::unexpected(whole.error());
  return ip ? std::optional(*ip) : std::nullopt;
}

audit::Values values_of_orphans(std::vector<IpAddress> orphans) {
  std::sort(orphans.begin(), orphans.end());
  orphans.erase(std::unique(orphans.begin(), orphans.end()), orphans.end());
  const auto count = orphans.size();
  std::vector<std::string> ranges;
  for (const auto& range : address_ranges(std::move(orphans))) ranges.push_back(range.to_string());
  return {{"count", count}, {"ranges", audit::list_of(ranges)}};
}

}  // namespace rdnsgate::rules
