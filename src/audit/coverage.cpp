// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/coverage.h"

#include <algorithm>

#include "audit/touched.h"

namespace rdnsgate::audit {
namespace {

template <typename Case>
void add_rules(Coverage& covered, const Policy& policy, bool live) {
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const Rule& rule = policy.rules()[i];
    if (policy.is_on(static_cast<RuleIndex>(i)) &&
        std::holds_alternative<void (*)(Case&, Findings&)>(rule.judge))
      covered.rules.push_back({rule.info.id, live});
  }
}

Coverage addresses(const Inventory& inventory, const Policy& policy, bool live) {
  Coverage covered;
  covered.kind = TargetKind::address;
  add_rules<const DeclaredAddress>(covered, policy, false);
  if (live) {
    add_rules<AddressCase>(covered, policy, true);
  } else {
    for (std::size_t i = 0; i < policy.rules().size(); ++i) {
      if (policy.rules()[i].declared != nullptr && policy.is_on(static_cast<RuleIndex>(i)))
        covered.rules.push_back({policy.rules()[i].info.id, false});
    }
  }
  for (const auto& address : inventory.addresses) covered.targets.push_back(address.ip.to_string());
  return covered;
}

Coverage senders(const Inventory& inventory, const Policy& policy) {
  Coverage covered;
  covered.kind = TargetKind::sender;
  add_rules<const DeclaredSender>(covered, policy, false);
  for (const auto& sender : inventory.senders) covered.targets.push_back(sender.name);
  return covered;
}

/// Live rules compare the addresses of a sender that has several, and not too many.
Coverage compared_senders(const Inventory& inventory, const Policy& policy) {
  Coverage covered;
  covered.kind = TargetKind::sender;
  add_rules<SenderCase>(covered, policy, true);
  for (const auto& sender : inventory.senders) {
    if (sender.address_count > 1 && sender.address_count <= SenderCase::max_addresses)
      covered.targets.push_back(sender.name);
  }
  return covered;
}

Coverage zones(const Inventory& inventory, const Policy& policy) {
  Coverage covered;
  covered.kind = TargetKind::zone;
  add_rules<ZoneCase>(covered, policy, true);
  for (const auto& zone : inventory.zones) covered.targets.push_back(zone.name.text());
  return covered;
}

Coverage texts(std::span<const ZoneText> zone_texts, const Policy& policy) {
  Coverage covered;
  covered.kind = TargetKind::zone;
  add_rules<const ZoneTextCase>(covered, policy, false);
  add_rules<const ZoneTextsCase>(covered, policy, false);
  for (const auto& text : zone_texts) covered.targets.push_back(text.zone.origin.text());
  return covered;
}

}  // namespace

std::vector<Coverage> coverage(const Inventory& inventory, const Policy& policy,
                               const std::vector<VantageStats>& vantages,
                               std::span<const ZoneText> zone_texts) {
  const bool live = !vantages.empty();
  std::vector<Coverage> all;
  Coverage whole;
  whole.kind = TargetKind::inventory;
  add_rules<const InventoryCase>(whole, policy, false);
  whole.targets.push_back(inventory.path);
  all.push_back(std::move(whole));
  if (!zone_texts.empty()) all.push_back(texts(zone_texts, policy));
  all.push_back(senders(inventory, policy));
  all.push_back(addresses(inventory, policy, live));
  if (live) all.push_back(compared_senders(inventory, policy));
  const bool asks_holders = std::any_of(vantages.begin(), vantages.end(), [](const auto& vantage) {
    return vantage.kind == dns::VantageKind::authoritative;
  });
  if (asks_holders) all.push_back(zones(inventory, policy));
  return all;
}

void keep_touched(std::vector<Coverage>& all, const Touched& touched) {
  for (auto& covered : all)
    std::erase_if(covered.targets, [&](const auto& id) { return !touched.has({covered.kind, id}); });
}

}  // namespace rdnsgate::audit
