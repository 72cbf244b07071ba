// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/pace.h"

#include <algorithm>
#include <map>

#include "plan/simulate/judge.h"
#include "plan/simulate/relay_watch.h"
#include "plan/simulate/spf_watch.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

/// Of a course without a turn: an act for each phase.
class Pace {
 public:
  Pace(const Scene& scene, const Course& course, Forecast& forecast)
      : scene_(scene), spf_(scene, course), relays_(scene, course), course_(course), forecast_(forecast) {}

  void run() {
    find_early();
    find_uptakes();
  }

 private:
  void find_early() {
    for (const auto* entry : course_.in_order) {
      const auto& [key, track] = *entry;
      for (std::size_t i = 0; i + 1 < track.versions.size(); ++i)
        compare(track.timeline.switches[i].act,
                track.held.versions[i].until + course_.climate.skew.count() +
                    soak(track.timeline.switches[i].act),
                key.owner.text());
    }
    for (const auto& [zone, negative] : course_.negative) {
      for (std::size_t i = 0; i < negative.switches.size(); ++i) {
        const Moment kept = std::max<Moment>(negative.seconds[i], course_.climate.cache_floor.count());
        compare(negative.switches[i].act, negative.switches[i].last() + kept + course_.climate.skew.count(),
                "absences in " + zone.text());
      }
    }
    for (std::size_t phase = 0; phase < course_.plan.phases.size(); ++phase) {
      const auto& manual = course_.plan.phases[phase].manual;
      const bool is_watched = std::any_of(manual.begin(), manual.end(), [](const Manual& one) {
        return kind_of(one.action) != Scene::ServiceKind::server;
      });
      if (is_watched) compare(phase, course_.start(phase) + course_.climate.bake.count(), "what a host does");
    }
    for (std::size_t path = 0; path < course_.uses.size(); ++path) find_early_spf(path);
    for (std::size_t i = 0; i < scene_.services.size(); ++i) {
      const auto& service = scene_.services[i];
      const auto& uses = course_.service_uses[i];
      if (uses.empty() || !uses.back().ended_by || !gives_up(service, i)) continue;
      compare(*uses.back().ended_by, course_.start(*uses.back().ended_by) + course_.climate.queue.count(),
              "mail under way");
    }
  }

  /// What mail that was sent before is judged by goes in the end.
  bool gives_up(const Scene::Service& service, std::size_t index) {
    if (service.kind == Scene::ServiceKind::relay) return relays_.gives_up(index);
    const auto* key = course_.track_of(service);
    return key != nullptr && serves(*key, key->versions.front()) && !serves(*key, key->versions.back());
  }

  /// Whether mail that was sent before may still be judged by records that let the address through.
  void find_early_spf(std::size_t path) {
    if (course_.uses[path].empty() || !course_.uses[path].back().ended_by || !spf_.gives_up(path)) return;
    const std::size_t phase = *course_.uses[path].back().ended_by;
    // Other hosts may stop meanwhile: what matters is what comes after all of them.
    compare(phase, course_.start(phase) + course_.climate.queue.count(), "mail under way", last_wave(phase));
  }

  /// A wave is watched before the next one of its kind.
  Moment soak(std::size_t phase) const {
    return course_.plan.phases[phase].wave < course_.plan.phases[phase].waves ? course_.climate.soak.count()
                                                                              : 0;
  }

  /// The last one of the waves that this phase is one of.
  std::size_t last_wave(std::size_t phase) const {
    const auto& first = course_.plan.phases[phase];
    for (std::size_t i = phase; i < course_.plan.phases.size() && first.waves != 0; ++i) {
      const auto& one = course_.plan.phases[i];
      const bool same_kind = purpose_of(one) == purpose_of(first);
      if (same_kind && one.wave == one.waves) return i;
    }
    return phase;
  }

  void compare(std::size_t phase, Moment until, const std::string& what) {
    compare(phase, until, what, phase);
  }
  /// Of what comes after the phase `after`.
  void compare(std::size_t phase, Moment until, const std::string& what, std::size_t after) {
    for (std::size_t later = 0; later < course_.plan.phases.size(); ++later) {
      if (course_.start(later) > std::max(course_.start(phase), course_.start(after)) &&
          course_.start(later) < until)
        forecast_.early.push_back({later, seconds(until - course_.start(later)), what});
    }
  }

  void find_uptakes() {
    std::map<std::size_t, std::vector<Moment>> gone;
    for (const auto& [key, track] : course_.tracks) {
      for (std::size_t i = 0; i < track.held.gone.size(); ++i) {
        auto& all = gone[track.timeline.switches[i].act];
        all.insert(all.end(), track.held.gone[i].begin(), track.held.gone[i].end());
      }
    }
    for (auto& entry : gone) {
      auto& all = entry.second;
      if (all.empty()) continue;
      std::sort(all.begin(), all.end());
      const Moment begin = course_.start(entry.first);
      const auto since = [&all, begin](std::size_t at) {
        return seconds(std::max<Moment>(0, all[std::min(at, all.size() - 1)] - begin));
      };
      forecast_.uptakes.push_back(
          {entry.first, since(all.size() / 2), since(all.size() * 99 / 100), since(all.size())});
    }
  }

  const Scene& scene_;
  SpfWatch spf_;
  RelayWatch relays_;
  const Course& course_;
  Forecast& forecast_;
};

}  // namespace

void look_at_pace(const Scene& scene, const Course& course, Forecast& forecast) {
  Pace(scene, course, forecast).run();
}

}  // namespace rdnsgate::plan
