// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "plan/forecast.h"
#include "plan/goals/goals.h"
#include "plan/simulate/cache_crowd.h"

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
  std::size_t ended_by = none;  ///< the act
};

/// What is done at one moment: a phase is carried out, or rolled back.
struct Act {
  std::size_t phase = 0;
  bool back = false;
  Moment start = 0;
  std::span<const Step> steps;
  std::span<const Manual> manual;
};

/// The world before the first change, and what is to become of it. Any number of courses begin there.
class Scene {
 public:
  Scene(const Inventory& now, const Inventory* base, const World& world);
  Scene(const Scene&) = delete;  // the picture points into it
  Scene& operator=(const Scene&) = delete;

  const Inventory& now;
  const Inventory* base;
  const World& world;
  Picture picture;
  Goals goals;

 private:
  std::deque<Fact> facts_;
};

/// When all of the plan is done, and seen everywhere.
Moment end_of(const Plan& plan, const Climate& climate);

/// What comes into use, or goes out of it.
ServiceKind kind_of(HostAction action);

Stretch common(const Stretch& a, const Stretch& b);
bool is_empty(const Stretch& stretch);

/// What happens when a plan is carried out in a climate: when each name server gives out which version, what
/// caches hold of it and for how long, what hosts do and when. Nothing of it is judged here.
class Course {
 public:
  /// `turn`: the plan is broken off there, and rolled back phase by phase: each as soon as the one after it
  /// is, and its rollback_wait is over. Without, it is carried out to its end.
  Course(const Scene& scene, const Plan& plan, const Climate& climate,
         const std::optional<TurningPoint>& turn = std::nullopt);
  Course(const Course&) = delete;  // timelines point into it
  Course& operator=(const Course&) = delete;

  const Plan& plan;
  const Climate& climate;
  const Picture& picture;
  std::vector<Act> acts;  ///< in their order; without a turn, one for each phase
  std::map<TrackKey, Track> tracks;
  std::map<Name, NegativeTtl> negative;
  std::vector<std::vector<Use>> uses;  ///< by path, in their order
  const std::vector<Service>& services;
  std::vector<std::vector<Use>> service_uses;  ///< by service, in their order
  std::size_t fetches = 0;                     ///< that caches made

  Moment start(std::size_t act) const { return acts[act].start; }
  /// The RRset behind a name; nullptr where nobody asked for it, as in zones that are not ours.
  const Track* track_of(const Name& name, RrType type) const;
  /// The SPF record that lists the relay, or the key's record; nullptr for a name server.
  const Track* track_of(const Service& service) const;

 private:
  void take_acts(const std::optional<TurningPoint>& turn);
  const Switch& transfer(std::size_t act, const Name& zone);
  Moment publish_delay(const Name& zone) const;
  void take_zones();
  void take_steps();
  static void add(Track& track, const MaybeVersion& version, Moment ttl);
  void take_hosts();
  void take_services(std::size_t act, const Manual& manual);

  const Scene& scene_;
  Draw draw_;
  CacheCrowd crowd_;
  std::map<std::pair<Name, std::size_t>, Switch> transfers_;  ///< by zone and act
  std::map<std::pair<Name, std::size_t>, Moment> arrived_;    ///< by zone and server: the latest transfer
};

}  // namespace rdnsgate::plan
