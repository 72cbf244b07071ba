// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Whether the zone is signed, at every server, and whether its parent says so.
#include <fmt/format.h>

#include <algorithm>

#include "rules/deleg/cut_words.h"
#include "rules/dnssec/rules.h"
#include "rules/dnssec/words.h"
#include "rules/dnssec/zone_keys.h"

namespace rdnsgate::rules {

using dns::DsMatch;
using dns::Fault;

namespace {

std::optional<DsMatch> match_of(const audit::ZoneCase& c) {
  if (c.delegation() == nullptr) return std::nullopt;
  return dns::judge(c.delegation()->cut, c.delegation()->surroundings).dnssec;
}

std::vector<std::string> whom(const std::vector<dns::Complaint>& complaints) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints) items.push_back(who(complaint));
  return items;
}

/// A server that takes EDNS sees that signatures are wanted.
bool lacks_signatures(const dns::Exchange& exchange) {
  const auto& reply = exchange.reply;
  return reply.kind == dns::ReplyKind::answer && reply.authoritative && reply.edns &&
         reply.signatures.empty();
}

bool lacks_denial(const dns::Exchange& exchange) {
  const auto& reply = exchange.reply;
  const bool negative = reply.kind == dns::ReplyKind::nodata || reply.kind == dns::ReplyKind::nxdomain;
  return negative && reply.authoritative && reply.edns && !reply.denial;
}

}  // namespace

void judge_dnssec_bogus(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.soa.outcome != dns::Outcome::bogus && c.soa.security != dns::Security::bogus) return;
  // Each validator words it in its own way: what they have in common is that it is bogus.
  findings.add({.values = {{"reason", c.soa.reason}}, .wording = c.soa.reason.empty() ? "unexplained" : ""});
}

void judge_dnssec_ds_no_dnskey(audit::ZoneCase& c, audit::Findings& findings) {
  say(findings, "servers", whom(complaints_of(c, {Fault::ds_mismatch})));
}

void judge_dnssec_ds_unsigned_zone(audit::ZoneCase& c, audit::Findings& findings) {
  const auto complaints = complaints_of(c, {Fault::ds_without_dnskey});
  // Where one server has the keys, it is the others that are wrong: dnssec-missing-on-ns.
  if (!complaints.empty() && !has_keys(c.delegation()->cut)) say(findings, "servers", whom(complaints));
}

void judge_dnssec_island(audit::ZoneCase& c, audit::Findings& findings) {
  if (is_anchored(c)) return;
  const auto match = match_of(c);
  if ((match != DsMatch::island && match != DsMatch::unsigned_zone) || !has_keys(c.delegation()->cut)) return;
  findings.add({.values = {{"parent", c.delegation()->cut.parent}}});
}

void judge_dnssec_insecure(audit::ZoneCase& c, audit::Findings& findings) {
  if (match_of(c) == DsMatch::unsigned_zone && !has_keys(c.delegation()->cut)) findings.add();
}

void judge_dnssec_missing_on_ns(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr || !has_keys(c.delegation()->cut)) return;
  Faults faults;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    const auto at = who(server.name, report.address);
    const auto& dnskey = report.dnskey.reply;
    if (dnskey.kind == dns::ReplyKind::nodata && dnskey.authoritative) {
      faults.add(fmt::format(words::no_keys, at), at);
    } else if (lacks_signatures(report.soa()) || lacks_signatures(report.dnskey)) {
      faults.add(fmt::format(words::no_signatures, at), at);
    }
  });
  say(findings, faults);
}

void judge_dnssec_denial_broken(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::vector<std::string> items;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    // Without any signatures it is not the signed zone that is served there.
    if (keys_of(report).empty() || lacks_signatures(report.dnskey) || lacks_signatures(report.soa())) return;
    const auto& signing = report.signing;
    if (lacks_denial(signing.nsec3param) || lacks_denial(signing.cds) || lacks_denial(signing.cdnskey))
      items.push_back(who(server.name, report.address));
  });
  say(findings, "servers", items);
}

}  // namespace rdnsgate::rules
