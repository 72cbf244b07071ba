// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Reverse zones that are cut elsewhere than between octets or nibbles.
#include "inventory/model/classless.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/deleg/rules.h"
#include "rules/denial.h"

namespace rdnsgate::rules {
namespace {

/// Where the parent of the block's zone leads the reverse name; nullopt where it is no alias.
std::optional<dns::Name> first_target(const audit::AddressCase& c) {
  if (!dns::is_definite(c.ptr.outcome)) return std::nullopt;
  const auto aliases = c.ptr.aliases();
  if (aliases.empty() || aliases.front().owner != c.reverse) return std::nullopt;
  return aliases.front().target;
}

/// Who declares no reverse zone at all leaves them to others.
bool declares_reverse_zones(const inventory::Inventory& inventory) {
  static const auto in_addr = dns::Name::parse("in-addr.arpa").value();
  return std::any_of(inventory.zones.begin(), inventory.zones.end(),
                     [](const auto& zone) { return zone.name.is_within(in_addr); });
}

/// The block's label, where the name is one in a zone beside the reverse name (RFC 2317 §4).
std::optional<dns::Name> block_zone(const audit::AddressCase& c, const dns::Name& target) {
  const auto zone = target.parent();
  const auto octet = inventory::octet_of(c.reverse.first_label());
  const auto block = inventory::classless_block(zone.first_label());
  if (!octet || !block || !block->holds(*octet) || zone.parent() != c.reverse.parent()) return std::nullopt;
  return zone;
}

}  // namespace

void judge_deleg_2317_missing_cname(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.address.ip.is_v4() || !is_denied(c.ptr) || !c.ptr.aliases().empty()) return;
  const auto* zone = inventory::classless_zone_of(c.inventory, c.reverse);
  if (zone == nullptr) return;
  findings.add({.values = {{"alias_target", fmt::format("{}.{}", c.reverse.first_label(), zone->name.text())},
                           {"reverse", c.reverse},
                           {"zone", zone->name}}});
}

void judge_deleg_2317_style_mismatch(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.address.ip.is_v4()) return;
  const auto target = first_target(c);
  const auto* zone = target ? inventory::classless_zone_of(c.inventory, c.reverse) : nullptr;
  const auto live = zone != nullptr ? block_zone(c, *target) : std::nullopt;
  if (live && *live != zone->name)
    findings.add({.values = {{"declared", zone->name}, {"zone", *live}, {"reverse", c.reverse}}});
}

void judge_deleg_2317_owner_not_subzone(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.address.ip.is_v4()) return;
  const auto target = first_target(c);
  if (!target || c.inventory.zone_of(*target) != nullptr || !declares_reverse_zones(c.inventory)) return;
  // The same block under another name is the other rule's matter.
  if (inventory::classless_zone_of(c.inventory, c.reverse) != nullptr && block_zone(c, *target)) return;
  findings.add({.values = {{"alias_target", *target}, {"reverse", c.reverse}}});
}

void judge_deleg_ip6_boundary(const audit::InventoryCase& c, audit::Findings& findings) {
  static const auto ip6 = dns::Name::parse("ip6.arpa").value();
  for (const auto& zone : c.inventory.zones) {
    if (!zone.name.is_within(ip6)) continue;
    const auto labels = zone.name.labels();
    std::string wrong;
    for (std::size_t i = 0; i + 2 < labels.size() && wrong.empty(); ++i) {
      const auto label = labels[i];
      if (label.size() != 1 || std::string_view("0123456789abcdef").find(label[0]) == std::string_view::npos)
        wrong = label;
    }
    if (wrong.empty() && labels.size() > 34) wrong = labels[0];
    if (wrong.empty()) continue;
    findings.add({.values = {{"label", wrong}},
                  .target = audit::Target{audit::TargetKind::zone, zone.name.text()},
                  .at = zone.at});
  }
}

}  // namespace rdnsgate::rules
