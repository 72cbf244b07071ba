// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/make_plan.h"

namespace rdnsgate::plan {

/// The world that a plan is carried out in.
struct Climate {
  std::size_t caches = 100;  ///< drawn at random; the two worst ones of each change come on top
  std::size_t servers = 3;   ///< of each zone; one has a change at once, one as late as it can be
  std::uint64_t seed = 1;    ///< the same seed draws the same crowd on every machine
  seconds propagation{300};  ///< until the last server of a zone has a change
  seconds skew{60};          ///< a phase may begin this much before its time
  seconds cache_floor{60};   ///< what caches keep at least, whatever the TTL says
  seconds bake{3600};        ///< until a host has done what a phase tells it to
  seconds soak{900};         ///< a wave of changes is watched before the next one
  seconds queue{5 * 86400};  ///< until the last mail that was sent before is judged by SPF
  seconds server_late{};     ///< one server of each zone is this much later than it may be
  seconds some_floor{},
      some_extra{};  ///< one cache of twenty keeps everything for at least that, longer by that
};

/// A world that is worse than a plan takes into account: what happens then.
struct Scenario {
  std::string_view name, summary;
  void (*apply)(Climate& climate);
};
std::span<const Scenario> scenarios();

/// What the inventory says of the world.
Climate climate_of(const inventory::Inventory& now);

/// A mix of versions, held by caches at the same time, in which a path, a relay or a key that is in use does
/// not hold.
struct Breach {
  seconds at{};  ///< since the first change
  seconds until{};
  std::string who;   ///< the address, or the domain
  std::string text;  ///< what is wrong with it: `sends without a PTR`
};

/// A phase that may begin while something that an earlier one replaced is still about.
struct Early {
  std::size_t phase = 0;
  seconds by{};
  std::string what;
};

/// When the caches that were drawn have nothing of before the phase any more, in seconds after its beginning.
struct Uptake {
  std::size_t phase = 0;
  seconds half{}, most{}, last{};  ///< of one in two, of 99 in 100, of the last
};

struct Forecast {
  Climate climate;
  std::size_t paths = 0;    ///< that were watched
  std::size_t fetches = 0;  ///< that the drawn caches made
  std::vector<Breach> breaches;
  std::vector<Early> early;
  std::vector<Uptake> uptakes;
};

/// Runs the plan through time: servers that take changes over one after the other, caches that fetch from any
/// of them and keep what they got, hosts that do as they are told as late as they may. At every instant, for
/// every mix of what some caches hold, each path in use is to be confirmed, to have a HELO name that resolves
/// to it and to be covered by the SPF records that list it. Knows nothing of how the planner came to the
/// plan: only its steps, and the facts of before. What was broken before the first change is not held against
/// the plan.
Forecast simulate(const inventory::Inventory& now, const inventory::Inventory* base, const World& world,
                  const Plan& plan, const Climate& climate);

}  // namespace rdnsgate::plan
