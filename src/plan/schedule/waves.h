// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "plan/schedule/crowd.h"

namespace rdnsgate::plan {

/// What is carried out at the same time of all that may be.
struct Wave {
  std::vector<const Operation*> operations;
  std::map<Kind, unsigned> numbers;  ///< of the kinds that are cut: which of their waves this is, from 1
};

/// A round's operations in waves.
struct Waves {
  std::vector<Wave> waves;          ///< in their order; never empty
  std::map<Kind, unsigned> counts;  ///< of the kinds that are cut: how many waves
};

/// Cuts what changes paths that are in use, or takes something away, into waves: one canary first, then no
/// more addresses at once than the inventory's `wave` and `max_wave` allow, and never all addresses that a
/// sender changes. What changes nothing for anybody yet comes in one go with the first wave. The changes of
/// one RRset stay together, and so do the addresses of a host that changes its HELO name: it says one name.
///
/// Any order keeps the invariant: it holds for every mix of old and new of the whole round (Crowd).
Waves cut_into_waves(const std::vector<const Operation*>& chosen, const Picture& picture, const Crowd& crowd,
                     const inventory::RolloutDefaults& rollout);

}  // namespace rdnsgate::plan
