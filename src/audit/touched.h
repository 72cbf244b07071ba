// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <vector>

#include "audit/target.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// The subjects that a change of the inventory touches: those that are declared otherwise than before, those
/// that hang on them (the addresses of a sender and of a zone, the domains that send through it), and
/// whatever shares a name with them, before or after.
struct Touched {
  /// Of each kind of target, by index into what the inventory has of it.
  std::array<std::vector<char>, target_kinds.size()> flags;
  std::set<Target> ids;  ///< of those that are found by their ids
  const inventory::Inventory* inventory = nullptr;

  std::vector<char>& of(TargetKind kind) { return flags[static_cast<std::size_t>(kind)]; }
  const std::vector<char>& of(TargetKind kind) const { return flags[static_cast<std::size_t>(kind)]; }
  std::size_t count() const;  ///< subjects in all
};

}  // namespace rdnsgate::audit
