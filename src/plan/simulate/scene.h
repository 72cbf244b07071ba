// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dns/facts/fact.h"
#include "plan/plan_options.h"
#include "plan/simulate/track.h"

namespace rdnsgate::plan {

using dns::Fact;
using inventory::Inventory;

/// The world before the first change. It is read from the two inventories and the facts, and from nothing
/// that the planner made of them: an error there must not deceive whoever proves its plans. Any number of
/// courses begin here.
class Scene {
 public:
  Scene(const Inventory& now, const Inventory* base, const World& world);
  Scene(const Scene&) = delete;  // its tracks are pointed into
  Scene& operator=(const Scene&) = delete;

  /// An address that mail leaves from, left from, or is to leave from.
  struct Path {
    IpAddress ip;
    std::string sender;       ///< empty where only the list of retired addresses has it
    bool is_sending = false;  ///< before the first change
    Name helo;                ///< what the host says then; the root where it says none, or nobody knows
    /// What further mail servers behind it say, all the time: those that are declared, and those that were and are not
    /// retired.
    std::vector<Name> other_helos{};
  };
  enum class ServiceKind : std::uint8_t {
    relay,   ///< by a domain whose SPF record lists it
    key,     ///< by a domain whose mail it signs (DKIM)
    server,  ///< by a zone that is delegated to it
  };
  /// What is relied on beside addresses.
  struct Service {
    Name domain;       ///< or the zone
    std::string name;  ///< the relay's, the selector, or the name server's
    ServiceKind kind{};
    bool is_in_use = false;  ///< before the first change
    std::string terms{};     ///< what SPF records list of a relay; empty where only its addresses are declared
    std::vector<Prefix> addresses{};  ///< that a relay is declared to send from
  };
  /// An RRset as it was found.
  struct Standing {
    TrackKey key;
    bool is_known = false;  ///< there is a definite answer
    Track track;            ///< of one version: what it is if nothing happens to it
    const MaybeVersion& version() const { return track.versions.front(); }
  };

  const Inventory& now;
  const Inventory* const base;
  const World& world;
  std::vector<Path> paths;
  std::vector<Service> services;

  /// The RRset behind a name; nullptr where nobody asked for it.
  const Standing* find(const Name& name, RrType type) const;
  /// This very RRset.
  const Standing* at(const TrackKey& key) const;
  /// The apex of the zone that the RRset lies in; nullopt where no fact shows one.
  std::optional<Name> zone_of(const TrackKey& key) const;
  /// Seconds for which a denial by the zone is kept (RFC 2308 §5).
  Moment negative_ttl(const Name& zone) const;
  /// Seconds from an edit of the zone until its servers begin to get it.
  Moment publish_delay(const Name& zone) const;
  /// What a wildcard gives beside the name (RFC 4592); nullopt where none is known.
  MaybeVersion wildcard_beside(const Name& name, RrType type) const;
  /// The name has nothing of its own: a wildcard answers for it.
  bool is_made_up(const Name& name) const { return made_up_.contains(name); }

 private:
  struct Apex {
    Name name;
    Moment negative_ttl = 0;
  };

  void take(const Fact& fact);
  void take_zone(const Fact& fact);
  void take_delegation(const Fact& fact);
  Standing& put(const TrackKey& key, bool is_known, MaybeVersion version);
  std::uint32_t kept_ttl(const Fact& fact, const dns::RRset& set) const;
  void find_paths();
  void add_path(const IpAddress& ip, const std::string& sender);
  std::vector<Name> others_of(const IpAddress& ip) const;
  void find_services();
  void find_relays(const inventory::Domain& domain, const inventory::Domain* before);
  void find_keys(const inventory::Domain& domain, const inventory::Domain* before);
  void find_servers(const inventory::Zone& zone);
  std::vector<Name> pointers_of(const IpAddress& ip) const;
  bool resolves(const Name& name, const IpAddress& ip) const;
  void find_made_up();

  std::deque<Standing> standings_;
  std::unordered_map<TrackKey, std::size_t, TrackKeyHash> index_;  ///< by what was asked, and by what it led to
  std::unordered_map<Name, Apex> apexes_;                  ///< by the name whose SOA record was asked for
  std::unordered_map<Name, Moment> negative_;              ///< by apex
  std::unordered_set<Name> made_up_;
};

/// The type of its addresses' records.
RrType address_type(const IpAddress& ip);

}  // namespace rdnsgate::plan
