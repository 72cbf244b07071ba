// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string_view>
#include <unordered_set>

#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

/// A domain that says that no mail comes from it: its SPF record is to refuse everybody, and nobody signs.
bool is_parked(const inventory::Domain& domain) { return domain.spf_all == "fail" && domain.dkim.empty(); }

}  // namespace

/// An inventory without domains is one of hosts, and asks nothing of them.
void judge_hygiene_path_unused(const audit::InventoryCase& c, audit::Findings& findings) {
  if (c.inventory.domains.empty()) return;
  std::unordered_set<std::string_view> used;
  for (const auto& domain : c.inventory.domains) {
    for (const auto& path : domain.via) used.insert(path.name);
  }
  for (const auto& sender : c.inventory.senders) {
    if (used.contains(sender.name)) continue;
    findings.add({.values = {{"kind", "sender"}},
                  .target = audit::Target{audit::TargetKind::sender, sender.name},
                  .at = sender.at});
  }
  for (const auto& relay : c.inventory.relays) {
    if (used.contains(relay.name)) continue;
    findings.add({.values = {{"kind", "relay"}},
                  .target = audit::Target{audit::TargetKind::relay, relay.name},
                  .at = relay.at});
  }
}

void judge_hygiene_domain_without_path(const audit::InventoryCase& c, audit::Findings& findings) {
  for (const auto& domain : c.inventory.domains) {
    if (!domain.via.empty() || is_parked(domain)) continue;
    findings.add({.target = audit::Target{audit::TargetKind::domain, domain.name.text()}, .at = domain.at});
  }
}

}  // namespace rdnsgate::rules
