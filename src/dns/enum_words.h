// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>

namespace rdnsgate::dns {

/// The enumerator, of those from 0 to `last`, that to_string() writes so.
template <typename Enum>
std::optional<Enum> enumerator(std::string_view text, Enum last) {
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    if (to_string(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace rdnsgate::dns
