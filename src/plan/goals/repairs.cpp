// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/repairs.h"

#include <algorithm>
#include <set>

namespace rdnsgate::plan {
namespace {

bool mends(const Operation& operation, const Goals& goals, const Picture& picture) {
  const auto unconfirmed = [&](std::size_t path) { return goals.unconfirmed[path] != 0; };
  if (operation.paths.empty() || operation.set == none) return false;
  // With it the name loses all that the wildcard gives: what comes along has to come in the same round.
  if (picture.sets[operation.set].bare) return false;
  switch (operation.kind) {
    case Kind::add_forward: {
      if (picture.sets[operation.set].type == RrType::TXT) return false;
      // The host says this name already, and it does not resolve.
      const auto says_it = [&](std::size_t path) {
        return goals.sending[path] != 0 && goals.helo[path] == operation.to;
      };
      return std::all_of(operation.paths.begin(), operation.paths.end(),
                         [&](std::size_t path) { return unconfirmed(path) || says_it(path); });
    }
    case Kind::add_ptr:
    case Kind::swap_ptr:
    case Kind::redelegate:
      return std::all_of(operation.paths.begin(), operation.paths.end(), unconfirmed);
    default:
      return false;
  }
}

}  // namespace

void mark_repairs(Goals& goals, const Picture& picture) {
  std::set<std::size_t> others;
  for (auto& operation : goals.operations) {
    operation.repair = mends(operation, goals, picture);
    if (operation.repair) continue;
    for (const auto set : {operation.set, operation.alias}) others.insert(set);
  }
  others.erase(none);
  for (auto& operation : goals.operations) {
    if (others.contains(operation.set) || others.contains(operation.alias)) operation.repair = false;
  }
}

}  // namespace rdnsgate::plan
