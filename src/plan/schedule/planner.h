// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/operation/goals.h"
#include "plan/schedule/timing.h"

namespace rdnsgate::plan {

/// One RRset goes from one version to the next.
struct Change {
  std::size_t set = none;
  MaybeVersion before, after;
};

/// A zone's SOA MINIMUM goes from one value to another.
struct NegativeChange {
  std::size_t zone = none;
  Version before, after;
};

/// Operations of one kind that are carried out at the same time.
struct Group {
  Kind kind{};
  std::vector<Change> changes;
  std::vector<const Operation*> hosts;  ///< what hosts do
  Wait wait;
  unsigned wave = 0, waves = 0;  ///< which of how many waves of its kind, from 1; 0 where it is not cut
  Wait rollback_wait;            ///< Phase::rollback_wait; add_rollback_waits() of rollback_waits.h sets it
};

/// All that may be done at the same time; what comes next waits for the longest of the groups.
struct Round {
  std::vector<Group> groups;
  seconds wait{};
  seconds late{};  ///< how much later than planned its last change may be seen everywhere, at worst
  bool beside_lower = false;  ///< the first one: it is made together with the lowering of TTLs
  bool next_wave = false;     ///< a further wave of what began with the round before
};

/// A complete schedule: lower, rounds, restore.
struct Schedule {
  std::vector<Change> lower;
  std::vector<NegativeChange> lower_negative;
  Wait lower_wait;
  std::vector<Round> rounds;
  std::vector<Change> restore;
  std::vector<NegativeChange> restore_negative;
  Wait restore_rollback_wait;  ///< as Group::rollback_wait
  seconds total{};
  seconds exposure{};   ///< of changes that don't wait for each other: how long caches may hold a broken mix
  std::string blocked;  ///< why it goes no further; empty for one that arrives
};

/// Lowers TTLs where that makes the whole shorter, then repeats: every operation that leaves all paths whole
/// in every mix of old and new versions that some cache may hold is done now, in waves where it changes what
/// is in use; wait until no cache holds the old. With `at_once` all of it is one round, whatever breaks.
Schedule make_schedule(const Picture& picture, const Goals& goals, const Timing& timing,
                       const PlanOptions& options);

}  // namespace rdnsgate::plan
