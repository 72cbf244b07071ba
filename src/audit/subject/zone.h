// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "audit/subject/inventory.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// A declared zone at one vantage.
struct ZoneCase {
  static constexpr Seen seen = Seen::holder;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::Zone& zone;
  dns::FactDesk& desk;
  const dns::Fact& soa;  ///< the answer to a question for the SOA record at its apex

  /// Both sides of its delegation, at an authoritative vantage; nullptr at any other, and where it is no
  /// zone.
  const dns::Delegation* delegation() const { return soa.delegation.get(); }
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }

  template <typename Visit>
  void for_each_fact(Basis, const Visit& visit) const {
    visit(soa);
  }
  /// A delegation is what its parents and its servers said themselves, and answers for itself.
  std::optional<Grounds> grounds(Basis basis) const;
};

/// As read_address() does.
std::optional<ZoneCase> read_zone(const RunContext& run, const inventory::Zone& zone, dns::FactDesk& desk);

struct ZoneKind {
  using Cases = CaseList<ZoneCase>;

  static constexpr TargetKind target = TargetKind::zone;
  static std::span<const inventory::Zone> items(const RunContext& run) { return run.inventory->zones; }
  static std::string id(const inventory::Zone& zone) { return zone.name.text(); }
  static Span at(const inventory::Zone& zone) { return zone.at; }

  template <typename Judge>
  static void read(const RunContext& run, const inventory::Zone& zone, bool, dns::FactDesk& desk,
                   const Judge& judge) {
    if (auto found = read_zone(run, zone, desk)) judge(*found);
  }
  /// What is retired, and what other zones are called, is asked in a zone too, and one that is swept for all it has.
  static bool is_own(const RunContext&, const inventory::Zone& zone, const dns::Name& name,
                     InventoryNames& names) {
    return name == zone.name || (zone.sweep && name.is_within(zone.name)) || names.contains(name);
  }

  static void mark(Change& change);
};

}  // namespace rdnsgate::audit
