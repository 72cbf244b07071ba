// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string_view>

#include "dns/zone/vendor_records.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

void judge_alias(const audit::ZoneText& text, const dns::GivenZones& zones, std::string_view type,
                 const dns::Name& owner, const dns::Name& target, Span at, audit::Findings& findings) {
  const auto end = zones.end_of(target);
  if (!end || zones.may_exist(*end)) return;
  findings.add({.values = {{"name", target}, {"owner", owner}, {"end", *end}, {"type", type}},
                .wording = *end == target ? "own" : "end",
                .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
                .at = at});
}

void judge_dangling(const audit::ZoneText& text, const dns::GivenZones& zones, audit::Findings& findings) {
  for (const auto& record : text.records) {
    if (record.type != dns::RrType::CNAME && record.type != dns::type_alias) continue;
    const auto target = target_of(record);
    if (!target || lacks_dot(text, record.type, *target)) continue;
    const bool is_alias = record.type == dns::type_alias;
    judge_alias(text, zones, is_alias ? "ALIAS" : "CNAME", record.owner, *target,
                audit::ZoneTextCase::at(record), findings);
  }
}

}  // namespace

void judge_zone_alias_dangling(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) judge_dangling(text, c.zones, findings);
}

}  // namespace rdnsgate::rules
