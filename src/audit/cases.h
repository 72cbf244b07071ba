// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/seen.h"
#include "dns/facts/fact_store.h"
#include "dns/zone/zone_file.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

using inventory::Address;
using inventory::Inventory;
using inventory::Sender;

class AsTable;   // audit/as_table.h
struct Touched;  // audit/touched.h

/// A zone as files have it, for the rules that judge the files themselves.
struct ZoneText {
  dns::ZoneFile zone;
  FileId file{};
  std::vector<dns::PlacedRecord> records;  ///< in the file's order; none of a zone in octoDNS's format
  std::optional<dns::ZoneFile> earlier;    ///< as it was before the change; nullopt where that is not known
};

/// What every rule may know of the run.
struct RunContext {
  const Inventory* inventory = nullptr;
  Time now{};
  const AsTable* as_table = nullptr;       ///< what the inventory configures; else nullptr
  const Inventory* earlier = nullptr;      ///< as it was before the change; nullptr: not known
  std::span<const ZoneText> zone_texts{};  ///< the files that are judged as files
  const Touched* touched = nullptr;        ///< nothing else is judged; nullptr: everything is
};

struct InventoryCase {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
};

/// The inventory beside what it was.
struct SuccessionCase {
  static constexpr Seen seen = Seen::earlier;

  const RunContext& run;
  const Inventory& inventory;
  const Inventory& earlier;
};

struct ZoneTextCase {
  static constexpr Seen seen = Seen::texts;

  const RunContext& run;
  const Inventory& inventory;
  const ZoneText& text;

  Span at(const dns::TextRange& range) const {
    return {text.file, static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)};
  }
};

/// All zone files that were given: one may speak of another.
struct ZoneTextsCase {
  static constexpr Seen seen = Seen::texts;

  const RunContext& run;
  const Inventory& inventory;
  std::span<const ZoneText> texts;
};

struct DeclaredAddress {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
  const Sender& sender;
  const Address& address;
};

struct DeclaredSender {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
  const Sender& sender;
  std::span<const Address> addresses;
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
};

/// An address of which the inventory says what an internal view has, at a vantage that sees one.
struct InternalCase : AddressCase {
  static constexpr Seen seen = Seen::inside;

  const inventory::InternalView& view;
};

/// The PTR answers of one sender's addresses at one vantage. Read only for senders of up to max_addresses:
/// more is a pool, and what is compared here is said of hosts.
struct SenderCase : DeclaredSender {
  static constexpr Seen seen = Seen::answers;

  dns::FactDesk& desk;
  std::vector<const dns::Fact*> ptr;  ///< beside `addresses`, index for index

  static constexpr std::size_t max_addresses = 16;

  const dns::Fact* ask(const dns::Name& name, dns::RrType type) const { return desk.get(name, type); }
};

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
};

/// Reads a case from what the desk has; nullopt, with the questions noted at the desk, while something that
/// every rule builds on is missing.
std::optional<AddressCase> read_address(const RunContext& run, const Address& address, dns::FactDesk& desk);
std::optional<SenderCase> read_sender(const RunContext& run, const Sender& sender, dns::FactDesk& desk);
std::optional<ZoneCase> read_zone(const RunContext& run, const inventory::Zone& zone, dns::FactDesk& desk);

}  // namespace rdnsgate::audit
