// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subjects.h"

namespace rdnsgate::audit {

Subjects::Subjects(const RunContext& run, const Policy& policy) : run_(run) {
  const auto rules = policy.rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    if (!policy.is_on(index)) continue;
    if (const auto* address = std::get_if<void (*)(AddressCase&, Findings&)>(&rules[i].judge)) {
      address_rules_.push_back({index, *address});
    } else if (const auto* sender = std::get_if<void (*)(SenderCase&, Findings&)>(&rules[i].judge)) {
      sender_rules_.push_back({index, *sender});
    }
  }
  const auto& senders = run.inventory->senders;
  for (inventory::SenderIndex i = 0; i < senders.size() && !sender_rules_.empty(); ++i) {
    const auto count = senders[i].address_count;
    if (count > 1 && count <= SenderCase::max_addresses) senders_.push_back(i);
  }
}

void Subjects::judge(std::size_t subject, dns::FactDesk& desk, Findings& findings) const {
  const Inventory& inventory = *run_.inventory;
  const auto run_rules = [&](const auto& rules, auto& found) {
    for (const auto& rule : rules) {
      findings.begin_rule(rule.index);
      rule.judge(found, findings);
    }
  };
  if (subject < inventory.addresses.size()) {
    const Address& address = inventory.addresses[subject];
    auto found = read_address(run_, address, desk);
    if (!found) return;
    findings.begin_subject({TargetKind::address, address.ip.to_string()}, address.at);
    run_rules(address_rules_, *found);
  } else {
    const Sender& sender = inventory.senders[senders_[subject - inventory.addresses.size()]];
    auto found = read_sender(run_, sender, desk);
    if (!found) return;
    findings.begin_subject({TargetKind::sender, sender.name}, sender.at);
    run_rules(sender_rules_, *found);
  }
}

}  // namespace rdnsgate::audit
