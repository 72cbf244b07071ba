// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <set>

#include "dns/delegation/delegation_verdict.h"
#include "rules/dnssec/rules.h"
#include "rules/dnssec/zone_keys.h"

namespace rdnsgate::rules {
namespace {

/// Enough to see that somebody counts on DANE: the zone gets one finding, however many names have a record.
constexpr std::size_t most_names = 16;

/// The HELO names that the zone holds: those of hosts that may take mail in as well.
std::set<dns::Name> hosts_in(const audit::ZoneCase& c) {
  static const auto arpa = dns::Name::parse("arpa").value();
  std::set<dns::Name> names;
  if (c.zone.name.is_within(arpa)) return names;
  const auto add = [&](const dns::Name& helo) {
    if (helo.is_root() || !helo.is_within(c.zone.name) || names.size() == most_names) return;
    if (c.inventory.zone_of(helo) == &c.zone) names.insert(helo);
  };
  for (const auto& address : c.inventory.addresses) {
    add(address.helo);
    for (const auto& further : address.other_helos) add(further);
    if (names.size() == most_names) break;
  }
  return names;
}

}  // namespace

void judge_dnssec_tlsa_insecure(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr || is_anchored(c)) return;
  const auto match = dns::judge(c.delegation()->cut, c.delegation()->surroundings).dnssec;
  if (match != dns::DsMatch::unsigned_zone && match != dns::DsMatch::island) return;
  std::set<dns::Name> with_records;
  for (const auto& name : hosts_in(c)) {
    const auto owner = dns::Name::parse("_25._tcp." + name.text());
    if (!owner) continue;  // too long a name to have one
    // A question that fails leaves nothing open: no sender asks it of a zone that is not signed.
    const auto* fact = c.desk.probe(*owner, dns::RrType::TLSA);
    if (fact != nullptr && dns::is_positive(fact->outcome)) with_records.insert(name);
  }
  if (with_records.empty()) return;
  findings.add({.values = {{"names", audit::list_of(with_records)}}});
}

}  // namespace rdnsgate::rules
