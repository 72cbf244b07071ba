// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "audit/target.h"
#include "base/text/source.h"

namespace rdnsgate::audit {

/// The findings that an estate had when the gate was put up: shown, and not counted, until they are mended.
struct Baseline {
  struct Entry {
    std::string fingerprint;  ///< what is matched; the rest is for people
    std::string rule;
    Target target;
    std::string expected;
    Span at;  ///< of the entry in its file
    bool operator==(const Entry& other) const { return fingerprint == other.fingerprint; }
  };
  std::vector<Entry> entries;
};

}  // namespace rdnsgate::audit
