// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>
#include <vector>

#include "rules/zone/practice_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

/// Its TTL is the zone's business, and not that of the name.
bool counts(dns::RrType type) {
  using enum dns::RrType;
  return type != SOA && type != RRSIG && type != NSEC && type != NSEC3 && type != DS && type != DNSKEY;
}

}  // namespace

void judge_zone_ttl_differs_at_name(const audit::ZoneTextCase& c, audit::Findings& findings) {
  std::vector<dns::Name> names;
  const dns::RRset* first = nullptr;  // of the name
  const dns::RRset* shown = nullptr;
  Places places(c.text);
  for (const auto& set : c.text.zone.rrsets) {
    if (!counts(set.type)) continue;
    if (first == nullptr || first->owner != set.owner) {
      first = &set;
    } else if (first->ttl != set.ttl && (names.empty() || names.back() != set.owner)) {
      names.push_back(set.owner);
      if (shown == nullptr) shown = &set;
    }
  }
  if (shown == nullptr) return;
  findings.add({.values = {{"names", audit::list_of(names)}, {"count", names.size()}},
                .at = places.of(shown->owner, shown->type)});
}

}  // namespace rdnsgate::rules
