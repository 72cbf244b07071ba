// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/given_zones.h"
#include "rules/zone/practice_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {

void judge_zone_dname_delegated(const audit::ZoneTextCase& c, audit::Findings& findings) {
  Places places(c.text);
  for (const auto& set : c.text.zone.rrsets) {
    if (set.type != dns::RrType::DNAME || set.owner == c.text.zone.origin) continue;
    if (dns::set_at(c.text.zone, set.owner, dns::RrType::NS) == nullptr) continue;
    findings.add({.values = {{"owner", set.owner}}, .at = places.of(set.owner, set.type)});
  }
}

}  // namespace rdnsgate::rules
