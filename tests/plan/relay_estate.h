// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "plan/spf_estate.h"

namespace rdnsgate::plan::test {

inline inventory::Relay relay(const std::string& name, const std::string& term, const std::string& block) {
  inventory::Relay made;
  made.name = name;
  made.spf = term;
  if (!block.empty()) made.addresses.push_back(Prefix::parse(block).value());
  made.addresses_at.resize(made.addresses.size());
  return made;
}

/// Both inventories have these relays; the domain sends through those that are named.
inline Estate estate_with(const std::vector<inventory::Relay>& relays, const std::vector<std::string>& before,
                          const std::vector<std::string>& after) {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&estate.before, &estate.after}) {
    builder->raw().relays.insert(builder->raw().relays.end(), relays.begin(), relays.end());
  }
  for (const auto& one : before) estate.before.raw().domains.back().via.push_back({one, {}});
  for (const auto& one : after) estate.after.raw().domains.back().via.push_back({one, {}});
  return estate;
}

inline const inventory::Relay& old_relay() {
  static const auto made = relay("old", "include:old.relay.example", "198.51.100.0/24");
  return made;
}

/// The plan, but that it adds nothing to SPF records.
inline Plan without_additions(Plan plan) {
  for (auto& phase : plan.phases) {
    if (!phase.id.starts_with("add-forward")) continue;
    std::erase_if(phase.steps, [](const Step& step) { return step.type == RrType::TXT; });
  }
  return plan;
}

}  // namespace rdnsgate::plan::test
