// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <optional>
#include <set>

#include "inventory/model/classless.h"
#include "rules/addr/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::Zone;

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
    const auto octet = inventory::octet_of(labels[count - 3 - i]);
    if (!octet) return std::nullopt;
    base = (base << 8) | *octet;
  }
  const auto block =
      count == 5 ? std::optional(inventory::ClasslessBlock{0, 255}) : inventory::classless_block(labels[0]);
  if (!block || block->last - block->first < 3) return std::nullopt;  // RFC 3021: a /31 has neither
  return Block{IpAddress::v4((base << 8) | block->first), IpAddress::v4((base << 8) | block->last)};
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
      findings.add({.values = {{"role", what}, {"zone", zone.name}},
                    .target = audit::Target{audit::TargetKind::address, ip.to_string()},
                    .at = declared->at});
    }
  }
}

}  // namespace rdnsgate::rules
