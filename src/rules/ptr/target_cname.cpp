// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"

namespace rdnsgate::rules {
namespace {

/// Names that are to stay: a foreign name is ptr-mismatch or ptr-extra, and its alias goes with it. That the
/// HELO name is an alias is helo-cname.
bool is_judged(const audit::AddressCase& c, const dns::Name& name) {
  const bool stays = c.address.ptr.is_root() || c.address.ptr == name;
  return stays && name != c.address.helo;
}

}  // namespace

void judge_ptr_target_cname(audit::AddressCase& c, audit::Findings& findings) {
  for (const auto& forward : c.forward) {
    if (!is_judged(c, forward.name) || !dns::is_positive(forward.fact->outcome)) continue;
    const auto aliases = forward.fact->aliases();
    if (aliases.empty() || aliases.front().owner != forward.name) continue;
    findings.add({.values = {{"name", forward.name},
                             {"alias_target", aliases.back().target},
                             {"type", dns::to_string(c.forward_type())}}});
    return;
  }
}

}  // namespace rdnsgate::rules
