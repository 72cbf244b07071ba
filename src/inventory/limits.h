// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>

#include "yaml/limits.h"

namespace rdnsgate::inventory {

/// Of one inventory, and of each of its files; checked before memory is spent. The defaults are far above
/// what any estate needs.
struct Limits : yaml::Limits {
  std::size_t file_bytes = std::size_t{256} << 20;  ///< of all files together
  std::size_t files = 10'000;
  std::size_t include_depth = 16;
  std::size_t folder_entries = 1'000'000;  ///< looked at for patterns
  std::size_t addresses = 2'000'000;       ///< after ranges are expanded
};

}  // namespace rdnsgate::inventory
