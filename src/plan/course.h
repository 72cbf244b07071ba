// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "plan/cache_crowd.h"
#include "plan/goals.h"

namespace rdnsgate::plan {

/// An RRset with all that it is in the course of the plan.
struct Track {
  std::vector<MaybeVersion> versions;
  Timeline timeline;
  Held held;
};

/// Which RRset: of the same name and type the NS records of a zone and those of its delegation.
struct TrackKey {
  Name owner;
  RrType type{};
  bool delegation = false;
  bool operator<(const TrackKey& other) const {
    return std::tie(owner, type, delegation) < std::tie(other.owner, other.type, other.delegation);
  }
};

/// What a host says, or that a service is relied on, and from when to when it may be.
struct Use {
  Name helo;
  Stretch time;
  std::size_t ended_by = none;  ///< the phase
};

Stretch common(const Stretch& a, const Stretch& b);
bool is_empty(const Stretch& stretch);
bool has(const MaybeVersion& version, const std::string& rdata);

/// What happens when a plan is carried out in a climate: when each name server gives out which version, what
/// caches hold of it and for how long, what hosts do and when. Nothing of it is judged here.
class Course {
 public:
  Course(const Inventory& now, const Inventory* base, const World& world, const Plan& plan,
         const Climate& climate);
  Course(const Course&) = delete;  // timelines point into it
  Course& operator=(const Course&) = delete;

  const Plan& plan;
  const Climate& climate;
  Picture picture;
  std::map<TrackKey, Track> tracks;
  std::map<Name, NegativeTtl> negative;
  std::vector<std::vector<Use>> uses;  ///< by path
  std::vector<Service> services;
  std::vector<Use> service_uses;  ///< of what is never used, an empty stretch
  std::size_t fetches = 0;        ///< that caches made

  Moment start(std::size_t phase) const { return plan.phases[phase].starts_after.count(); }
  /// The RRset behind a name; nullptr where nobody asked for it, as in zones that are not ours.
  const Track* track_of(const Name& name, RrType type) const;
  /// The SPF record that lists the relay, or the key's record; nullptr for a name server.
  const Track* track_of(const Service& service) const;

 private:
  const Switch& transfer(std::size_t phase, const Name& zone);
  Moment publish_delay(const Name& zone) const;
  void take_zones();
  void take_steps();
  static void add(Track& track, const MaybeVersion& version, Moment ttl);
  void take_hosts();
  void take_services(std::size_t phase, const Manual& manual);

  const Inventory& now_;
  const Inventory* base_;
  Draw draw_;
  CacheCrowd crowd_;
  std::deque<Fact> facts_;
  std::map<std::pair<Name, std::size_t>, Switch> transfers_;  ///< by zone and phase
  std::map<std::pair<Name, std::size_t>, Moment> arrived_;    ///< by zone and server: the latest transfer
};

}  // namespace rdnsgate::plan
