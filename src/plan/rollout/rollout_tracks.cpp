// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/rollout_tracks.h"

#include <algorithm>

namespace rdnsgate::plan {
namespace {

class Sorter {
 public:
  Sorter(const std::vector<RolloutRound>& rounds, const std::vector<RolloutTrack>& tracks, std::size_t best)
      : rounds_(rounds), tracks_(tracks), best_(best), least_(best), most_(best) {
    find_span();
  }

  /// Every server shows what the phase does, or what came after it.
  bool is_done(std::size_t round, std::size_t phase) const {
    return round <= least_ && all_of(phase, [&](const RolloutTrack& track, const Sighting& one) {
             return one.known && (round < least_ ? track.explains(one, best_, rounds_.size())
                                                 : track.shows(one, round + 1));
           });
  }

  /// Some server does not show it yet.
  bool is_not_done(std::size_t round, std::size_t phase) const {
    return round >= most_ && all_of(phase, [&](const RolloutTrack& track, const Sighting& one) {
             return !one.known || track.explains(one, best_, rounds_.size());
           });
  }

 private:
  /// The numbers of rounds done that are in accord with all that is seen. Where nothing is, that which
  /// explains most of it.
  void find_span() {
    bool any = false;
    for (std::size_t count = 0; count <= rounds_.size(); ++count) {
      if (!is_possible(count)) continue;
      if (!any) least_ = count;
      most_ = count;
      any = true;
    }
  }

  bool is_possible(std::size_t count) const {
    return std::all_of(tracks_.begin(), tracks_.end(), [&](const RolloutTrack& track) {
      return std::all_of(track.seen.begin(), track.seen.end(), [&](const Sighting& one) {
        return !one.known || track.explains(one, count, rounds_.size());
      });
    });
  }

  template <typename Test>
  bool all_of(std::size_t phase, Test&& test) const {
    return std::all_of(tracks_.begin(), tracks_.end(), [&](const RolloutTrack& track) {
      if (std::find(track.phases.begin(), track.phases.end(), phase) == track.phases.end()) return true;
      return !track.seen.empty() && std::all_of(track.seen.begin(), track.seen.end(),
                                                [&](const Sighting& one) { return test(track, one); });
    });
  }

  const std::vector<RolloutRound>& rounds_;
  const std::vector<RolloutTrack>& tracks_;
  std::size_t best_, least_, most_;
};

}  // namespace

const MaybeVersion& RolloutTrack::after(std::size_t count) const {
  const auto passed = std::lower_bound(rounds.begin(), rounds.end(), count) - rounds.begin();
  return versions[static_cast<std::size_t>(passed)];
}

bool RolloutTrack::explains(const Sighting& one, std::size_t count, std::size_t all) const {
  return shows(one, count) || (count < all && shows(one, count + 1));
}

void sort_phases(const Plan& plan, const std::vector<RolloutRound>& rounds,
                 const std::vector<RolloutTrack>& tracks, std::size_t best,
                 const std::function<bool(std::size_t)>& is_told, Standing& standing) {
  const Sorter sorter(rounds, tracks, best);
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    for (const auto phase : rounds[round].phases) {
      const bool about_hosts = !plan.phases[phase].manual.empty();
      const bool seen = plan.phases[phase].steps.empty() || sorter.is_done(round, phase);
      if (seen && (!about_hosts || is_told(phase))) {
        standing.done.push_back(phase);
      } else if (!sorter.is_not_done(round, phase)) {
        standing.unknown.push_back(phase);
      }
    }
  }
}

}  // namespace rdnsgate::plan
