// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>

#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// An error of the YAML reader.
struct SyntaxError {
  std::string_view problem;  ///< what libyaml says
  std::string_view context;  ///< and what it was doing; may be empty
  std::size_t at = 0;        ///< the octet where it stopped
  std::size_t begun = 0;     ///< the octet where that which it was doing begins
};

/// Puts it into words that help: a missing bracket, say, is only a "did not find expected ',' or ']'".
void explain_syntax_error(Problems& problems, const SyntaxError& error);

}  // namespace rdnsgate::yaml
