// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {

void judge_helo_cname(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.address.first_with_helo) return;
  for (const auto* fact : {c.helo, c.helo_other}) {
    if (fact == nullptr || !dns::is_definite(fact->outcome)) continue;
    for (const auto& alias : fact->aliases()) {
      if (alias.owner != c.address.helo) continue;
      return findings.add(
          about_helo(c, {.values = {{"helo", c.address.helo}, {"alias_target", alias.target}}}));
    }
  }
}

}  // namespace rdnsgate::rules
