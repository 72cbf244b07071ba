// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rdnsgate::yaml {

/// A comment of a YAML text, which the parser drops. Offsets in octets.
struct Comment {
  std::size_t begin, end;  ///< from the `#` to the end of the line, without its CR and LF
  bool alone;              ///< nothing else is on its line
};

/// The comments of a text that is YAML. A `#` inside a quoted or a block scalar is none, nor is one that
/// follows a character other than white space (YAML 1.2 section 6.6).
std::vector<Comment> find_comments(std::string_view text);

}  // namespace rdnsgate::yaml
