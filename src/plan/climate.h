// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/duration.h"

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

}  // namespace rdnsgate::plan
