// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {

using dns::Fault;

namespace {

Faults with_details(const std::vector<dns::Complaint>& complaints) {
  Faults faults;
  for (const auto& complaint : complaints) faults.add(explained(complaint), who(complaint));
  return faults;
}

}  // namespace

void judge_deleg_lame(audit::ZoneCase& c, audit::Findings& findings) {
  const auto complaints =
      complaints_of(c, {Fault::lame_refused, Fault::lame_servfail, Fault::lame_not_authoritative,
                        Fault::lame_upward_referral, Fault::referral_loop, Fault::malformed_reply});
  std::vector<dns::Complaint> lame;
  for (const auto& complaint : complaints) {
    // Whose SOA record was had holds the zone, whatever else it refers to.
    bool holds = false;
    each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
      holds = holds || (server.name == complaint.server && report.address == complaint.address);
    });
    if (!holds) lame.push_back(complaint);
  }
  say(findings, with_details(lame));
}

void judge_deleg_upward_referral(audit::ZoneCase& c, audit::Findings& findings) {
  say(findings, with_details(complaints_of(c, {Fault::lame_upward_referral})));
}

void judge_deleg_lookup_failed(audit::ZoneCase& c, audit::Findings& findings) {
  if (!c.soa.delegation_failure.empty())
    findings.inconclusive(c.soa, {.values = {{"failure", c.soa.delegation_failure}}});
  // Without a walk it is the zone's own NS records that are held against the declared ones.
  if (c.zone.name_servers.empty() || c.delegation() != nullptr || !dns::is_definite(c.soa.outcome)) return;
  const auto* ns = c.ask(c.zone.name, dns::RrType::NS);
  if (ns != nullptr && !dns::is_definite(ns->outcome)) findings.inconclusive(*ns);
}

}  // namespace rdnsgate::rules
