// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/denial.h"
#include "rules/mx/hosts.h"
#include "rules/mx/rules.h"

namespace rdnsgate::rules {
namespace {

/// The first question without a usable answer on the way to the domain's mail hosts; nullptr where there is
/// none, or one is still missing.
const dns::Fact* first_failure(const audit::DomainCase& c) {
  const auto* mx = c.ask(c.domain.name, dns::RrType::MX);
  if (mx == nullptr) return nullptr;
  if (is_unknown(*mx)) return mx;
  const auto hosts = mail_hosts(c);
  if (!hosts) return nullptr;
  const dns::Fact* first = nullptr;
  for (const auto& host : hosts->names) {
    const auto literal = literal_in(host, c.domain.name);
    if (literal && !literal->is_appended) continue;  // nobody asks for it
    const auto addresses = addresses_of(c, host);
    if (addresses && first == nullptr) first = open_question(*addresses);
  }
  return first;
}

}  // namespace

void judge_mailfrom_no_mx(audit::DomainCase& c, audit::Findings& findings) {
  if (c.domain.via.empty()) return;  // no mail is sent from it
  const auto* mx = c.ask(c.domain.name, dns::RrType::MX);
  if (mx == nullptr || !is_denied(*mx)) return;
  if (mx->outcome == dns::Outcome::nxdomain) return findings.add({.wording = "nxdomain"});
  const auto own = addresses_of(c, c.domain.name);
  if (own && has_none(*own)) findings.add({.wording = "nodata"});
}

void judge_mx_lookup_failed(audit::DomainCase& c, audit::Findings& findings) {
  if (const auto* fact = first_failure(c)) say_unknown(findings, *fact);
}

}  // namespace rdnsgate::rules
