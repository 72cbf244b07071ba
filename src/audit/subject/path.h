// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/inventory.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

struct DeclaredPath {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::MailPath& path;
  const inventory::Domain& domain;
  const Sender* sender;                ///< nullptr: the mail leaves through a relay
  const inventory::Relay* relay;       ///< nullptr: through a sender
  std::span<const Address> addresses;  ///< the sender's
};

/// Mail of one domain through one sender or relay, at one vantage. Its rules ask for what they judge: its findings
/// stand on that.
struct PathCase : DeclaredPath {
  static constexpr Seen seen = Seen::answers;

  dns::FactDesk& desk;

  /// nullptr until the answer is there, and then the rule is run again.
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }

  template <typename Visit>
  void for_each_fact(Basis, const Visit&) const {}
};

struct PathKind {
  using Cases = CaseList<const DeclaredPath, PathCase>;

  static constexpr TargetKind target = TargetKind::path;
  static std::span<const inventory::MailPath> items(const RunContext& run) { return run.inventory->paths; }
  static std::string id(const inventory::MailPath& path) { return path.id; }
  static Span at(const inventory::MailPath& path) { return path.at; }
  /// Its domain, and its sender or relay.
  static std::vector<std::string> groups(const Inventory& inventory, const inventory::MailPath& path);

  template <typename Judge>
  static void declared(const RunContext& run, const inventory::MailPath& path, const Judge& judge) {
    const DeclaredPath c = declared_path(run, path);
    judge(c);
  }
  template <typename Judge>
  static void read(const RunContext& run, const inventory::MailPath& path, bool, dns::FactDesk& desk,
                   const Judge& judge) {
    PathCase c{declared_path(run, path), desk};
    judge(c);
  }
  static bool is_own(const RunContext& run, const inventory::MailPath& path, const dns::Name& name,
                     InventoryNames& names) {
    return name.is_within(run.inventory->domain_of(path).name) || names.contains(name);
  }

  static void mark(Change& change);
  static void spread(Change& change);

 private:
  static DeclaredPath declared_path(const RunContext& run, const inventory::MailPath& path);
};

}  // namespace rdnsgate::audit
