// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "dns/facts/fact.h"
#include "plan/plan.h"
#include "plan/plan_options.h"

namespace rdnsgate::plan {

using dns::Fact;
using inventory::Inventory;

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// A zone in which something may have to change.
struct ZoneState {
  Name name;
  const inventory::Zone* declared =
      nullptr;             ///< nullptr: the inventory doesn't know it, its apex was seen in the DNS
  bool from_base = false;  ///< `declared` is the earlier inventory's
  std::optional<Version> soa;
  std::uint32_t negative_ttl = 0;  ///< seconds; RFC 2308 §5
  std::string origin;              ///< where the negative TTL comes from
  std::string problem;             ///< why there is no SOA; empty where there is one
};

/// An RRset as it was found.
struct RRsetState {
  Name owner;  ///< behind aliases
  RrType type{};
  std::size_t zone = none;
  bool alias = false;       ///< the name asked is an alias of `owner`
  bool delegation = false;  ///< NS records by which `zone` delegates `owner`
  MaybeVersion live;
  /// What a wildcard gives at names beside it that have nothing of their own, and whether `live` is that:
  /// then there is no RRset of this name. Of RRsets that find_wildcards() of wildcards.h has looked at.
  MaybeVersion wildcard;
  bool made_up = false;
  /// The name has nothing of its own, of this type or another: `made_up` is true of some RRset of its.
  bool bare = false;
  bool counts_down = false;      ///< its TTL is what was left of it in a cache
  std::uint32_t cached_ttl = 0;  ///< what caches may keep of `live`: its TTL, or more where that counts down
  std::string origin;
  std::string problem;  ///< why its value is not known; empty where it is
  bool outside = false;  ///< because no zone file holds it, and nobody else was to be asked
};

/// One path that mail takes out: an address with its names, old and new.
struct Path {
  IpAddress ip;
  const inventory::Address* now = nullptr;   ///< nullptr: retired
  const inventory::Address* base = nullptr;  ///< nullptr: new, or there is no earlier inventory
  std::string sender;
  std::size_t ptr_set = none;
  std::vector<Name> live_ptr;
  /// Where the inventory declares a zone for the address's block (RFC 2317) and the reverse name does not
  /// lead there: the alias at the reverse name, and the PTR that it is to lead to. Else both none.
  std::size_t alias_set = none, block_set = none;

  /// Why nothing of it is planned; empty where all is known that it takes.
  std::string left_out{};
  /// Its PTR record is in a zone that no zone file holds, and nobody else was to be asked: what its names need
  /// in the zones at hand is added all the same.
  bool adds = false;

  /// Listed under `retired`, and no earlier inventory says what it was: the DNS is all that is known of it.
  bool only_listed() const { return now == nullptr && base == nullptr; }
};

/// A zone whose name servers are declared, seen from both sides of its delegation.
struct DelegationState {
  const inventory::Zone* zone = nullptr;
  std::size_t own_set = none, parent_set = none;  ///< NS records of the zone, and of its parent
  bool is_signed = false;                         ///< the parent has a DS record
  std::vector<Name> holders;  ///< declared servers that nobody names yet and that hold the zone all the same
};

/// Everything that the planner knows about the world before the first change.
struct Picture {
  std::vector<ZoneState> zones;
  std::vector<RRsetState> sets;
  std::vector<Path> paths;
  std::vector<DelegationState> delegations;
  std::vector<LeftOut> unknown;       ///< names that are retired and could not be looked up
  std::vector<std::string> notes;     ///< what is left as it is, and why
  /// By declared domain: the TXT RRsets of `sets` whose SPF records its own one takes in, itself among them.
  std::map<Name, std::vector<std::size_t>> spf_records;
  /// By name of an SPF record: who takes it in, of the zones that lie before us whole.
  std::map<Name, std::vector<Name>> spf_takers;
  std::vector<const Fact*> facts;  ///< those it was drawn from, in the order of questions; the asker's

  /// The RRset behind a name that was asked; `none` where it was not.
  std::size_t find(const Name& name, RrType type) const;
  /// The same RRset where it was asked for by its own name: several aliases may lead to one.
  std::size_t behind(std::size_t set) const;
  /// What was asked for SPF records' sake in zones that are not ours; nullptr where it was not.
  const Fact* find_theirs(const Name& name, RrType type) const;
  std::unordered_map<std::string, std::size_t> set_index;   ///< type and name asked → sets
  std::unordered_map<std::string, std::size_t> zone_index;  ///< apex → zones
  std::unordered_map<std::string, const Fact*> theirs;      ///< type and name asked → the answer
};

/// Answers from what is known, or notes the question and returns nullptr. Facts outlive the picture.
using Asker = std::function<const Fact*(const Name&, RrType)>;

/// What `set_index` and `theirs` of a picture find an RRset by.
std::string picture_key(const Name& name, RrType type);

RrType forward_type(const IpAddress& ip);

/// `s2027._domainkey.example.com` (RFC 6376 §3.6.2.1); the root where that is no name.
Name key_owner(const std::string& selector, const Name& domain);

}  // namespace rdnsgate::plan
