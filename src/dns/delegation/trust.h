// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "dns/delegation/delegation.h"
#include "dns/dnssec/flaw.h"

namespace rdnsgate::dns {

/// Keys that are trusted without a DS record at the parent (RFC 4035 §4.4), by the zone that has them.
struct TrustAnchors {
  struct Anchor {
    std::vector<std::string> ds, keys;  ///< data of DS and DNSKEY records: each names a key
    bool operator==(const Anchor&) const = default;
  };
  std::map<Name, Anchor> zones;

  const Anchor* of(const Name& zone) const {
    const auto found = zones.find(zone);
    return found == zones.end() ? nullptr : &found->second;
  }
};

/// What a validator makes of a zone's keys (RFC 4035 §5.2).
struct Trust {
  enum class State : std::uint8_t {
    unknown,   ///< a lookup on the way failed
    insecure,  ///< unsigned, or a zone above it is, or in a way that cannot be computed here
    secure,
    /// There are DS records, or a trust anchor, and no server has keys that fit them; or what the parent
    /// says of DS records is not proven.
    broken,
  } state = State::unknown;
  std::vector<std::string> keys;  ///< of `secure`: data of DNSKEY records
  std::string why;                ///< of `broken`
  /// Servers whose DS records (of the parent) or DNSKEY records do not validate, beside others whose do. A
  /// validator that asks one of the others notices nothing.
  std::vector<Unproven> unproven;

  bool operator==(const Trust&) const = default;
};

std::string_view to_string(Trust::State state);

/// The signatures over the parent's DS records, or the proof that there is none, and over the DNSKEY records
/// are verified, as far as the walk kept the messages. A zone with an anchor needs no parent. Without any
/// anchors the root's keys are trusted that sign each other; with some, what is below none of them counts as
/// unsigned.
Trust trust_of(const Cut& cut, const Trust& parent, const TrustAnchors& anchors, Time now);

/// Along the cuts of a walk, from the root down to `zone`; unknown where one of them is missing. `known` has
/// the results for cuts that were judged before, and gets the others.
Trust trust_of(const std::vector<Cut>& cuts, const Name& zone, const TrustAnchors& anchors, Time now,
               std::map<Name, Trust>& known);

/// What validators refuse of the zone's own records at its apex, server for server: all that chain_broken
/// concerns, or else SOA and DNSKEY records and the parent's DS records whose signatures do not hold.
std::vector<Unproven> unproven_apex(const Cut& cut, const Trust& trust, Time now);

/// The data of the zone's DS records, from what the servers of its parent said.
std::vector<std::string> ds_records(const Cut& cut);

}  // namespace rdnsgate::dns
