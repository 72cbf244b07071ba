// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>

#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// An error of the YAML reader.
struct YamlError {
  std::string_view problem;  ///< what libyaml says
  std::string_view context;  ///< and what it was doing; may be empty
  std::size_t at = 0;        ///< the octet where it stopped
  std::size_t begun = 0;     ///< the octet where that which it was doing begins
};

/// Puts it into words that help: a missing bracket, say, is only a "did not find expected ',' or ']'".
void explain_yaml_error(Problems& problems, const YamlError& error);

}  // namespace rdnsgate::inventory
