// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dnssec/rules.h"

namespace rdnsgate::rules {

void judge_dnssec_chain_gap(audit::AddressCase& c, audit::Findings& findings) {
  if (!dns::is_positive(c.ptr.outcome) || c.ptr.security != dns::Security::secure) return;
  std::vector<dns::Name> insecure;
  for (const auto& forward : c.forward) {
    const auto& fact = *forward.fact;
    if (dns::is_definite(fact.outcome) && fact.security == dns::Security::insecure)
      insecure.push_back(forward.name);
  }
  if (insecure.empty()) return;
  findings.add({.values = {{"names", audit::list_of(insecure)}}});
}

}  // namespace rdnsgate::rules
