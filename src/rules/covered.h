// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

namespace rdnsgate::rules {

/// A bad pattern that no rule has the name of, since something else sees to it.
struct Covered {
  std::string_view name;  ///< written as rules are: `addr-invalid`
  std::string_view rule;  ///< the rule that reports it; empty where none does
  std::string_view code;  ///< what the problem of the inventory is called that it is; empty where it is none
  std::string_view how;   ///< one line without a final dot
};

/// All of them, sorted by name.
std::span<const Covered> covered();

/// nullptr where there is none of this name.
const Covered* find_covered(std::string_view name);

}  // namespace rdnsgate::rules
