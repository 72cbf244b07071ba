// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/leak/rules.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

/// Of a name in the PTR set, fcrdns-forward-private or fcrdns-mismatch says it.
bool is_in_ptr(const audit::AddressCase& c) {
  return std::binary_search(c.targets.begin(), c.targets.end(), c.address.helo);
}

}  // namespace

void judge_leak_private_in_public(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.address.first_with_helo || !dns::is_definite(c.ptr.outcome) || is_in_ptr(c) ||
      is_private(c.address.ip))
    return;
  std::vector<IpAddress> strangers;
  for (const auto* fact : {c.helo, c.helo_other}) {
    if (fact == nullptr || !dns::is_positive(fact->outcome)) continue;
    const auto set = fact->addresses();
    // A set without any declared address is helo-ip-mismatch or dual-aaaa-undeclared.
    const bool ours = std::any_of(set.begin(), set.end(),
                                  [&](const IpAddress& ip) { return is_declared(c.inventory, ip); });
    if (!ours) continue;
    std::copy_if(set.begin(), set.end(), std::back_inserter(strangers),
                 [&](const IpAddress& ip) { return is_private(ip) && !is_declared(c.inventory, ip); });
  }
  if (strangers.empty()) return;
  findings.add({.values = {{"helo", c.address.helo}, {"addresses", audit::list_of(strangers)}}});
}

}  // namespace rdnsgate::rules
