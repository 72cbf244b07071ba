// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "draft/estate.h"

namespace rdnsgate::draft {

struct NamedAddress {
  IpAddress ip;
  dns::Name name;
};

/// Consecutive addresses whose names follow one template of the inventory's (inventory/model/expand.h).
struct Pool {
  std::size_t count = 0;
  std::string name_template;
  std::uint64_t start = 1;  ///< what its {n} is for the first address
};

/// The longest pool that begins with the first of these, which are in the order of their addresses; nullopt
/// where none has `least` of them.
std::optional<Pool> pool_at_front(std::span<const NamedAddress> addresses, std::size_t least = 4);

}  // namespace rdnsgate::draft
