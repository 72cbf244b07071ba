// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/fcrdns/rules.h"
#include "rules/shared_name.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

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
    findings.add({.values = {{"name", forward.name}, {"addresses", audit::list_of(strangers)}}});
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
