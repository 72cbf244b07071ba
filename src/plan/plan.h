// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/change_window.h"
#include "base/duration.h"
#include "base/ip.h"
#include "base/timestamp.h"
#include "dns/rrset.h"
#include "inventory/model/model.h"

namespace rdnsgate::plan {

using dns::Name;
using dns::RrType;
using inventory::ManagedBy;

/// One value of an RRset: `rdata` in wire format, sorted, each once. An RRset that is not there has none:
/// absence is a version too, but what caches keep of it is the zone's negative TTL.
struct Version {
  std::uint32_t ttl = 0;  ///< seconds
  std::vector<std::string> rdata;
  bool operator==(const Version&) const = default;
};
using MaybeVersion = std::optional<Version>;

inline bool has(const MaybeVersion& version, const std::string& rdata) {
  return version && std::binary_search(version->rdata.begin(), version->rdata.end(), rdata);
}

/// NS records that delegate `owner` away from the zone, and not those of the zone itself.
inline bool is_delegation(const Name& zone, const Name& owner, RrType type) {
  return type == RrType::NS && owner != zone;
}

/// Replaces one RRset of one zone, in one transaction.
struct Step {
  Name zone;
  ManagedBy managed_by = ManagedBy::ticket;
  std::string contact;  ///< who holds the zone, as the inventory has it
  Name owner;
  RrType type{};
  MaybeVersion before, after;
  std::string by_hand;  ///< why no script can carry it out; empty for the ordinary case
  /// What a wildcard gives at names beside it that have nothing of their own (RFC 4592): where `before` or
  /// `after` is none, servers show this or nothing, by what else the name has. None without a wildcard.
  MaybeVersion wildcard{};
};

enum class HostAction : std::uint8_t {
  switch_helo,
  start_egress,
  stop_egress,
  start_relay,
  stop_relay,
  switch_dkim,
  start_serving,
  stop_serving,
};
std::string_view to_string(HostAction action);

/// Something that is done to a host, or to how a domain's mail leaves, not to records.
struct Manual {
  std::string sender;  ///< of relays and DKIM: the domain; of name servers: the zone
  std::string text;
  HostAction action{};
  std::vector<IpAddress> addresses;
  Name helo;  ///< the HELO name afterwards; the root where the host says none, or stops
  /// Relays, DKIM selectors or name servers that come into use, and go out of it.
  std::vector<std::string> starts, stops;
};

/// What every name server of the zone shows once a phase is done.
struct Check {
  Name zone, owner;
  RrType type{};
  MaybeVersion expect;
};

/// Mail of a domain that SPF lets through from these addresses, whatever else is under way.
struct SpfPass {
  Name domain;
  std::vector<IpAddress> addresses;
};

/// One part of a wait. `origin`: `default`, `declared at inventory.yaml:12`, `observed at 192.0.2.53#53`.
struct Term {
  std::string name;
  seconds value{};
  std::string origin;
  bool operator==(const Term&) const = default;
};

/// The longest of the waits of a phase's changes; its terms add up to `total`.
struct Wait {
  seconds total{};
  std::vector<Term> terms;
  /// How much later than `propagation` the last name server may show a change at worst: no NOTIFY arrives
  /// (RFC 1996), and the first look after the zone's refresh fails, so that it looks again after its retry
  /// (RFC 1035 §3.3.13). The most of all changes of the phase.
  std::optional<Term> late;
};

/// Changes that may be made at the same time. Phases with the same `starts_after` don't depend on each other.
struct Phase {
  std::string id;          ///< `add-forward`; a second one of the same kind is `add-forward-2`
  seconds starts_after{};  ///< since the first change, at the earliest
  seconds worst_after{};   ///< and at worst, where every wait before it begins as late as it may
  std::vector<Step> steps;
  std::vector<Manual> manual;
  std::vector<Check> verify;
  Wait wait;
  std::vector<Step> rollback;
  std::vector<Manual> rollback_manual;
  /// A plan is rolled back phase by phase, the last one that was begun first: how long to wait once this one
  /// is, before the one before it is. No terms where nothing has to be waited for.
  Wait rollback_wait;
  unsigned wave = 0, waves = 0;  ///< which of how many waves of its kind, from 1; 0 where it is not cut
  /// Of addresses that begin to send with it, and of those that send and whose authorisation rests on what it changes.
  std::vector<SpfPass> spf{};
};

/// What a plan does not touch, because something that it would stand on is not known.
struct LeftOut {
  enum class Kind : std::uint8_t { address, name, domain, zone } kind = Kind::address;
  std::string id;      ///< the address, name, domain or zone
  std::string sender;  ///< of an address, where it has one
  std::string reason;  ///< `10.2.0.192.in-addr.arpa PTR: timeout`; may be foreign text
  bool adds = false;   ///< what it adds to names is planned all the same, and nothing else
  bool operator==(const LeftOut&) const = default;
};
std::string_view to_string(LeftOut::Kind kind);
std::optional<LeftOut::Kind> parse_left_out(std::string_view text);
/// In lines for people, what is alike as one: `240 addresses, 192.0.2.1 to 192.0.2.240 (pool): PTR: timeout`.
std::vector<std::string> left_out_lines(const std::vector<LeftOut>& all);

/// Mail of a domain from an address of which SPF will not say what it should, or of which nobody knows.
struct SpfOpen {
  enum class State : std::uint8_t {
    still_passes,    ///< the address is retired, and the record lets it through in the end
    may_still_pass,  ///< the same, as far as it is known
    does_not_pass,   ///< it sends, and the record does not let it through, today as in the end
    unproven,        ///< it sends, and whether the record lets it through depends on something unknown
  } state = State::unproven;
  Name domain;
  IpAddress ip;
  std::string sender;  ///< empty where only the list of retired addresses has it
  std::string record;  ///< the name of the SPF record whose term decides; empty where none does
  std::string term;    ///< that term; foreign text
  std::string reason;  ///< for people; may be foreign text
  bool operator==(const SpfOpen&) const = default;
};
std::string_view to_string(SpfOpen::State state);
std::optional<SpfOpen::State> parse_spf_open(std::string_view text);
/// In sentences for people, what is alike as one.
std::vector<std::string> spf_open_lines(const std::vector<SpfOpen>& all);

/// The way from what the DNS says to what the inventory declares, in an order in which no declared path is
/// ever broken, whatever mix of old and new the caches hold. No phases: nothing is to be done.
struct Plan {
  std::string id;  ///< short hash of what is to be done; stable across runs over the same facts
  std::string inventory_path, inventory_sha256;
  std::string base_sha256;  ///< empty without an earlier inventory
  std::string facts_sha256;
  Time facts_taken_at{};              ///< no fact is older
  std::vector<ChangeWindow> windows;  ///< when steps may be taken; empty for any time
  std::vector<Phase> phases;
  seconds total{};
  seconds worst_total{};         ///< the same at worst
  seconds cheap_return_until{};  ///< up to here, going back costs no more than one low TTL
  seconds exposure{};            ///< of changes made all at once: how long paths may be broken; else 0
  std::size_t changes = 0;       ///< steps in all phases
  std::vector<std::string> beyond_limits{};  ///< what is more than was allowed; no part of the document
  /// Uses of names that it takes addresses away from all the same, as it was told to: `imap.example CNAME`.
  std::vector<std::string> despite{};
  std::map<Name, std::string> owners{};  ///< of zones that are managed by ticket: who of us writes the letter
  std::vector<std::string> notes;   ///< what the plan leaves alone and why, and what it takes for granted
  std::vector<LeftOut> left_out{};  ///< sorted by kind and id, addresses by number
  std::vector<SpfOpen> spf_open{};  ///< sorted by domain, state and address; `notes` has them in words
};

}  // namespace rdnsgate::plan
