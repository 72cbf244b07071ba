// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "yaml/problems.h"

namespace rdnsgate::inventory::code {

using namespace yaml::code;

/// A name of something that does not exist.
inline constexpr std::string_view reference = "inventory-reference";
inline constexpr std::string_view value = "inventory-value";  ///< an address, a name, a pattern that is none
/// A file that cannot be included, or only elsewhere.
inline constexpr std::string_view include = "inventory-include";
inline constexpr std::string_view path = "inventory-path";  ///< a file outside of the repository
/// Right, and not written as it would be by everybody.
inline constexpr std::string_view style = "inventory-style";

}  // namespace rdnsgate::inventory::code
