// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "inventory/model/model.h"

namespace rdnsgate::rules {

/// The paths of a domain that leave through relays.
inline std::vector<const inventory::MailPath*> relay_paths_of(const inventory::Inventory& inventory,
                                                              const inventory::Domain& domain) {
  const auto index = static_cast<std::size_t>(&domain - inventory.domains.data());
  auto path = std::lower_bound(inventory.paths.begin(), inventory.paths.end(), index,
                               [](const auto& one, std::size_t wanted) { return one.domain < wanted; });
  std::vector<const inventory::MailPath*> found;
  for (; path != inventory.paths.end() && path->domain == index; ++path) {
    if (path->relay) found.push_back(&*path);
  }
  return found;
}

}  // namespace rdnsgate::rules
