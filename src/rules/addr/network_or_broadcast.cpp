// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <set>

#include "rules/addr/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::Zone;

/// A decimal number up to 255 and nothing else.
std::optional<unsigned> octet_of(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > 255) return std::nullopt;
  return value;
}

/// The last octets that a label of RFC 2317 stands for: `0/26` and `0-26` by first octet and prefix length
/// (the second is RFC 4183's way), `0-63` by first and last. nullopt for any other label, and for what is no
/// block.
std::optional<std::pair<unsigned, unsigned>> octets_of_label(std::string_view label) {
  const auto separator = label.find_first_of("/-");
  if (separator == std::string_view::npos) return std::nullopt;
  const auto first = octet_of(label.substr(0, separator)), second = octet_of(label.substr(separator + 1));
  if (!first || !second) return std::nullopt;
  const auto is_block = [&](unsigned size) { return (size & (size - 1)) == 0 && *first % size == 0; };
  if (label[separator] == '-' && *second > *first && is_block(*second - *first + 1))
    return std::pair(*first, *second);
  if (*second < 25 || *second > 30 || !is_block(1u << (32 - *second))) return std::nullopt;
  return std::pair(*first, *first + (1u << (32 - *second)) - 1);
}

struct Block {
  IpAddress network, broadcast;
};

/// The subnet that a reverse zone was most likely cut for: the block of an RFC 2317 zone, or a /24. What
/// larger zones hold is routed in parts that nobody declared.
std::optional<Block> subnet_of(const Zone& zone) {
  const auto labels = zone.name.labels();
  const std::size_t count = labels.size();
  if (count < 5 || count > 6 || labels[count - 1] != "arpa" || labels[count - 2] != "in-addr")
    return std::nullopt;
  std::uint32_t base = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto octet = octet_of(labels[count - 3 - i]);
    if (!octet) return std::nullopt;
    base = (base << 8) | *octet;
  }
  const auto last = count == 5 ? std::optional(std::pair(0u, 255u)) : octets_of_label(labels[0]);
  if (!last || last->second - last->first < 3) return std::nullopt;  // RFC 3021: a /31 has neither
  return Block{IpAddress::v4((base << 8) | last->first), IpAddress::v4((base << 8) | last->second)};
}

}  // namespace

void judge_addr_network_or_broadcast(const audit::InventoryCase& c, audit::Findings& findings) {
  std::set<IpAddress> said;  // a /24 and its first part share their network address
  for (const auto& zone : c.inventory.zones) {
    const auto subnet = subnet_of(zone);
    if (!subnet) continue;
    for (const auto& [ip, what] :
         {std::pair(subnet->network, "network"), std::pair(subnet->broadcast, "broadcast")}) {
      const auto* declared = c.inventory.find(ip);
      if (declared == nullptr || !said.insert(ip).second) continue;
      findings.add({.observed = fmt::format("the {} address", what),
                    .detail = zone.name.text(),
                    .target = audit::Target{audit::TargetKind::address, ip.to_string()},
                    .at = declared->at});
    }
  }
}

}  // namespace rdnsgate::rules
