// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/fcrdns/rules.h"
#include "rules/shared_name.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

/// Undeclared addresses of a set, private or not.
std::vector<IpAddress> undeclared_in(const AddressCase& c, const std::vector<std::string>& set, bool want_private) {
  std::vector<IpAddress> strangers;
  for (const auto& rdata : set) {
    const auto ip = dns::address_in(rdata);
    if (ip && is_private(*ip) == want_private && !is_declared(c.inventory, *ip)) strangers.push_back(*ip);
  }
  std::sort(strangers.begin(), strangers.end());
  return strangers;
}

/// Those beside the confirmed address, one finding a name.
void judge_strangers(AddressCase& c, audit::Findings& findings, bool want_private) {
  for (const auto& forward : c.forward) {
    if (!forward.confirms) continue;
    auto strangers = undeclared_in(c, forward.fact->rrset()->rdata, want_private);
    if (strangers.empty() || !speaks_for(c, forward.name, forward.fact->addresses())) continue;
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
