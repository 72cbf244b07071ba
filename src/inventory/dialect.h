// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>

namespace rdnsgate::inventory {

/// What one kind of YAML file may hold, and what it is called in messages.
struct Dialect {
  std::string_view noun = "an inventory";
  /// Octets of one scalar. Longer than any name, pattern or reason; the inventory's patterns go through
  /// std::regex, which takes a stack frame or two for each octet: a text of 200 KiB would overflow the stack.
  std::size_t max_text = 1024;
  bool free_keys = false;     ///< any scalar may be a key, and merge keys (<<) are left to the reader
  bool may_be_empty = false;  ///< a file that holds nothing is no problem
  bool includes = true;       ///< an `include` at the top names other files
};

inline constexpr Dialect inventory_dialect{};

/// octoDNS reads its zones with PyYAML: numbers are keys there, and merge keys are followed. A TXT value may
/// have 65,535 octets, each of them escaped.
inline constexpr Dialect octodns_dialect{"an octoDNS zone", 256 << 10, true, true, false};

/// .rdnsgate.yaml; an empty one says nothing, which is allowed.
inline constexpr Dialect config_dialect{"a configuration", 1024, false, true, false};

}  // namespace rdnsgate::inventory
