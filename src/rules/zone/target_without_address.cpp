// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>

#include "dns/record_type.h"
#include "rules/zone/given_zones.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

void judge_targets(const audit::ZoneText& text, const GivenZones& zones, audit::Findings& findings) {
  for (const auto& record : text.records) {
    if (record.type == dns::RrType::CNAME) continue;
    const auto target = target_of(record);
    // The root is the null MX (RFC 7505 §3), or says that there is no such service (RFC 2782).
    if (!target || target->is_root() || zones.may_have_address(*target)) continue;
    if (!missing_dot(text.zone.origin, record.type, *target).empty()) continue;
    findings.add(
        {.values = {{"name", *target}, {"owner", record.owner}, {"type", dns::type_mnemonic(record.type)}},
         .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
         .at = Span{record.file, static_cast<std::uint32_t>(record.all.begin),
                    static_cast<std::uint32_t>(record.all.end)}});
  }
}

}  // namespace

void judge_zone_target_without_address(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const GivenZones zones(c.texts);
  for (const auto& text : c.texts) judge_targets(text, zones, findings);
}

}  // namespace rdnsgate::rules
