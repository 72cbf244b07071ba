// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/zone.h"

#include <algorithm>
#include <tuple>

namespace rdnsgate::audit {

std::optional<Grounds> ZoneCase::grounds(Basis basis) const {
  if (basis != Basis::delegation) return std::nullopt;
  Grounds grounds;
  grounds.answered = grounds.authoritative = grounds.has_source = grounds.from_asked = delegation() != nullptr;
  return grounds;
}

std::optional<ZoneCase> read_zone(const RunContext& run, const inventory::Zone& zone, dns::FactDesk& desk) {
  const dns::Fact* soa = desk.get(zone.name, dns::RrType::SOA);
  if (soa == nullptr) return std::nullopt;
  return ZoneCase{run, *run.inventory, zone, desk, *soa};
}

namespace {

/// What is retired may be anywhere below a zone.
bool is_retired_otherwise(const Change& change) {
  const auto& [before, now] = std::tie(change.before, change.now);
  return !std::equal(before.retired_addresses.begin(), before.retired_addresses.end(),
                     now.retired_addresses.begin(), now.retired_addresses.end(),
                     [](const auto& a, const auto& b) { return a.ip == b.ip; }) ||
         !std::equal(before.retired_names.begin(), before.retired_names.end(), now.retired_names.begin(),
                     now.retired_names.end(), [](const auto& a, const auto& b) { return a.name == b.name; });
}

}  // namespace

void ZoneKind::mark(Change& change) {
  const auto declared = [](const inventory::Zone& it) {
    return std::tie(it.name, it.managed_by, it.contact, it.name_servers, it.min_ttl, it.max_ttl,
                    it.publish_delay, it.checks_forward, it.sweep, it.file, it.owner);
  };
  const auto same = [&](const auto& a, const auto& b) { return declared(a) == declared(b); };
  // What a zone held that is no more belongs to another one now.
  mark_changed<ZoneKind>(change, same, [&](const inventory::Zone& zone) { change.zones.insert(zone.name); });
  auto& touched = change.touched.of(target);
  if (is_retired_otherwise(change)) std::fill(touched.begin(), touched.end(), 1);
}

}  // namespace rdnsgate::audit
