// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string_view>

#include "base/duration.h"

namespace rdnsgate::run {

/// When is looked. Times are counted from when the watch began.
struct Schedule {
  milliseconds every{std::chrono::minutes(5)};
  unsigned jitter_percent = 10;  ///< of `every`, by which each look is put off; 0 to 100
  milliseconds recheck{
      std::chrono::minutes(1)};  ///< until what is doubtful is looked at again, the first time
  std::uint64_t seed = 0;        ///< differs between hosts, and stays the same on one
  bool first_at_once = true;     ///< else the first look is put off like any other
};

/// The same number for the same host and inventory.
std::uint64_t seed_of(std::string_view host, std::string_view inventory);

/// When look `number`, the first being 0, is due: never before its turn, and in the same order as the numbers.
milliseconds due(const Schedule& schedule, std::uint64_t number);

/// The number of the first look behind `number` that is not due before `elapsed`: what a look that took too long,
/// or a machine that slept, left out is not made up for.
std::uint64_t next_look(const Schedule& schedule, std::uint64_t number, milliseconds elapsed);

}  // namespace rdnsgate::run
