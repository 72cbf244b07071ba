// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// TTLs that no zone may have. What a resolver hands out is of its own making, so that only who holds the zone
// counts.
#include "rules/ttl/records.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

void find(const audit::AddressCase& c, bool dns::Fact::*flaw, audit::Findings& findings) {
  std::vector<std::string> found;
  const auto is_flawed = [&](const dns::Fact& fact) { return fact.authoritative && fact.*flaw; };
  for (const auto& record : timed_records(c, is_flawed)) found.push_back(record.text());
  if (!found.empty()) findings.add({.values = {{"records", audit::whole_list(found)}}});
}

}  // namespace

void judge_ttl_rrset_differs(audit::AddressCase& c, audit::Findings& findings) {
  find(c, &dns::Fact::ttl_differs, findings);
}

void judge_ttl_out_of_range(audit::AddressCase& c, audit::Findings& findings) {
  find(c, &dns::Fact::ttl_out_of_range, findings);
}

}  // namespace rdnsgate::rules
