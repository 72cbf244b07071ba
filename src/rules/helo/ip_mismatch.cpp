// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/denial.h"
#include "rules/helo/rules.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

/// The name has an MX record and no address at all. One family alone is dual-helo-single-family.
bool has_mx_only(const audit::AddressCase& c) {
  if (!is_denied(*c.helo) || c.helo->outcome == dns::Outcome::nxdomain) return false;
  const auto* other = c.ask(c.address.helo, c.address.ip.is_v4() ? dns::RrType::AAAA : dns::RrType::A);
  if (other == nullptr || !is_denied(*other)) return false;
  const auto* mx = c.ask(c.address.helo, dns::RrType::MX);
  return mx != nullptr && dns::is_positive(mx->outcome);
}

}  // namespace

void judge_helo_ip_mismatch(audit::AddressCase& c, audit::Findings& findings) {
  if (c.helo == nullptr || !dns::is_definite(c.ptr.outcome)) return;
  // Of a name that is in the PTR set, fcrdns-mismatch and fcrdns-partial say the same.
  if (std::binary_search(c.targets.begin(), c.targets.end(), c.address.helo)) return;
  if (!is_host_name(c.address.helo)) return;
  audit::Args args{.values = {{"helo", c.address.helo}}};
  if (dns::is_positive(c.helo->outcome)) {
    const auto addresses = c.helo->addresses();
    if (std::binary_search(addresses.begin(), addresses.end(), c.address.ip)) return;
    args.values.emplace_back("addresses", audit::list_of(addresses));
  } else if (c.address.first_with_helo && has_mx_only(c)) {
    args.wording = "mx-only";  // which leads to no other host
    args.severity = Severity::warning;
  } else {
    return;
  }
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
