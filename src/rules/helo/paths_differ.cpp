// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>

#include "rules/dual/stack.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

/// The one name that all its addresses of a family give; nullptr where they give several, or none.
const dns::Name* name_of_family(std::span<const inventory::Address> addresses, bool v4) {
  const dns::Name* name = nullptr;
  for (const auto& address : addresses) {
    if (address.ip.is_v4() != v4) continue;
    if (address.helo.is_root() || (name != nullptr && *name != address.helo)) return nullptr;
    name = &address.helo;
  }
  return name;
}

/// A mail server says one name, whichever family it connects over. Said once, at its first IPv6 address.
void judge_families(const audit::AddressCase& c, audit::Findings& findings) {
  if (c.address.ip.is_v4() || c.address.is_further || !is_dual_stack_host(c)) return;
  const auto addresses = audit::addresses_of(c.inventory, c.sender);
  const auto *v4 = name_of_family(addresses, true), *v6 = name_of_family(addresses, false);
  if (v4 == nullptr || v6 == nullptr || *v4 == *v6 || !is_host_name(c.address.helo)) return;
  findings.add({.values = {{"helo", *v6}, {"helo_ipv4", *v4}}, .wording = "families"});
}

/// fcrdns-forward-extra-ips and dual-aaaa-undeclared say it of addresses that nobody declares.
bool is_said_elsewhere(const audit::AddressCase& c, const IpAddress& stranger) {
  return std::binary_search(c.targets.begin(), c.targets.end(), c.address.helo) ||
         (stranger.is_v6() && !has_family(audit::addresses_of(c.inventory, c.sender), false));
}

/// Its A and AAAA records have addresses from which mail leaves under another name, or none.
void judge_records(audit::AddressCase& c, audit::Findings& findings) {
  if (!dns::is_definite(c.ptr.outcome)) return;
  bool has_own = false;
  std::vector<IpAddress> others;
  for (const auto* fact : {c.helo, c.helo_other}) {
    const auto* set = fact != nullptr && dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
    if (set == nullptr) continue;
    for (const auto& rdata : set->rdata) {
      const auto ip = dns::address_in(rdata);
      if (!ip) continue;
      const auto* declared = c.inventory.find(*ip);
      const bool says_it = declared != nullptr && inventory::says_helo(*declared, c.address.helo);
      has_own = has_own || says_it;
      if (!says_it && (declared != nullptr || !is_said_elsewhere(c, *ip))) others.push_back(*ip);
    }
  }
  // Of a name that has none of its own, helo-ip-mismatch and others speak.
  if (!has_own || others.empty() || !is_host_name(c.address.helo)) return;
  std::sort(others.begin(), others.end());
  findings.add(about_helo(c, {.values = {{"helo", c.address.helo}, {"addresses", audit::list_of(others)}}}));
}

}  // namespace

void judge_helo_paths_differ(audit::AddressCase& c, audit::Findings& findings) {
  if (c.helo == nullptr || !c.address.first_with_helo) return;
  judge_families(c, findings);
  judge_records(c, findings);
}

}  // namespace rdnsgate::rules
