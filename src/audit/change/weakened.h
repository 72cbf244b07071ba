// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/policy/rule.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// Something that a change lets the gate find less by.
struct Weakening {
  /// `rule-severity`, `waiver-added`, `waiver-extended`, `vantage-removed`, `vantage-changed`,
  /// `quorum-lowered`, `standard-removed`, `latency-raised`, `subject-removed`; of a configuration `config-`
  /// and its key.
  std::string what;
  std::string subject;       ///< `rule ptr-missing`; from the inventory, and so foreign
  std::string before, now;   ///< what it was and is: `error`, `off`
  std::optional<Span> at{};  ///< in the inventory as it is now
};

/// What the inventory lets pass that it did not let pass before: what a reviewer has to look at, since the
/// gate that is to judge the change cannot. In the order of the kinds above.
std::vector<Weakening> find_weakened(const inventory::Inventory& before, const inventory::Inventory& now,
                                     std::span<const Rule> rules);

}  // namespace rdnsgate::audit
