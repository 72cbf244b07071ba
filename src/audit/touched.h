// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "audit/target.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// The subjects that a change of the inventory touches: those that are declared otherwise than before, those
/// that hang on them (the addresses of a sender and of a zone, the domains that send through it), and
/// whatever shares a name with them, before or after.
struct Touched {
  std::vector<char> addresses, senders, zones;  ///< by index into the inventory
  std::set<std::string> relays, domains;        ///< by name
  std::set<std::string> ids;                    ///< targets of senders and zones
  const inventory::Inventory* inventory = nullptr;

  /// Whether findings about it are to be shown. What is said of a vantage is about the run.
  bool has(const Target& target) const;
  std::size_t count() const;  ///< subjects in all
};

/// Why every subject has to be judged anew: rules, waivers, standards, vantages or times that hold for all
/// are not what they were. Empty where that is not so.
std::string changed_for_all(const inventory::Inventory& before, const inventory::Inventory& now);

/// `now` outlives the result. Only to be asked where nothing changed for all.
Touched find_touched(const inventory::Inventory& before, const inventory::Inventory& now);

}  // namespace rdnsgate::audit
