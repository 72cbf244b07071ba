// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/climate.h"

namespace rdnsgate::plan {

/// Where a plan is broken off and rolled back: in this phase, which is the last one that was begun.
struct TurningPoint {
  std::size_t phase = 0;
  seconds at{};  ///< since the first change
};

/// A mix of versions, held by caches at the same time, in which a path, a relay or a key that is in use does
/// not hold.
struct Breach {
  seconds at{};  ///< since the first change
  seconds until{};
  std::string who;                            ///< the address, or the domain
  std::string text;                           ///< what is wrong with it: `sends without a PTR`
  std::optional<TurningPoint> rolled_back{};  ///< it only happens where the plan is rolled back from there
};

/// Whether it stays broken for longer than any cache keeps anything.
inline bool is_for_good(const Breach& breach) {
  constexpr seconds a_year = std::chrono::hours(366 * 24);
  return breach.until - breach.at > a_year;
}

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

/// A world that a plan was simulated in, and what was seen there.
struct Simulation {
  std::vector<std::string>
      scenarios;  ///< in which it is worse than planned for; none: the world that is planned for
  Forecast forecast;
  bool holds() const { return forecast.breaches.empty(); }
  /// `as-planned`, `serve-stale`, `secondary-stuck+serve-stale`.
  std::string name() const {
    std::string all;
    for (const auto& one : scenarios) all += (all.empty() ? "" : "+") + one;
    return all.empty() ? "as-planned" : all;
  }
};

}  // namespace rdnsgate::plan
