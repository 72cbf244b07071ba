// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/offline.h"

#include "audit/enabled.h"
#include "audit/touched.h"

namespace rdnsgate::audit {

std::vector<Draft> judge_offline(const RunContext& run, const Policy& policy) {
  const Inventory& inventory = *run.inventory;
  Findings findings;
  findings.begin_subject({TargetKind::inventory, inventory.path}, inventory.top);
  const InventoryCase whole{run, inventory};
  judge_all(enabled<const InventoryCase>(policy), whole, findings);

  if (run.earlier != nullptr) {
    const SuccessionCase succession{run, inventory, *run.earlier};
    judge_all(enabled<const SuccessionCase>(policy), succession, findings);
  }
  if (!run.zone_texts.empty()) {
    const ZoneTextsCase texts{run, inventory, run.zone_texts};
    judge_all(enabled<const ZoneTextsCase>(policy), texts, findings);
  }
  const auto text_rules = enabled<const ZoneTextCase>(policy);
  for (const auto& text : run.zone_texts) {
    findings.begin_subject({TargetKind::zone, text.zone.origin.text()}, {text.file, 0, 0});
    const ZoneTextCase c{run, inventory, text};
    judge_all(text_rules, c, findings);
  }

  const auto sender_rules = enabled<const DeclaredSender>(policy);
  for (std::size_t i = 0; i < inventory.senders.size(); ++i) {
    if (run.touched != nullptr && run.touched->senders[i] == 0) continue;
    const auto& sender = inventory.senders[i];
    findings.begin_subject({TargetKind::sender, sender.name}, sender.at);
    const auto addresses = std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
    const DeclaredSender c{run, inventory, sender, addresses};
    judge_all(sender_rules, c, findings);
  }
  auto address_rules = enabled<const DeclaredAddress>(policy);
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    if (const auto judge = policy.rules()[i].declared; judge != nullptr && policy.is_on(index))
      address_rules.push_back({index, Basis::everything, judge});
  }
  for (std::size_t i = 0; i < inventory.addresses.size(); ++i) {
    if (run.touched != nullptr && run.touched->addresses[i] == 0) continue;
    const auto& address = inventory.addresses[i];
    findings.begin_subject({TargetKind::address, address.ip.to_string()}, address.at);
    const DeclaredAddress c{run, inventory, inventory.sender_of(address), address};
    judge_all(address_rules, c, findings);
  }
  auto drafts = findings.take();
  if (run.touched != nullptr)
    std::erase_if(drafts, [&](const Draft& draft) { return !run.touched->has(draft.target); });
  return drafts;
}

}  // namespace rdnsgate::audit
