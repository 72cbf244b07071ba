// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>

#include "dns/record_type.h"
#include "dns/references.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::RrType;

void judge_aliases(const audit::ZoneText& text, const dns::GivenZones& zones, audit::Findings& findings) {
  for (const auto& record : text.records) {
    if (record.type != RrType::NS && record.type != RrType::MX && record.type != dns::type_srv) continue;
    const auto target = target_of(record);
    const auto* alias = target ? zones.alias_of(*target) : nullptr;
    if (alias == nullptr || lacks_dot(text, record.type, *target)) continue;
    audit::Args args{.values = {{"name", *target},
                                {"type", dns::type_mnemonic(record.type)},
                                {"owner", record.owner},
                                {"alias_type", dns::type_mnemonic(alias->type)},
                                {"alias", alias->owner}},
                     .wording = alias->owner == *target ? "own" : "",
                     .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
                     .at = audit::ZoneTextCase::at(record)};
    // Mail and services get there nearly everywhere all the same; a zone with such a name server is not loaded.
    if (record.type != RrType::NS) args.severity = Severity::warning;
    findings.add(std::move(args));
  }
}

}  // namespace

void judge_zone_target_alias(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) judge_aliases(text, c.zones, findings);
}

}  // namespace rdnsgate::rules
