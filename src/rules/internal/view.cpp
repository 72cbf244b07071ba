// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/denial.h"
#include "rules/internal/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::InternalCase;
using dns::Name;

/// A name that the address is to have inside, and the answer for it.
struct Wanted {
  const Name& name;
  const dns::Fact& fact;
  bool is_ptr;
};

/// The declared PTR name, once the PTR set has it (else that is what is wrong), and the HELO name where it is
/// another.
std::vector<Wanted> wanted_names(const InternalCase& c) {
  std::vector<Wanted> all;
  for (const auto& forward : c.forward) {
    if (forward.name == c.view.ptr) all.push_back({c.view.ptr, *forward.fact, true});
  }
  if (c.helo != nullptr && c.address.first_with_helo_inside && c.address.helo != c.view.ptr)
    all.push_back({c.address.helo, *c.helo, false});
  return all;
}

}  // namespace

void judge_internal_ptr_mismatch(InternalCase& c, audit::Findings& findings) {
  if (is_unknown(c.ptr) || (c.view.ptr.is_root() && !c.view.no_ptr)) return;
  const bool is_right = c.view.no_ptr
                            ? is_denied(c.ptr)
                            : dns::is_positive(c.ptr.outcome) && c.targets == std::vector{c.view.ptr};
  if (is_right) return;
  findings.add({.values = {{"ptr", c.view.no_ptr ? "" : c.view.ptr.text()},
                           {"names", audit::list_of(c.targets)},
                           {"denial", dns::is_positive(c.ptr.outcome) ? "" : audit::describe_denial(c.ptr)}},
                .wording = c.view.no_ptr ? "none" : "",
                .at = c.view.at});
}

void judge_internal_address_mismatch(InternalCase& c, audit::Findings& findings) {
  for (const auto& wanted : wanted_names(c)) {
    const auto* expected = c.inventory.name_inside(wanted.name, c.address.ip.is_v6());
    if (expected == nullptr || is_unknown(wanted.fact)) continue;
    const auto live = wanted.fact.addresses();
    // Who calls itself by a name of the outside is often not in the internal zone at all.
    if (live == expected->inside || (!wanted.is_ptr && live == expected->outside)) continue;
    findings.add({.values = {{"declared", audit::list_of(expected->inside)},
                             {"addresses", audit::list_of(live)},
                             {"denial", live.empty() ? audit::describe_records(wanted.fact) : ""},
                             {"type", dns::to_string(c.forward_type())},
                             {"name", wanted.name}},
                  .at = c.view.at});
  }
}

void judge_internal_lookup_failed(InternalCase& c, audit::Findings& findings) {
  if (is_unknown(c.ptr)) return say_unknown(findings, c.ptr);
  for (const auto& wanted : wanted_names(c)) {
    if (is_unknown(wanted.fact)) return say_unknown(findings, wanted.fact);
  }
}

}  // namespace rdnsgate::rules
