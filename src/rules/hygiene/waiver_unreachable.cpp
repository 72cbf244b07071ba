// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

/// Rules whose targets need not stand in the inventory: resolvers and zone files that the command line names,
/// the run itself, other waivers.
bool has_other_targets(std::string_view rule) {
  return rule.starts_with("resolver-") || rule.starts_with("run-") || rule.starts_with("hygiene-") ||
         rule.starts_with("zone-");
}

bool is_off(const inventory::Inventory& inventory, std::string_view rule) {
  return std::any_of(inventory.rules.begin(), inventory.rules.end(), [&](const auto& setting) {
    return setting.rule == rule && setting.severity == Severity::off;
  });
}

/// The ids of what findings are about.
bool any_subject(const inventory::Inventory& inventory, const std::string& pattern) {
  // An id is an address in one spelling (RFC 5952): any other would never match.
  if (const auto ip = IpAddress::parse(pattern))
    return inventory.find(*ip) != nullptr && glob_match(pattern, ip->to_string());
  const auto is = [&](std::string_view id) { return glob_match(pattern, id); };
  const auto any = [&](const auto& all, auto id) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return is(id(one)); });
  };
  const auto name = [](const auto& one) -> std::string_view { return one.name; };
  const auto text = [](const auto& one) { return one.name.text(); };
  return is(inventory.path) || any(inventory.senders, name) || any(inventory.relays, name) ||
         any(inventory.vantages, name) || any(inventory.zones, text) || any(inventory.domains, text) ||
         any(inventory.addresses, [](const auto& one) { return one.ip.to_string(); });
}

}  // namespace

void judge_hygiene_waiver_unreachable(const audit::InventoryCase& c, audit::Findings& findings) {
  for (const auto& waiver : c.inventory.waivers) {
    if (has_other_targets(waiver.rule)) continue;
    const auto say = [&](std::string observed) {
      findings.add({.expected = waiver.rule,
                    .observed = std::move(observed),
                    .target = audit::Target{audit::TargetKind::inventory, waiver.rule + " " + waiver.target},
                    .at = waiver.at});
    };
    if (is_off(c.inventory, waiver.rule)) {
      say("the rule is off");
    } else if (!any_subject(c.inventory, waiver.target)) {
      const auto ip = IpAddress::parse(waiver.target);
      say(ip && c.inventory.find(*ip) != nullptr ? "that address is written " + ip->to_string()
                                                 : "nothing in the inventory is called " + waiver.target);
    }
  }
}

}  // namespace rdnsgate::rules
