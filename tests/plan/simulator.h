// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/lab.h"

namespace rdnsgate::plan::test {

/// The worst crowd of caches that there can be: every version of every RRset is held by some cache from the
/// moment at which it is published until the last name server has given it out for the last time and its TTL
/// is over; and a host may do the old thing as long as the plan lets it. Knows nothing of the planner: it
/// reads the plan's steps.
class Simulator {
 public:
  Simulator(const Dns& before, const Inventory& now, const Inventory& base, const Plan& plan);

  /// Mixes of versions, held at the same time, in which a path that is in use does not hold. Those that were
  /// broken before the first change are not the plan's fault.
  std::vector<std::string> broken_paths() const;

  /// Phases that begin while something that an earlier one replaced may still be held.
  std::vector<std::string> early_phases() const;

 private:
  struct Held {
    MaybeVersion version;
    long long from = 0, until = 0;  // seconds; until < 0: for ever
    std::size_t phase = 0;          // that replaced it
    bool initial = false;
  };
  struct Use {
    Name helo;
    long long from = 0, until = 0;
    std::size_t phase = 0;
  };
  struct Path {
    IpAddress ip;
    std::vector<Use> uses;
    bool ever_before = false;
  };

  void replay_zones();
  void replay_hosts();
  void end(std::vector<Held>& versions, const Step& step, std::size_t phase, long long negative);
  const std::vector<Held>& versions(const Name& owner, RrType type) const;
  void check_ptr(const Path& path, std::vector<std::string>& problems) const;
  void check_helo(const Path& path, std::vector<std::string>& problems) const;

  const Dns& before_;
  const Inventory& now_;
  const Inventory& base_;
  const Plan& plan_;
  mutable std::map<std::pair<Name, RrType>, std::vector<Held>> held_;
  std::map<Name, std::vector<Held>> negative_;  // by zone: its SOA, held for its negative TTL
  std::vector<Path> paths_;
  std::vector<Use> watched_;  // what hosts do new, as long as it is watched
};

}  // namespace rdnsgate::plan::test
