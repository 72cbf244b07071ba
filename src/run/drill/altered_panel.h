// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "dns/facts/vantage.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {

/// Which answers a fault made others.
struct Changed {
  std::unordered_set<dns::Name> names;  ///< that were asked for
  std::vector<std::size_t> answers;     ///< by vantage: whose outcome or records differ
};

/// A world with a fault in it, or, where that is nullptr, as it was. What is asked goes to `below`, which outlives it and is
/// asked by nobody else meanwhile. `only`: it has this vantage alone. `changed` may be nullptr.
std::unique_ptr<dns::Panel> alter_panel(dns::Panel& below, const Fault* fault, Changed* changed,
                                        std::optional<dns::VantageIndex> only = std::nullopt);

}  // namespace rdnsgate::run
