// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/fcrdns/rules.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

bool is_declared(const inventory::Inventory& inventory, const IpAddress& ip) {
  if (inventory.find(ip) != nullptr) return true;
  return std::any_of(inventory.relays.begin(), inventory.relays.end(), [&](const inventory::Relay& relay) {
    return std::any_of(relay.addresses.begin(), relay.addresses.end(),
                       [&](const Prefix& prefix) { return prefix.contains(ip); });
  });
}

/// Documentation blocks count as public: examples and laboratories are written with them.
bool is_private(const IpAddress& ip) {
  const auto* purpose = special_purpose(ip);
  return purpose != nullptr && !purpose->globally_reachable && !purpose->documentation;
}

/// Several addresses may stand behind one name; the first of those that are declared with it speaks for all.
bool speaks_for(const AddressCase& c, const dns::Name& name, const std::vector<IpAddress>& set) {
  for (const auto& ip : set) {
    const auto* declared = c.inventory.find(ip);
    if (declared != nullptr && declared->ptr == name) return declared->ip == c.address.ip;
  }
  return true;
}

/// Undeclared addresses beside the confirmed one, private or not, one finding a name.
void judge_strangers(AddressCase& c, audit::Findings& findings, bool want_private) {
  for (const auto& forward : c.forward) {
    if (!forward.confirms) continue;
    const auto set = forward.fact->addresses();
    std::vector<IpAddress> strangers;
    for (const auto& ip : set) {
      if (is_private(ip) == want_private && !is_declared(c.inventory, ip)) strangers.push_back(ip);
    }
    if (strangers.empty() || !speaks_for(c, forward.name, set)) continue;
    findings.add({.expected = fmt::format("only declared addresses at {}", forward.name.text()),
                  .observed = listed(strangers),
                  .detail = forward.name.text()});
  }
}

}  // namespace

void judge_fcrdns_forward_extra_ips(AddressCase& c, audit::Findings& findings) {
  judge_strangers(c, findings, false);
}

void judge_fcrdns_forward_private(AddressCase& c, audit::Findings& findings) {
  // Where the declared address is private itself, the whole path is internal.
  if (!is_private(c.address.ip)) judge_strangers(c, findings, true);
}

}  // namespace rdnsgate::rules
