// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "rules/helo/rules.h"

namespace rdnsgate::rules {

/// Said once for each sender after the first.
void judge_helo_shared_by_senders(const audit::InventoryCase& c, audit::Findings& findings) {
  std::unordered_map<std::string_view, inventory::SenderIndex> first;
  std::unordered_set<inventory::SenderIndex> told;
  const auto look = [&](const inventory::Address& address) {
    if (address.helo.is_root()) return;
    const auto [known, is_new] = first.emplace(address.helo.wire(), address.sender);
    if (is_new || known->second == address.sender) return;
    const auto& sender = c.inventory.sender_of(address);
    // One that is declared twice is an error of its own.
    if (c.inventory.senders[known->second].name == sender.name || !told.insert(address.sender).second) return;
    findings.add({.values = {{"helo", address.helo}, {"sender", c.inventory.senders[known->second].name}},
                  .target = audit::Target{audit::TargetKind::sender, sender.name},
                  .at = address.is_further ? address.at : sender.helo_at});
  };
  for (const auto& address : c.inventory.addresses) look(address);
  for (const auto& address : c.inventory.further_addresses) look(address);
}

}  // namespace rdnsgate::rules
