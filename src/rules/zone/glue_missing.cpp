// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>
#include <unordered_set>

#include "rules/zone/estate_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;
using Kind = dns::ZoneReply::Kind;

/// Names on whose addresses somebody else decides.
std::unordered_set<std::string> open_names(const dns::ZoneFile& zone) {
  std::unordered_set<std::string> names;
  for (const auto& one : zone.open) {
    if (one.type == RrType{} || one.type == RrType::A || one.type == RrType::AAAA)
      names.insert(one.owner.wire());
  }
  return names;
}

bool has_glue(const dns::ZoneFile& zone, const Name& name) {
  return dns::set_at(zone, name, RrType::A) != nullptr || dns::set_at(zone, name, RrType::AAAA) != nullptr;
}

}  // namespace

void judge_zone_glue_missing(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) {
    const auto open = open_names(text.zone);
    for (const auto& record : text.records) {
      if (record.type != RrType::NS) continue;
      const auto target = target_of(record);
      if (!target || lacks_dot(text, record.type, *target)) continue;
      const auto reply = c.zones.look_up_in(text.zone, *target, RrType::A);
      // What is not delegated is answered, or is zone-target-without-address, or belongs to another zone.
      if (reply.kind != Kind::delegated || reply.set == nullptr || has_glue(text.zone, *target)) continue;
      if (open.contains(target->wire())) continue;
      const auto& cut = reply.set->owner;
      const bool own = record.owner == cut;
      audit::Args args{.values = {{"owner", record.owner}, {"name", *target}, {"cut", cut}},
                       .wording = own ? "" : "sibling",
                       .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
                       .at = audit::ZoneTextCase::at(record)};
      if (!own) args.severity = Severity::info;
      findings.add(std::move(args));
    }
  }
}

}  // namespace rdnsgate::rules
