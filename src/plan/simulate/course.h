// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/forecast.h"
#include "plan/simulate/scene.h"

namespace rdnsgate::plan {

/// What a host says, or that a service is relied on, and from when to when it may be.
struct Use {
  Name helo;
  Stretch time;
  std::optional<std::size_t> ended_by{};  ///< the act
};

/// What is done at one moment: a phase is carried out, or rolled back.
struct Act {
  std::size_t phase = 0;
  bool back = false;
  Moment start = 0;
  std::span<const Step> steps;
  std::span<const Manual> manual;
};

/// A step that finds something else than it expects.
struct Astray {
  std::size_t act = 0;
  const Step* step = nullptr;
};

/// When all of the plan is done, and seen everywhere.
Moment end_of(const Plan& plan, const Climate& climate);

/// What comes into use, or goes out of it.
Scene::ServiceKind kind_of(HostAction action);

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
  std::vector<Act> acts;  ///< in their order; without a turn, one for each phase
  using Tracks = std::unordered_map<TrackKey, Track, TrackKeyHash>;
  Tracks tracks;                              ///< of what changes
  std::vector<Tracks::value_type*> in_order;  ///< the same, by their keys
  std::map<Name, NegativeTtl> negative;
  std::vector<std::vector<Use>> uses;          ///< by path of the scene, in their order
  std::vector<std::vector<Use>> service_uses;  ///< by service of the scene, in their order
  std::vector<Astray> astray;
  std::size_t fetches = 0;  ///< that caches made

  Moment start(std::size_t act) const { return acts[act].start; }
  /// The RRset behind a name; nullptr where nobody asked for it, as in zones that are not ours.
  const Track* track_of(const Name& name, RrType type) const;
  /// This very RRset.
  const Track* track_of(const TrackKey& key) const;
  /// The same where something happens to it.
  const Track* changing(const Name& name, RrType type) const;
  /// The key's record; nullptr for what no single record has.
  const Track* track_of(const Scene::Service& service) const;

 private:
  void take_acts(const std::optional<TurningPoint>& turn);
  const Switch& transfer(std::size_t act, const Name& zone);
  void take_zones();
  void take_steps(std::size_t act);
  void check(std::size_t act, const Step& step);
  void heed_wildcard(std::size_t act, const Step& step);
  const MaybeVersion& found_before(const TrackKey& key, const Step& step) const;
  bool has_nothing(const Name& owner) const;
  void change(std::size_t act, const Step& step, const TrackKey& key, const MaybeVersion& version,
              Moment ttl);
  void take_hosts();
  void take_services(std::size_t act, const Manual& manual);

  const Scene& scene_;
  Draw draw_;
  CacheCrowd crowd_;
  std::vector<std::unordered_map<Name, Switch>> transfers_;  ///< by act and zone
  std::unordered_map<Name, std::vector<Moment>> arrived_;    ///< by zone and server: the latest transfer
  /// Of each RRset that was changed: what it is itself, whatever a wildcard makes of its absence. As steps and the scene
  /// have it; needed until all steps are taken.
  std::unordered_map<TrackKey, const MaybeVersion*, TrackKeyHash> own_;
  std::unordered_map<std::string, std::vector<std::size_t>>
      services_of_;  ///< by domain or zone, of the scene
  std::unordered_map<Name, std::vector<TrackKey>>
      made_up_;  ///< those of `own_` at names that a wildcard answers for
};

}  // namespace rdnsgate::plan
