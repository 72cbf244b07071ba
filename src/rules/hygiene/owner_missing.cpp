// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::ManagedBy;

/// A team that names owners somewhere wants them everywhere; one that never does keeps them elsewhere.
bool names_owners(const inventory::Inventory& inventory) {
  const auto named = [](const auto& thing) { return !thing.owner.empty(); };
  return std::any_of(inventory.senders.begin(), inventory.senders.end(), named) ||
         std::any_of(inventory.zones.begin(), inventory.zones.end(), named);
}

}  // namespace

void judge_hygiene_owner_missing(const audit::InventoryCase& c, audit::Findings& findings) {
  const bool everywhere = names_owners(c.inventory);
  for (const auto& zone : c.inventory.zones) {
    if (!zone.contact.empty() || !zone.owner.empty()) continue;
    // Somebody has to get the ticket.
    const bool ticket = zone.managed_by == ManagedBy::ticket;
    if (!ticket && !everywhere) continue;
    findings.add({.values = {{"key", ticket ? "contact" : "owner"}},
                  .wording = ticket ? "ticket" : "",
                  .target = audit::Target{audit::TargetKind::zone, zone.name.text()},
                  .at = zone.at});
  }
  if (!everywhere) return;
  for (const auto& sender : c.inventory.senders) {
    if (!sender.owner.empty()) continue;
    findings.add({.values = {{"key", "owner"}},
                  .wording = "sender",
                  .target = audit::Target{audit::TargetKind::sender, sender.name},
                  .at = sender.at});
  }
}

}  // namespace rdnsgate::rules
