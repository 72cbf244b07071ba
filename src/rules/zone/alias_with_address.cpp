// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>
#include <unordered_set>

#include "dns/zone/vendor_records.h"
#include "rules/zone/practice_rules.h"

namespace rdnsgate::rules {

void judge_zone_alias_with_address(const audit::ZoneTextCase& c, audit::Findings& findings) {
  std::unordered_set<std::string> aliases;
  for (const auto& record : c.text.records) {
    if (record.type == dns::type_alias) aliases.insert(record.owner.wire());
  }
  if (aliases.empty()) return;
  for (const auto& record : c.text.records) {
    const bool is_address = record.type == dns::RrType::A || record.type == dns::RrType::AAAA;
    // Once for each name.
    if (!is_address || aliases.erase(record.owner.wire()) == 0) continue;
    audit::Args args{.values = {{"owner", record.owner}}, .at = c.at(record)};
    if (c.text.octodns) args.severity = Severity::error;  // octoDNS refuses the zone
    findings.add(std::move(args));
  }
}

}  // namespace rdnsgate::rules
