// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "rules/dual/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::Sender;

struct Families {
  bool v4 = false, v6 = false;
  bool both() const { return v4 && v6; }
};

Families families_of(const inventory::Inventory& inventory, const Sender& sender) {
  Families families;
  for (std::size_t i = 0; i < sender.address_count; ++i)
    (inventory.addresses[sender.first_address + i].ip.is_v4() ? families.v4 : families.v6) = true;
  return families;
}

/// Hosts that stand in for each other: those that one domain sends through, or all of an inventory that lists
/// no domains. A pool, which has ranges or a HELO name for each address, is no host.
std::vector<std::vector<const Sender*>> siblings(const inventory::Inventory& inventory) {
  std::vector<const Sender*> hosts;
  std::unordered_map<std::string_view, const Sender*> by_name;
  for (const auto& sender : inventory.senders) {
    if (!sender.ranges.empty() || !sender.helo_name) continue;
    hosts.push_back(&sender);
    by_name.emplace(sender.name, &sender);
  }
  if (inventory.domains.empty()) return {std::move(hosts)};
  std::vector<std::vector<const Sender*>> groups;
  for (const auto& domain : inventory.domains) {
    auto& group = groups.emplace_back();
    for (const auto& path : domain.via) {
      if (const auto host = by_name.find(path.name); host != by_name.end()) group.push_back(host->second);
    }
  }
  return groups;
}

}  // namespace

void judge_dual_family_missing(const audit::InventoryCase& c, audit::Findings& findings) {
  std::unordered_set<const Sender*> told;
  std::unordered_map<const Sender*, Families> known;  // a host with many addresses may be in many domains
  const auto families_at = [&](const Sender* host) {
    const auto [at, is_new] = known.try_emplace(host);
    if (is_new) at->second = families_of(c.inventory, *host);
    return at->second;
  };
  for (const auto& group : siblings(c.inventory)) {
    const auto whole = std::find_if(group.begin(), group.end(),
                                    [&](const Sender* host) { return families_at(host).both(); });
    if (whole == group.end()) continue;
    for (const Sender* host : group) {
      const auto families = families_at(host);
      if (families.both() || (!families.v4 && !families.v6) || !told.insert(host).second) continue;
      findings.add({.values = {{"family", families.v4 ? "IPv6" : "IPv4"}, {"sibling", (*whole)->name}},
                    .target = audit::Target{audit::TargetKind::sender, host->name},
                    .at = host->at});
    }
  }
}

}  // namespace rdnsgate::rules
