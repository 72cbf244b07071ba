// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "audit/subject/address.h"
#include "rules/denial.h"
#include "rules/mx/hosts.h"
#include "rules/mx/rules.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

/// Whether the PTR name of somebody else's mail host is confirmed is nothing that we could change.
bool is_own_mail_host(const audit::DomainCase& c, const dns::Name& host) {
  return host.is_within(c.domain.name) || c.inventory.zone_of(host) != nullptr;
}

enum class Confirmed { yes, no, unknown };

/// Asked in passing: where one of the questions fails, nothing follows.
Confirmed is_confirmed(const audit::DomainCase& c, const dns::Fact& ptr, const IpAddress& ip) {
  if (is_denied(ptr)) return Confirmed::no;
  if (!dns::is_positive(ptr.outcome)) return Confirmed::unknown;
  auto names = ptr.targets();
  if (names.size() > audit::AddressCase::max_targets) return Confirmed::unknown;
  auto confirmed = Confirmed::no;
  for (const auto& name : names) {
    const auto* forward = c.probe(name, ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA);
    if (forward == nullptr || is_unknown(*forward)) {
      confirmed = Confirmed::unknown;
      continue;
    }
    const auto all = forward->addresses();
    if (dns::is_positive(forward->outcome) && std::find(all.begin(), all.end(), ip) != all.end())
      return Confirmed::yes;
  }
  return confirmed;
}

}  // namespace

void judge_mx_ptr(audit::DomainCase& c, audit::Findings& findings) {
  const auto hosts = mail_hosts(c);
  if (!hosts) return;
  for (const auto& host : hosts->names) {
    if (!is_own_mail_host(c, host) || literal_in(host, c.domain.name)) continue;
    for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) {
      const auto* addresses = c.probe(host, type);
      if (addresses == nullptr || !dns::is_positive(addresses->outcome)) continue;
      const auto all = addresses->addresses();
      if (all.size() > most_mail_hosts) continue;
      for (const auto& ip : all) {
        // Of an address that is declared fcrdns-* say it, and a private one has no public PTR record.
        if (is_declared(c.inventory, ip) || is_private(ip)) continue;
        const auto* ptr = c.probe(dns::reverse_name(ip), dns::RrType::PTR);
        if (ptr == nullptr || is_confirmed(c, *ptr, ip) != Confirmed::no) continue;
        c.ask(dns::reverse_name(ip), dns::RrType::PTR);  // the finding stands on it, a denial as well
        findings.add({.values = {{"host", host}, {"address", ip}, {"names", audit::list_of(ptr->targets())}},
                      .wording = is_denied(*ptr) ? "none" : ""});
      }
    }
  }
}

}  // namespace rdnsgate::rules
