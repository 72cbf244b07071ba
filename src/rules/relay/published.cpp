// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/relay/published.h"

#include <algorithm>
#include <array>

#include "mailauth/spf/spf_facts.h"

namespace rdnsgate::rules {
namespace {

/// The address before one that is not the first of its family.
IpAddress predecessor(const IpAddress& address) {
  std::array<std::uint8_t, 16> octets{};
  std::copy_n(address.data(), address.size(), octets.begin());
  for (std::size_t i = address.size(); i-- > 0;) {
    if (octets[i]-- != 0) break;
  }
  if (address.is_v6()) return IpAddress::v6(octets);
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | octets[i];
  return IpAddress::v4(value);
}

/// The largest block that begins with the range and lies in it.
Prefix first_block(const AddressRange& range) {
  for (unsigned length = 0; length < range.first.bits(); ++length) {
    const Prefix block(range.first, length);
    const bool begins_there = Prefix::parse(block.to_string()).has_value();  // no host bits
    if (begins_there && block.last() <= range.last) return block;
  }
  return {range.first, range.first.bits()};
}

void add_blocks(AddressRange range, std::vector<Prefix>& blocks) {
  while (true) {
    blocks.push_back(first_block(range));
    const auto last = blocks.back().last();
    if (last == range.last) return;
    range.first = last.plus(1);
  }
}

}  // namespace

RelayRanges published_ranges(audit::RelayCase& c) {
  RelayRanges found;
  const auto asker = [&](const dns::Name& name, dns::RrType type) {
    auto answer = mailauth::spf_lookup(c.desk, name, type, false);
    if (answer.state == mailauth::SpfLookup::State::failed && found.failed == nullptr)
      found.failed = c.ask(name, type);
    return answer;
  };
  found.published = mailauth::spf_published(asker, c.relay.spf);
  found.ready = found.published.missing.empty();
  return found;
}

std::vector<Prefix> blocks_without(const std::vector<AddressRange>& all,
                                   const std::vector<AddressRange>& without) {
  std::vector<Prefix> blocks;
  auto hole = without.begin();
  for (auto range : all) {
    while (hole != without.end() && hole->last < range.first) ++hole;
    bool is_left = true;
    for (auto at = hole; at != without.end() && at->first <= range.last; ++at) {
      if (at->first > range.first) add_blocks({range.first, predecessor(at->first)}, blocks);
      is_left = at->last < range.last;
      if (!is_left) break;
      range.first = at->last.plus(1);
    }
    if (is_left) add_blocks(range, blocks);
  }
  return blocks;
}

}  // namespace rdnsgate::rules
