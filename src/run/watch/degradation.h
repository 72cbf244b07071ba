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
/// tenth of the questions, an error from half of them). Where the vantage asks the zone's servers themselves, each is judged,
/// and the finding says at which it is: one that is as good as ever is whom resolvers turn to, so that it is an error only
/// where it is one at all of them. One that is open stays what it is until it is better by a fifth than what made it so. With
/// fewer than 4 questions nothing is said.
std::vector<history::Seen> degradations(const std::vector<history::Latency>& latency,
                                        const inventory::Inventory& inventory, const OpenAs& open_as);

}  // namespace rdnsgate::run
