// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/offline.h"

#include "audit/touched.h"

namespace rdnsgate::audit {
namespace {

template <typename Case>
struct Enabled {
  RuleIndex index;
  void (*judge)(Case, Findings&);
};

/// The rules of one signature that are on, in the registry's order.
template <typename Case>
std::vector<Enabled<Case>> enabled(const Policy& policy) {
  std::vector<Enabled<Case>> found;
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    const auto* judge = std::get_if<void (*)(Case, Findings&)>(&policy.rules()[i].judge);
    if (judge != nullptr && policy.is_on(index)) found.push_back({index, *judge});
  }
  return found;
}

template <typename Case>
void judge_all(const std::vector<Enabled<const Case&>>& rules, const Case& subject, Findings& findings) {
  for (const auto& rule : rules) {
    findings.begin_rule(rule.index);
    rule.judge(subject, findings);
  }
}

}  // namespace

std::vector<Draft> judge_offline(const RunContext& run, const Policy& policy) {
  const Inventory& inventory = *run.inventory;
  Findings findings;
  findings.begin_subject({TargetKind::inventory, inventory.path}, inventory.top);
  judge_all(enabled<const InventoryCase&>(policy), InventoryCase{run, inventory}, findings);

  if (run.earlier != nullptr) {
    judge_all(enabled<const SuccessionCase&>(policy), SuccessionCase{run, inventory, *run.earlier}, findings);
  }
  const auto text_rules = enabled<const ZoneTextCase&>(policy);
  for (const auto& text : run.zone_texts) {
    findings.begin_subject({TargetKind::zone, text.zone.origin.text()}, {text.file, 0, 0});
    judge_all(text_rules, ZoneTextCase{run, inventory, text}, findings);
  }

  const auto sender_rules = enabled<const DeclaredSender&>(policy);
  for (std::size_t i = 0; i < inventory.senders.size(); ++i) {
    if (run.touched != nullptr && run.touched->senders[i] == 0) continue;
    const auto& sender = inventory.senders[i];
    findings.begin_subject({TargetKind::sender, sender.name}, sender.at);
    const auto addresses = std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
    judge_all(sender_rules, DeclaredSender{run, inventory, sender, addresses}, findings);
  }
  auto address_rules = enabled<const DeclaredAddress&>(policy);
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    if (const auto judge = policy.rules()[i].declared; judge != nullptr && policy.is_on(index))
      address_rules.push_back({index, judge});
  }
  for (std::size_t i = 0; i < inventory.addresses.size(); ++i) {
    if (run.touched != nullptr && run.touched->addresses[i] == 0) continue;
    const auto& address = inventory.addresses[i];
    findings.begin_subject({TargetKind::address, address.ip.to_string()}, address.at);
    judge_all(address_rules, DeclaredAddress{run, inventory, inventory.sender_of(address), address},
              findings);
  }
  auto drafts = findings.take();
  if (run.touched != nullptr)
    std::erase_if(drafts, [&](const Draft& draft) { return !run.touched->has(draft.target); });
  return drafts;
}

}  // namespace rdnsgate::audit
