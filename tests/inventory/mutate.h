// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <random>
#include <string>

namespace rdnsgate::inventory {

/// A valid inventory with so many random changes: words swapped for others, octets and lines lost, doubled,
/// moved. Some of them stay valid, many stay YAML.
std::string mutated_inventory(std::mt19937& random, int changes);

}  // namespace rdnsgate::inventory
