// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdlib>

#include "base/text/diagnostic.h"

namespace rdnsgate::fuzz {

/// Ends the target as a finding; in every build, unlike assert.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// What is said of foreign text reaches a terminal: no control character gets through.
inline void require_printable(const Diagnostics& problems, const Sources& sources) {
  for (const auto& problem : problems)
    for (const char c : render(problem, sources)) require(!(c >= 0 && c < 0x20 && c != '\n') && c != 0x7F);
}

}  // namespace rdnsgate::fuzz
