// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/denial.h"
#include "rules/dual/rules.h"
#include "rules/dual/stack.h"

namespace rdnsgate::rules {
namespace {

/// fcrdns-no-forward says it of a name in the PTR set; dual-v6-unmanaged where the PTR record is missing too.
bool is_said_elsewhere(const audit::AddressCase& c) {
  if (!dns::is_definite(c.ptr.outcome)) return true;
  if (std::binary_search(c.targets.begin(), c.targets.end(), c.address.helo)) return true;
  return c.address.ip.is_v6() && is_denied(c.ptr) && c.address.ptr == c.address.helo && is_dual_stack_host(c);
}

/// One AAAA or A record is missing, however many addresses of a pool want it. Looks at the sender's first
/// addresses only, so that a pool of any size costs the same for each.
bool is_first_of_family(const audit::AddressCase& c) {
  if (c.address.is_further) {
    const auto& all = c.inventory.further_addresses;
    for (const auto* at = &c.address; at != all.data(); --at) {
      const auto& before = *(at - 1);
      if (before.sender != at->sender || before.helo != c.address.helo) break;
      if (before.ip.is_v4() == c.address.ip.is_v4()) return false;
    }
    return true;
  }
  const auto count = std::min<std::size_t>(c.sender.address_count, audit::SenderCase::max_addresses);
  for (const auto& earlier : std::span(c.inventory.addresses).subspan(c.sender.first_address, count)) {
    if (&earlier == &c.address) return true;
    if (earlier.helo == c.address.helo && earlier.ip.is_v4() == c.address.ip.is_v4()) return false;
  }
  return true;
}

}  // namespace

void judge_dual_helo_single_family(audit::AddressCase& c, audit::Findings& findings) {
  if (c.helo == nullptr || !is_denied(*c.helo) || is_said_elsewhere(c) || !is_first_of_family(c)) return;
  const bool v4 = c.address.ip.is_v4();
  const auto* other = c.ask(c.address.helo, v4 ? dns::RrType::AAAA : dns::RrType::A);
  if (other == nullptr || !dns::is_positive(other->outcome)) return;
  findings.add({.values = {{"type", dns::to_string(c.forward_type())},
                           {"other_type", v4 ? "AAAA" : "A"},
                           {"helo", c.address.helo}}});
}

}  // namespace rdnsgate::rules
