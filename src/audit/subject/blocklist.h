// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/address.h"
#include "audit/subject/domain.h"

namespace rdnsgate::audit {

/// A list of addresses or names at one vantage. Its rules ask for what they judge: whether the list works, and what of
/// the inventory stands on it.
struct BlocklistCase {
  static constexpr Seen seen = Seen::answers;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::Blocklist& list;
  dns::FactDesk& desk;

  /// nullptr until the answer is there, and then the rule is run again.
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }
  /// One more, that may fail without leaving anything open.
  const dns::Fact* probe(const dns::Name& name, dns::RrType type) const { return desk.probe(name, type); }
  /// Of a run that judges a change alone, what that touches.
  bool is_judged(const Address& address) const {
    return audit::is_judged<AddressKind>(run, index_in<AddressKind>(inventory, address));
  }
  bool is_judged(const inventory::Domain& domain) const {
    return audit::is_judged<DomainKind>(run, index_in<DomainKind>(inventory, domain));
  }

  template <typename Visit>
  void for_each_fact(Basis, const Visit&) const {}
};

/// A list that somebody configured. Findings about what stands on it have that for their target.
struct BlocklistKind {
  using Cases = CaseList<BlocklistCase>;

  static constexpr TargetKind target = TargetKind::blocklist;
  static std::span<const inventory::Blocklist> items(const RunContext& run) {
    return run.inventory->blocklists;
  }
  static std::string id(const inventory::Blocklist& list) { return list.zone.text(); }
  static Span at(const inventory::Blocklist& list) { return list.at; }

  template <typename Judge>
  static void read(const RunContext& run, const inventory::Blocklist& list, bool internal,
                   dns::FactDesk& desk, const Judge& judge) {
    if (internal) return;  // what an internal view has of a list is no news about the world
    BlocklistCase c{run, *run.inventory, list, desk};
    judge(c);
  }
  static bool is_own(const RunContext&, const inventory::Blocklist& list, const dns::Name& name,
                     InventoryNames&) {
    return name.is_within(list.zone);
  }

  static void mark(Change& change);
  /// What is touched is looked up in all lists.
  static void spread(Change& change);
};

}  // namespace rdnsgate::audit
