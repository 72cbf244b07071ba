// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

namespace rdnsgate {

/// A file that src/base/embed.py compiled into the program.
struct EmbeddedFile {
  std::string_view name;  ///< without its folder
  std::string_view text;
};

}  // namespace rdnsgate
