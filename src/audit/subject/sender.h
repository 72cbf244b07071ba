// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/subject/address.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

struct DeclaredSender {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
  const Sender& sender;
  std::span<const Address> addresses;
};

/// The PTR answers of one sender's addresses at one vantage. Read only for senders of up to max_addresses:
/// more is a pool, and what is compared here is said of hosts.
struct SenderCase : DeclaredSender {
  static constexpr Seen seen = Seen::answers;

  dns::FactDesk& desk;
  std::vector<const dns::Fact*> ptr;  ///< beside `addresses`, index for index

  static constexpr std::size_t max_addresses = 16;

  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }

  template <typename Visit>
  void for_each_fact(Basis, const Visit& visit) const {
    for (const auto* fact : ptr) visit(*fact);
  }
};

std::span<const Address> addresses_of(const Inventory& inventory, const Sender& sender);

/// As read_address() does.
std::optional<SenderCase> read_sender(const RunContext& run, const Sender& sender, dns::FactDesk& desk);

struct SenderKind {
  using Cases = CaseList<const DeclaredSender, SenderCase>;

  static constexpr TargetKind target = TargetKind::sender;
  static std::span<const Sender> items(const RunContext& run) { return run.inventory->senders; }
  static std::string id(const Sender& sender) { return sender.name; }
  static Span at(const Sender& sender) { return sender.at; }
  /// The zone of its HELO name.
  static std::vector<std::string> groups(const Inventory& inventory, const Sender& sender);

  template <typename Judge>
  static void declared(const RunContext& run, const Sender& sender, const Judge& judge) {
    const DeclaredSender c{run, *run.inventory, sender, addresses_of(*run.inventory, sender)};
    judge(c);
  }

  /// Its addresses are compared with each other.
  static bool is_asked(const Sender& sender) {
    return sender.address_count > 1 && sender.address_count <= SenderCase::max_addresses;
  }
  template <typename Judge>
  static void read(const RunContext& run, const Sender& sender, bool internal, dns::FactDesk& desk,
                   const Judge& judge) {
    // They are compared by what the world sees of them.
    if (internal && has_internal_view(*run.inventory, sender)) return;
    if (auto found = read_sender(run, sender, desk)) judge(*found);
  }
  static bool is_own(const RunContext& run, const Sender& sender, const dns::Name& name, InventoryNames&);

  static void mark(Change& change);

 private:
  static bool has_internal_view(const Inventory& inventory, const Sender& sender);
};

}  // namespace rdnsgate::audit
