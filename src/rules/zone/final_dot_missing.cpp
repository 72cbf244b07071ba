// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>

#include "dns/record_type.h"
#include "rules/zone/rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

/// The name without the origin at its end.
std::string meant(const dns::Name& name, const dns::Name& origin) {
  auto text = name.text();
  text.resize(text.size() - std::min(text.size(), origin.text().size()));
  return text.empty() ? origin.fqdn() : text;
}

/// Of a name with the origin behind it twice what octoDNS has for the owner that was meant.
std::string relative_name(const dns::Name& name, const dns::Name& origin) {
  auto text = name.text();
  const auto ends = 2 * (origin.text().size() + 1);
  text.resize(text.size() - std::min(text.size(), ends));
  return text.empty() ? "''" : text;
}

}  // namespace

void judge_zone_final_dot_missing(const audit::ZoneTextCase& c, audit::Findings& findings) {
  const dns::Name& origin = c.text.zone.origin;
  const auto look_at = [&](const dns::PlacedRecord& record, dns::RrType type, const dns::Name& name,
                           const dns::Name* points_at, const dns::TextRange& at) {
    const auto why = missing_dot(origin, type, name);
    if (why.empty()) return;
    const bool relative = c.text.octodns;
    audit::Args args{.values = {{"name", relative ? relative_name(name, origin) : meant(name, origin)},
                                {"owner", record.owner}},
                     .wording = relative ? "relative" : why,
                     .at = c.at(record, at)};
    if (points_at != nullptr) {
      args.values.emplace_back("type", dns::type_mnemonic(type));
      args.values.emplace_back("points_at", *points_at);
    }
    findings.add(std::move(args));
  };
  const dns::Name* before = nullptr;
  for (const auto& record : c.text.records) {
    // The owner of several records is said once.
    if (before == nullptr || *before != record.owner)
      look_at(record, dns::RrType{}, record.owner, nullptr, record.all);
    before = &record.owner;
    if (c.text.octodns) continue;  // it refuses targets without the dot
    for (const auto& [name, at] : names_of(record)) look_at(record, record.type, name, &name, at);
  }
}

}  // namespace rdnsgate::rules
