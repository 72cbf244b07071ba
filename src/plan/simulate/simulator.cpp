// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/simulator.h"

#include <algorithm>

#include "plan/simulate/judge.h"
#include "plan/simulate/pace.h"

namespace rdnsgate::plan {
namespace {

constexpr Moment stuck_for = 86400, day = 86400;

constexpr Scenario all_scenarios[] = {
    {"secondary-stuck", "one name server of each zone has every change a day late",
     [](Climate& climate) { climate.server_late = seconds(stuck_for); }},
    {"resolver-ignores-ttl", "one cache of twenty keeps everything for a day at least",
     [](Climate& climate) { climate.some_floor = seconds(day); }},
    {"serve-stale", "one cache of twenty shows everything for a day after it is over (RFC 8767)",
     [](Climate& climate) { climate.some_extra = seconds(day); }},
};

/// Of every roll-back. One that begins at the end of the plan goes through all: whatever the phase out of
/// which a plan is rolled back, before its predecessor is the same has passed since, and nothing of later
/// phases is left; and inside a phase caches hold no mix that they don't hold on the way forth.
class RollBacks {
 public:
  RollBacks(const Scene& scene, const Plan& plan, const Climate& climate)
      : scene_(scene), plan_(plan), climate_(climate) {}

  std::vector<Breach> run() const {
    if (plan_.phases.empty()) return {};
    auto all = of({plan_.phases.size() - 1, seconds(end_of(plan_, climate_))});
    if (all.empty()) return all;
    // What breaks on the way back from one phase breaks on the way from each later one, too.
    std::size_t first = 0, last = plan_.phases.size() - 1;
    while (first < last) {
      const std::size_t middle = first + (last - first) / 2;
      if (auto found = of({middle, when_over(middle)}); found.empty()) {
        first = middle + 1;
      } else {
        last = middle;
        all = std::move(found);
      }
    }
    for (const auto after : {seconds(0), climate_.propagation / 2}) {
      if (auto found = of({first, plan_.phases[first].starts_after + after}); !found.empty()) return found;
    }
    return all;
  }

 private:
  seconds when_over(std::size_t phase) const {
    const auto& one = plan_.phases[phase];
    return one.starts_after + std::max(one.wait.total, climate_.propagation);
  }

  std::vector<Breach> of(const TurningPoint& turn) const {
    const Course course(scene_, plan_, climate_, turn);
    auto all = breaches_of(scene_, course);
    for (auto& breach : all) breach.rolled_back = turn;
    return all;
  }

  const Scene& scene_;
  const Plan& plan_;
  const Climate climate_;
};

/// From the first phase to the last one.
void play(const Scene& scene, const Plan& plan, Forecast& forecast) {
  const Course course(scene, plan, forecast.climate);
  forecast.fetches = course.fetches;
  forecast.breaches = breaches_of(scene, course);
  look_at_pace(scene, course, forecast);
}

}  // namespace

std::span<const Scenario> scenarios() { return all_scenarios; }

Climate climate_of(const Inventory& now) {
  const auto& rollout = now.defaults.rollout;
  Climate climate;
  climate.propagation = rollout.propagation;
  climate.skew = rollout.skew;
  climate.bake = rollout.bake;
  climate.cache_floor = rollout.cache_floor;
  climate.soak = rollout.soak;
  climate.queue = rollout.queue;
  return climate;
}

std::vector<Breach> simulate_rollback(const Inventory& now, const Inventory* base, const World& world,
                                      const Plan& plan, const Climate& climate, const TurningPoint& turn) {
  const Scene scene(now, base, world);
  return breaches_of(scene, Course(scene, plan, climate, turn));
}

Forecast simulate(const Inventory& now, const Inventory* base, const World& world, const Plan& plan,
                  const Climate& climate, bool roll_backs) {
  const Scene scene(now, base, world);
  Forecast forecast;
  forecast.climate = climate;
  forecast.paths = scene.paths.size();
  play(scene, plan, forecast);
  // A crowd shows how long things take; what breaks shows with the worst caches.
  Climate worst = climate;
  worst.caches = 0;
  if (roll_backs && forecast.breaches.empty()) forecast.breaches = RollBacks(scene, plan, worst).run();
  return forecast;
}

}  // namespace rdnsgate::plan
