// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/inventory.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// A domain at one vantage. Its rules ask for what they judge: its findings stand on that.
struct DomainCase {
  static constexpr Seen seen = Seen::answers;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::Domain& domain;
  dns::FactDesk& desk;

  /// nullptr until the answer is there, and then the rule is run again.
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }
  /// One more, that may fail without leaving anything open.
  const dns::Fact* probe(const dns::Name& name, dns::RrType type) const { return desk.probe(name, type); }

  template <typename Visit>
  void for_each_fact(Basis, const Visit&) const {}
};

/// A domain that mail is sent from.
struct DomainKind {
  using Cases = CaseList<DomainCase>;

  static constexpr TargetKind target = TargetKind::domain;
  static std::span<const inventory::Domain> items(const RunContext& run) { return run.inventory->domains; }
  static std::string id(const inventory::Domain& domain) { return domain.name.text(); }
  static Span at(const inventory::Domain& domain) { return domain.at; }

  template <typename Judge>
  static void read(const RunContext& run, const inventory::Domain& domain, bool, dns::FactDesk& desk,
                   const Judge& judge) {
    DomainCase c{run, *run.inventory, domain, desk};
    judge(c);
  }
  /// What is published below it is its own.
  static bool is_own(const RunContext&, const inventory::Domain& domain, const dns::Name& name,
                     InventoryNames& names) {
    return name.is_within(domain.name) || names.contains(name);
  }

  static void mark(Change& change);
  static void spread(Change& change);
};

}  // namespace rdnsgate::audit
