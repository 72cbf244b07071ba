// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <vector>

#include "plan/plan.h"
#include "plan/rollout/sightings.h"
#include "plan/rollout/standing.h"

namespace rdnsgate::plan {

/// An RRset on its way: version i + 1 comes with the round `rounds[i]`, in the phase `phases[i]`.
struct RolloutTrack {
  Name zone, owner;
  RrType type{};
  std::vector<MaybeVersion> versions;
  std::vector<std::size_t> rounds, phases;
  std::vector<Sighting> seen;
  MaybeVersion wildcard;  ///< as Step has it

  /// Its version after so many rounds.
  const MaybeVersion& after(std::size_t count) const;
  bool shows(const Sighting& one, std::size_t count) const {
    const auto& version = after(count);
    return same(type, one.version, version) || (!version && wildcard && same(type, one.version, wildcard));
  }
  /// What the server shows is so with `count` rounds of `all` done, or with the next one half done.
  bool explains(const Sighting& one, std::size_t count, std::size_t all) const;
};

/// Phases that don't wait for each other.
struct RolloutRound {
  std::vector<std::size_t> phases;
  bool in_dns = false;
  seconds wait{};
};

/// What is known of each phase where not all could be found out, or where some of it is as nobody planned:
/// into `done` and `unknown` of the standing. What no server can be asked about is not done. `is_told`: hosts
/// have done what the phase asks of them, as somebody said or as it is seen.
void sort_phases(const Plan& plan, const std::vector<RolloutRound>& rounds,
                 const std::vector<RolloutTrack>& tracks, std::size_t best,
                 const std::function<bool(std::size_t)>& is_told, Standing& standing);

}  // namespace rdnsgate::plan
