// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <unordered_set>

#include "rules/zone/practice_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {

void judge_zone_name_server_single(const audit::ZoneTextCase& c, audit::Findings& findings) {
  std::unordered_set<std::string> open;
  for (const auto& one : c.text.zone.open) {
    if (one.type == dns::RrType::NS) open.insert(one.owner.wire());
  }
  Places places(c.text);
  for (const auto& set : c.text.zone.rrsets) {
    if (set.type != dns::RrType::NS || set.rdata.size() > 1 || open.contains(set.owner.wire())) continue;
    const auto server = dns::name_in(set.rdata.front());
    const bool own = set.owner == c.text.zone.origin;
    audit::Args args{.values = {{"owner", set.owner}, {"server", server ? server->text() : ""}},
                     .wording = own ? "" : "delegation",
                     .at = places.of(set.owner, set.type)};
    if (!own) args.severity = Severity::info;
    findings.add(std::move(args));
  }
}

}  // namespace rdnsgate::rules
