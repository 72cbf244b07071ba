// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/spf/case_paths.h"

#include <fmt/format.h>

#include <optional>

#include "mailauth/spf/spf_span.h"

namespace rdnsgate::rules {
namespace {

/// Sorted, and none touches the next.
std::vector<AddressRange> joined(std::vector<AddressRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<AddressRange> all;
  for (const auto& range : ranges) {
    const auto after = all.empty() ? std::nullopt : mailauth::address_after(all.back().last);
    const bool same_family = !all.empty() && all.back().last.is_v4() == range.first.is_v4();
    if (same_family && (!after || range.first <= *after))
      all.back().last = std::max(all.back().last, range.last);
    else
      all.push_back(range);
  }
  return all;
}

AddressRange range_of(const Prefix& block) { return {block.network(), block.last()}; }

/// A pool is its block: to look at each of its addresses for each domain that sends through it takes long.
bool is_pool(const inventory::Sender& sender) {
  std::uint64_t count = 0;
  for (const auto& block : sender.ranges)
    count += std::min<std::uint64_t>(block.count(), sender.address_count);
  return count == sender.address_count;
}

}  // namespace

std::vector<AddressRange> ranges_of(const inventory::Inventory& inventory, const inventory::MailPath& path) {
  std::vector<AddressRange> ranges;
  const auto* sender = inventory.sender_of(path);
  if (sender == nullptr) {
    for (const auto& block : inventory.relay_of(path)->addresses) ranges.push_back(range_of(block));
    return joined(std::move(ranges));
  }
  if (is_pool(*sender)) {
    for (const auto& block : sender->ranges) ranges.push_back(range_of(block));
    return joined(std::move(ranges));
  }
  for (const auto& address : audit::addresses_of(inventory, *sender)) {
    const bool follows = !ranges.empty() && are_neighbours(ranges.back().last, address.ip);
    if (follows)
      ranges.back().last = address.ip;
    else
      ranges.push_back({address.ip, address.ip});
  }
  return joined(std::move(ranges));
}

std::vector<Prefix> blocks_in(const AddressRange& range) {
  std::vector<Prefix> blocks;
  std::optional<IpAddress> at = range.first;
  while (at && *at <= range.last && at->is_v4() == range.last.is_v4()) {
    unsigned length = at->bits();
    while (length > 0) {
      const auto wider = mailauth::spf_block(*at, length - 1);
      if (wider.network() != *at || wider.last() > range.last) break;
      --length;
    }
    blocks.emplace_back(*at, length);
    at = mailauth::address_after(blocks.back().last());
  }
  return blocks;
}

std::string spf_term_for(const Prefix& block) {
  const auto text =
      block.length() == block.network().bits() ? block.network().to_string() : block.to_string();
  return fmt::format("{}:{}", block.network().is_v4() ? "ip4" : "ip6", text);
}

}  // namespace rdnsgate::rules
