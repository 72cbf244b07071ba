// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>

namespace rdnsgate::yaml {

/// Of one document; checked before memory is spent.
struct Limits {
  std::size_t depth = 64;
  std::size_t nodes = 20'000'000;  ///< scalars and collections, aliases expanded
  std::size_t errors = 100;        ///< then reading stops, and says so
};

}  // namespace rdnsgate::yaml
