// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/alias_chain.h"
#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"

namespace rdnsgate::rules {

void judge_ptr_missing(audit::AddressCase& c, audit::Findings& findings) {
  // Without an SOA in the authority section nobody vouches for the denial (RFC 2308 §3).
  if (!dns::is_negative(c.ptr.outcome) || !c.ptr.soa) return;
  // An alias whose target does not exist is ptr-cname-dangling.
  if (c.ptr.outcome == dns::Outcome::nxdomain && !c.ptr.aliases().empty()) return;
  findings.add({.values = {{"ptr", declared_text(c)},
                           {"denial", c.ptr.outcome == dns::Outcome::nxdomain ? "NXDOMAIN" : "NODATA"},
                           {"reverse", c.reverse}}});
}

void judge_ptr_lookup_failed(audit::AddressCase& c, audit::Findings& findings) {
  if (is_about_other_owner(c.ptr)) return;
  if (!dns::is_definite(c.ptr.outcome)) {
    // What the aliases did is known then, and ptr-cname-loop or ptr-cname-chain-too-long says it.
    if (!is_lost_in_aliases(c)) findings.inconclusive(c.ptr);
    return;
  }
  if (dns::is_negative(c.ptr.outcome) && !c.ptr.soa) findings.inconclusive(c.ptr);
}

}  // namespace rdnsgate::rules
