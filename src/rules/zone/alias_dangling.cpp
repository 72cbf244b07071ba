// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>

#include "rules/zone/given_zones.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

void judge_dangling(const audit::ZoneText& text, const GivenZones& zones, audit::Findings& findings) {
  for (const auto& record : text.records) {
    if (record.type != dns::RrType::CNAME) continue;
    const auto target = target_of(record);
    if (!target || !missing_dot(text.zone.origin, record.type, *target).empty()) continue;
    const auto end = zones.end_of(*target);
    if (zones.may_exist(end)) continue;
    findings.add({.values = {{"name", *target}, {"owner", record.owner}, {"end", end}},
                  .wording = end == *target ? "own" : "end",
                  .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
                  .at = Span{record.file, static_cast<std::uint32_t>(record.all.begin),
                             static_cast<std::uint32_t>(record.all.end)}});
  }
}

}  // namespace

void judge_zone_alias_dangling(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const GivenZones zones(c.texts);
  for (const auto& text : c.texts) judge_dangling(text, zones, findings);
}

}  // namespace rdnsgate::rules
