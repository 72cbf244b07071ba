// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>

namespace rdnsgate::yaml {

/// What one kind of YAML file may hold, and what it is called in messages.
struct Dialect {
  std::string_view noun;  ///< `an inventory`
  /// Octets of one scalar. Longer than any name, pattern or reason.
  std::size_t max_text = 1024;
  bool free_keys = false;     ///< any scalar may be a key, and merge keys (<<) are left to the reader
  bool may_be_empty = false;  ///< a file that holds nothing is no problem
  bool includes = true;       ///< an `include` at the top names other files
};

}  // namespace rdnsgate::yaml
