// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/address_ranges.h"
#include "base/ip.h"
#include "dns/name.h"

// What is known of an estate that has no inventory yet, wherever it was learnt.
namespace rdnsgate::draft {

struct Host {
  std::vector<dns::Name> ptr;             ///< its PTR names; the first is declared
  std::optional<dns::Name> helo;          ///< nullopt: not known, and taken to be the PTR name
  std::optional<dns::Name> reverse_zone;  ///< where its PTR record is, if that is known
  std::string sender, owner;              ///< as a source gives them, or empty; foreign text
  /// Why it is not declared; foreign text. Where there is no PTR name this is not empty.
  std::string left_out;
  bool unasked = false;  ///< its PTR record is not looked up
};

struct Zone {
  dns::Name name;
  std::string managed_by;  ///< a word of the inventory's, or empty where nobody said
  std::string file;        ///< or empty
};

/// What somebody else's part of an SPF record is called.
struct Relay {
  std::string name;
  std::string spf;                  ///< `include:spf.relay.example`
  std::vector<std::string> dkim{};       ///< selectors at which the domain has a record
  std::vector<AddressRange> published{};  ///< all the addresses that its term lets through, where that is known
  /// Of a well-known relay: what it says of itself.
  std::string documentation{}, helo{};
  std::vector<std::string> mail_from{};
};

/// What a DMARC record asks for.
struct Dmarc {
  std::string policy;
  std::vector<std::string> rua;  ///< foreign text
};

struct Domain {
  dns::Name name;
  std::vector<IpAddress> addresses;  ///< that its SPF record names itself
  std::vector<Relay> relays;
  std::string spf_all;         ///< fail, softfail, neutral or pass; empty where the record says none of it
  std::optional<Dmarc> dmarc;  ///< of its own
  std::vector<std::string> notes;  ///< what of it no inventory can say; foreign text
};

struct Estate {
  std::map<IpAddress, Host> hosts;
  std::vector<Zone> zones;
  std::vector<Domain> domains;
  std::vector<std::string> notes;  ///< for the head of the file; foreign text
  std::size_t failed_lookups = 0;  ///< what the DNS did not answer one way or the other

  /// The zone of those known that the name is in; nullptr where it is in none.
  const Zone* zone_of(const dns::Name& name) const;
  /// Of a zone that is known already, what nobody said yet.
  void add_zone(Zone zone);
};

/// Where zones of a branch of the DNS are known (in-addr.arpa, ip6.arpa, all other names), an inventory may
/// have no name outside of them: adds a guess for each that is, by its /24, its /64 or its parent, with a
/// note.
void add_missing_zones(Estate& estate);

/// The reverse zone that is most likely an address's: of the /24 it is in, or of the /64.
dns::Name likely_reverse_zone(const IpAddress& ip);

}  // namespace rdnsgate::draft
