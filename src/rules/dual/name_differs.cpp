// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <set>

#include "rules/dual/rules.h"
#include "rules/dual/stack.h"

namespace rdnsgate::rules {
namespace {

/// Addresses under one HELO name are one host; a pool whose members have names of their own is not.
bool is_one_host(const audit::SenderCase& c) {
  if (!is_dual_stack_host(c.addresses) || c.addresses.front().helo.is_root()) return false;
  return std::all_of(c.addresses.begin(), c.addresses.end(),
                     [&](const auto& address) { return address.helo == c.addresses.front().helo; });
}

}  // namespace

void judge_dual_name_differs(audit::SenderCase& c, audit::Findings& findings) {
  if (!is_one_host(c)) return;
  std::set<dns::Name> v4, v6;
  for (std::size_t i = 0; i < c.ptr.size(); ++i) {
    if (!dns::is_definite(c.ptr[i]->outcome)) return;
    const auto targets = c.ptr[i]->targets();
    const auto& declared = c.addresses[i].ptr;
    // Another name than the declared one is ptr-mismatch, and its cure cures this.
    const bool as_declared =
        declared.is_root() || std::find(targets.begin(), targets.end(), declared) != targets.end();
    if (!targets.empty() && !as_declared) return;
    (c.addresses[i].ip.is_v4() ? v4 : v6).insert(targets.begin(), targets.end());
  }
  if (v4.empty() || v6.empty()) return;
  if (std::any_of(v4.begin(), v4.end(), [&](const dns::Name& name) { return v6.contains(name); })) return;
  findings.add({.values = {{"names_ipv4", audit::list_of(v4)}, {"names_ipv6", audit::list_of(v6)}}});
}

}  // namespace rdnsgate::rules
