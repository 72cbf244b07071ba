// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/glance.h"
#include "audit/subject/inventory.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

struct DeclaredAddress {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
  const Sender& sender;
  const Address& address;
};

/// The facts about one address at one vantage, read once for all rules.
struct AddressCase : DeclaredAddress {
  static constexpr Seen seen = Seen::answers;

  /// A name that the PTR set holds, and its A (for an IPv4 address) or AAAA answer.
  struct Forward {
    dns::Name name;
    const dns::Fact* fact;
    /// Definite, positive, and the address is in it.
    bool confirms;
  };

  dns::FactDesk& desk;
  dns::Name reverse;               ///< owner name of the PTR question
  const dns::Fact& ptr;            ///< its answer; test the outcome first
  std::vector<dns::Name> targets;  ///< the live PTR set, in canonical order; empty unless ptr is an answer
  std::vector<Forward> forward;    ///< of the first max_targets of them
  /// A or AAAA of the HELO name, in the family of this address, and in the other; nullptr where the inventory
  /// gives no HELO name. `helo_other` is asked only where the address is the first with this HELO name.
  const dns::Fact* helo = nullptr;
  const dns::Fact* helo_other = nullptr;

  /// RFC 7208 §4.6.4 lets a receiver look at no more than ten PTR names.
  static constexpr std::size_t max_targets = 10;

  /// One more question; nullptr until its answer is there, and then the rule is run again.
  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }
  /// One more, that may fail without leaving anything open.
  const dns::Fact* probe(const dns::Name& name, dns::RrType type) const { return desk.probe(name, type); }
  dns::RrType forward_type() const { return address.ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA; }

  template <typename Visit>
  void for_each_fact(Basis basis, const Visit& visit) const {
    if (basis == Basis::delegation) return;  // of zones alone
    const bool all = basis == Basis::everything || basis == Basis::times;
    if (basis != Basis::helo) visit(ptr);
    if (all || basis == Basis::forward) {
      for (const auto& name : forward) visit(*name.fact);
    }
    if (!all && basis != Basis::helo) return;
    for (const auto* fact : {helo, helo_other}) {
      if (fact != nullptr) visit(*fact);
    }
  }
};

/// An address of which the inventory says what an internal view has, at a vantage that sees one.
struct InternalCase : AddressCase {
  static constexpr Seen seen = Seen::inside;

  const inventory::InternalView& view;
};

/// Reads a case from what the desk has; nullopt, with the questions noted at the desk, while something that
/// every rule builds on is missing.
std::optional<AddressCase> read_address(const RunContext& run, const Address& address, dns::FactDesk& desk);

/// The name is one of its own: its PTR or HELO name, or the owner of its PTR record.
bool has_name(const Address& address, const dns::Name& name);

struct AddressKind {
  using Cases = CaseList<const DeclaredAddress, AddressCase, InternalCase>;

  static constexpr TargetKind target = TargetKind::address;
  static constexpr std::string_view plural = "addresses";
  static std::span<const Address> items(const RunContext& run) { return run.inventory->addresses; }
  static std::string id(const Address& address) { return address.ip.to_string(); }
  static Span at(const Address& address) { return address.at; }
  static const Address* find(const Inventory& inventory, const std::string& id);
  /// Its sender, and the declared zones that have its PTR record or one of its names.
  static std::vector<std::string> groups(const Inventory& inventory, const Address& address);

  template <typename Judge>
  static void declared(const RunContext& run, const Address& address, const Judge& judge) {
    const DeclaredAddress c{run, *run.inventory, run.inventory->sender_of(address), address};
    judge(c);
  }

  template <typename Judge>
  static void read(const RunContext& run, const Address& address, bool internal, dns::FactDesk& desk,
                   const Judge& judge) {
    auto found = read_address(run, address, desk);
    if (!found) return;
    const auto* view = internal ? run.inventory->internal_view_of(address) : nullptr;
    if (view == nullptr) return judge(*found);
    InternalCase inside{std::move(*found), *view};
    judge(inside);
  }
  static bool is_own(const RunContext&, const Address& address, const dns::Name& name, InventoryNames&) {
    return has_name(address, name);
  }
  /// The answers that say who the address is: PTR, its names' addresses, and those of the HELO name where the
  /// address is the first with it.
  static std::vector<Glance> glances(const AddressCase& c, bool own_walk);

  static void mark(Change& change);
  static void spread(Change& change);
};

}  // namespace rdnsgate::audit
