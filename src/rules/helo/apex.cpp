// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/denial.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {
namespace {

/// The SOA of a negative answer stands at the apex of the zone that gave it (RFC 2308 §3).
bool shows_apex(const dns::Fact* fact, const dns::Name& name) {
  return fact != nullptr && is_denied(*fact) && fact->soa->owner == name;
}

}  // namespace

void judge_helo_apex(audit::AddressCase& c, audit::Findings& findings) {
  const dns::Name& helo = c.address.helo;
  if (!c.address.first_with_helo || helo.is_root()) return;
  const auto* zone = c.inventory.zone_of(helo);
  const bool declared = zone != nullptr && zone->name == helo;
  if (!declared && !shows_apex(c.helo, helo) && !shows_apex(c.helo_other, helo)) return;
  findings.add(about_helo(c, {.values = {{"helo", helo}}}));
}

}  // namespace rdnsgate::rules
