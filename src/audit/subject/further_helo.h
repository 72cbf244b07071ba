// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "audit/subject/address.h"
#include "audit/subject/sender.h"

namespace rdnsgate::audit {

/// A further HELO name of an address that several mail servers leave from. The rules that are judged for each HELO name
/// (Rule::each_helo) are judged on it, in the cases of its sender and its addresses; whatever else there is to say of
/// those is said where they have their first name.
struct FurtherAddressKind {
  using Cases = CaseList<>;
  using Judged = AddressKind::Cases;

  static constexpr TargetKind target = AddressKind::target;
  static std::span<const Address> items(const RunContext& run) { return run.inventory->further_addresses; }
  static std::string id(const Address& address) { return AddressKind::id(address); }
  static Span at(const Address& address) { return address.at; }
  /// It has findings of one rule and one target beside those of the other names.
  static std::string apart(const Address& address) { return address.helo.text(); }

  template <typename Judge>
  static void declared(const RunContext& run, const Address& address, const Judge& judge) {
    AddressKind::declared(run, address, judge);
  }
  /// An internal view is compared by the first name.
  template <typename Judge>
  static void read(const RunContext& run, const Address& address, bool internal, dns::FactDesk& desk,
                   const Judge& judge) {
    if (internal && run.inventory->internal_view_of(address) != nullptr) return;
    if (auto found = read_address(run, address, desk)) judge(*found);
  }
  static bool is_own(const RunContext&, const Address& address, const dns::Name& name, InventoryNames&) {
    return has_name(address, name);
  }
};

struct FurtherSenderKind {
  using Cases = CaseList<>;
  using Judged = SenderKind::Cases;

  static constexpr TargetKind target = SenderKind::target;
  static std::span<const inventory::FurtherHelo> items(const RunContext& run) {
    return run.inventory->further_helos;
  }
  static std::string id(const inventory::FurtherHelo& helo) { return helo.sender.name; }
  static Span at(const inventory::FurtherHelo& helo) { return helo.sender.helo_at; }
  static std::string apart(const inventory::FurtherHelo& helo) { return helo.sender.helo_text; }

  template <typename Judge>
  static void declared(const RunContext& run, const inventory::FurtherHelo& helo, const Judge& judge) {
    const auto addresses =
        std::span(run.inventory->further_addresses).subspan(helo.first_address, helo.address_count);
    const DeclaredSender c{run, *run.inventory, helo.sender, addresses};
    judge(c);
  }
};

}  // namespace rdnsgate::audit
