// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/timestamp.h"

namespace rdnsgate::plan {

/// What a rollout remembers between runs, and the DNS cannot say.
struct RolloutState {
  std::string plan;                       ///< id of the plan
  std::map<std::string, Time> converged;  ///< by phase: when every name server was first seen to show it
  std::map<std::string, Time> done;       ///< by phase: when what it wants of hosts was said to be done
  std::map<std::string, Time> early;      ///< by phase: when that was said before its turn, which counts for nothing
  bool operator==(const RolloutState&) const = default;
};

/// What two runs that began with `base` remember together. Of a moment that both have, the later one stays; what one
/// of them forgot is forgotten.
RolloutState merged(const RolloutState& base, const RolloutState& mine, const RolloutState& theirs);

/// JSON (schemas/rollout-state.schema.json), with a final line feed.
std::string write_state(const RolloutState& state);
/// Refuses what is no state, and that of another plan. An error names `path`.
Result<RolloutState> read_state(std::string_view text, std::string_view path, const std::string& plan);

}  // namespace rdnsgate::plan
