// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <vector>

#include "audit/engine/engine.h"

namespace rdnsgate::audit {

/// The vantages of a run as all of its shards have seen them: `shards` hold as many parts each as there are `vantages`, in
/// their order, of which names and kinds count. No findings, and nothing of what is not in the gate.
LiveResult join_parts(std::span<const std::vector<VantagePart>> shards,
                      std::span<const VantageStats> vantages);

}  // namespace rdnsgate::audit
