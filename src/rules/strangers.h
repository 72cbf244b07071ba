// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>

#include "inventory/model/model.h"

namespace rdnsgate::rules {

inline bool is_declared(const inventory::Inventory& inventory, const IpAddress& ip) {
  if (inventory.find(ip) != nullptr) return true;
  return std::any_of(inventory.relays.begin(), inventory.relays.end(), [&](const inventory::Relay& relay) {
    return std::any_of(relay.addresses.begin(), relay.addresses.end(),
                       [&](const Prefix& prefix) { return prefix.contains(ip); });
  });
}

/// Documentation blocks count as public: examples and laboratories are written with them.
inline bool is_private(const IpAddress& ip) {
  const auto* purpose = special_purpose(ip);
  return purpose != nullptr && !purpose->globally_reachable && !purpose->documentation;
}

}  // namespace rdnsgate::rules
