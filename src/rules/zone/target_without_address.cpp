// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <optional>
#include <vector>

#include "dns/record_type.h"
#include "dns/zone/vendor_records.h"
#include "rules/zone/address_runs.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

/// PTR records of addresses are told together where these stand beside each other.
std::optional<IpAddress> address_of(const dns::PlacedRecord& record) {
  if (record.type != dns::RrType::PTR) return std::nullopt;
  const auto ip = dns::address_of_reverse(record.owner);
  return ip ? std::optional(*ip) : std::nullopt;
}

audit::Args args_of(const audit::ZoneText& text, const dns::PlacedRecord& record) {
  return {.values = {{"name", *target_of(record)},
                     {"owner", record.owner},
                     {"type", dns::type_mnemonic(record.type)}},
          .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
          .at = audit::ZoneTextCase::at(record)};
}

void judge_targets(const audit::ZoneText& text, const dns::GivenZones& zones, audit::Findings& findings) {
  std::vector<AddressRecord> pointers;
  for (const auto& record : text.records) {
    if (record.type == dns::RrType::CNAME || record.type == dns::type_alias) continue;
    const auto target = target_of(record);
    // The root is the null MX (RFC 7505 §3), or says that there is no such service (RFC 2782).
    if (!target || target->is_root() || zones.may_have_address(*target)) continue;
    if (lacks_dot(text, record.type, *target)) continue;
    if (const auto ip = address_of(record)) {
      pointers.push_back({*ip, &text.zone, &record});
    } else {
      findings.add(args_of(text, record));
    }
  }
  for (const auto& run : runs_of(std::move(pointers))) {
    auto args = args_of(text, *run.first().record);
    if (run.records.size() > 1) {
      args.wording = "range";
      args.values.emplace_back("range", run.text());
      args.values.emplace_back("count", run.records.size());
    }
    findings.add(std::move(args));
  }
}

}  // namespace

void judge_zone_target_without_address(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) judge_targets(text, c.zones, findings);
}

}  // namespace rdnsgate::rules
