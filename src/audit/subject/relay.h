// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/inventory.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// Somebody else's servers at one vantage, by what the DNS says of them. Its rules ask for what they judge.
struct RelayCase {
  static constexpr Seen seen = Seen::answers;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::Relay& relay;
  dns::FactDesk& desk;

  /// nullptr until the answer is there, and then the rule is run again.
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }

  template <typename Visit>
  void for_each_fact(Basis, const Visit&) const {}
};

struct RelayKind {
  using Cases = CaseList<RelayCase>;

  static constexpr TargetKind target = TargetKind::relay;
  static std::span<const inventory::Relay> items(const RunContext& run) { return run.inventory->relays; }
  static std::string id(const inventory::Relay& relay) { return relay.name; }
  static Span at(const inventory::Relay& relay) { return relay.at; }

  template <typename Judge>
  static void read(const RunContext& run, const inventory::Relay& relay, bool, dns::FactDesk& desk,
                   const Judge& judge) {
    RelayCase c{run, *run.inventory, relay, desk};
    judge(c);
  }
  static bool is_own(const RunContext&, const inventory::Relay&, const dns::Name& name,
                     InventoryNames& names) {
    return names.contains(name);
  }

  static void mark(Change& change);
};

}  // namespace rdnsgate::audit
