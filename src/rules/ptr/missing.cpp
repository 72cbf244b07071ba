// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/ptr/alias_chain.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {
namespace {

std::string_view word_for(dns::Outcome negative) {
  return negative == dns::Outcome::nxdomain ? "NXDOMAIN" : "NODATA";
}

}  // namespace

void judge_ptr_missing(audit::AddressCase& c, audit::Findings& findings) {
  // Without an SOA in the authority section nobody vouches for the denial (RFC 2308 §3).
  if (!dns::is_negative(c.ptr.outcome) || !c.ptr.soa) return;
  // An alias whose target does not exist is ptr-cname-dangling.
  if (c.ptr.outcome == dns::Outcome::nxdomain && !c.ptr.aliases().empty()) return;
  findings.add({.expected = c.address.ptr.is_root() ? "" : c.address.ptr.text(),
                .observed = fmt::format("{} for {}", word_for(c.ptr.outcome), c.reverse.text())});
}

void judge_ptr_lookup_failed(audit::AddressCase& c, audit::Findings& findings) {
  if (!dns::is_definite(c.ptr.outcome)) {
    // What the aliases did is known then, and ptr-cname-loop or ptr-cname-chain-too-long says it.
    if (!is_lost_in_aliases(c)) findings.inconclusive(c.ptr);
    return;
  }
  if (dns::is_negative(c.ptr.outcome) && !c.ptr.soa) {
    findings.inconclusive(c.ptr,
                          {.detail = fmt::format("PTR {}: {} without an SOA record, which proves nothing",
                                                 c.reverse.text(), word_for(c.ptr.outcome))});
  }
}

}  // namespace rdnsgate::rules
