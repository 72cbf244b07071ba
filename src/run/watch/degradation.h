// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "history/history.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// As what a finding is open, by its fingerprint; nullopt where it is not.
using OpenAs = std::function<std::optional<Severity>(const std::string& fingerprint)>;

/// What became slow, or is not answered, at one vantage about one zone: findings of a watch alone, with the names
/// `watch-slow` (the 95th percentile, held against the inventory's `standards.latency`) and `watch-unanswered` (from a
/// tenth of the questions, an error from half of them). One that is open stays what it is until it is better by a fifth than
/// what made it so. A zone with fewer than 4 questions says nothing.
std::vector<history::Seen> degradations(const std::vector<history::Latency>& latency,
                                        const inventory::Inventory& inventory, const OpenAs& open_as);

}  // namespace rdnsgate::run
