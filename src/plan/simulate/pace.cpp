// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/pace.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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
      : scene_(scene), spf_(scene, course), relays_(scene, course), course_(course), forecast_(forecast) {
    find_starts();
    find_last_waves();
  }

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
                [&owner = key.owner] { return owner.text(); });
    }
    for (const auto& [zone, negative] : course_.negative) {
      for (std::size_t i = 0; i < negative.switches.size(); ++i) {
        const Moment kept = std::max<Moment>(negative.seconds[i], course_.climate.cache_floor.count());
        compare(negative.switches[i].act, negative.switches[i].last() + kept + course_.climate.skew.count(),
                [&name = zone] { return "absences in " + name.text(); });
      }
    }
    for (std::size_t phase = 0; phase < course_.plan.phases.size(); ++phase) {
      const auto& manual = course_.plan.phases[phase].manual;
      const bool is_watched = std::any_of(manual.begin(), manual.end(), [](const Manual& one) {
        return kind_of(one.action) != Scene::ServiceKind::server;
      });
      if (is_watched)
        compare(phase, course_.start(phase) + course_.climate.bake.count(),
                [] { return "what a host does"; });
    }
    for (std::size_t path = 0; path < course_.uses.size(); ++path) find_early_spf(path);
    for (std::size_t i = 0; i < scene_.services.size(); ++i) {
      const auto& service = scene_.services[i];
      const auto& uses = course_.service_uses[i];
      if (uses.empty() || !uses.back().ended_by || !gives_up(service, i)) continue;
      compare(*uses.back().ended_by, course_.start(*uses.back().ended_by) + course_.climate.queue.count(),
              mail_under_way);
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
    compare(phase, course_.start(phase) + course_.climate.queue.count(), mail_under_way, last_waves_[phase]);
  }

  /// A wave is watched before the next one of its kind.
  Moment soak(std::size_t phase) const {
    return course_.plan.phases[phase].wave < course_.plan.phases[phase].waves ? course_.climate.soak.count()
                                                                              : 0;
  }

  static std::string mail_under_way() { return "mail under way"; }

  void find_starts() {
    for (std::size_t i = 0; i < course_.plan.phases.size(); ++i) by_start_.push_back({course_.start(i), i});
    std::sort(by_start_.begin(), by_start_.end());
  }

  /// Of each phase the last one of the waves that it is one of: the next of its kind that is the last.
  void find_last_waves() {
    const auto& phases = course_.plan.phases;
    std::unordered_map<std::string_view, std::size_t> last_of;
    last_waves_.resize(phases.size());
    for (std::size_t i = phases.size(); i-- > 0;) {
      const auto kind = purpose_of(phases[i]);
      if (phases[i].wave == phases[i].waves) last_of[kind] = i;
      const auto found = phases[i].waves != 0 ? last_of.find(kind) : last_of.end();
      last_waves_[i] = found == last_of.end() ? i : found->second;
    }
  }

  template <typename What>
  void compare(std::size_t phase, Moment until, const What& what) {
    compare(phase, until, what, phase);
  }
  /// Of what comes after the phase `after`. There may be as many phases as there are changes, and hardly any begins
  /// early: `what` is told of those alone.
  template <typename What>
  void compare(std::size_t phase, Moment until, const What& what, std::size_t after) {
    const Moment since = std::max(course_.start(phase), course_.start(after));
    for (auto later = std::upper_bound(by_start_.begin(), by_start_.end(), Start{since, course_.acts.size()});
         later != by_start_.end() && later->first < until; ++later)
      forecast_.early.push_back({later->second, seconds(until - later->first), what()});
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
  using Start = std::pair<Moment, std::size_t>;
  std::vector<Start> by_start_;          ///< when each phase begins, in that order
  std::vector<std::size_t> last_waves_;  ///< by phase
};

}  // namespace

void look_at_pace(const Scene& scene, const Course& course, Forecast& forecast) {
  Pace(scene, course, forecast).run();
}

}  // namespace rdnsgate::plan
