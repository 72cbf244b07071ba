// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/severity.h"

namespace rdnsgate::report {

/// What a report for people joins to one entry.
enum class GroupBy : std::uint8_t {
  cause,   ///< findings of one cause; those that weigh most first
  zone,    ///< the same under a heading for each zone
  sender,  ///< and for each sender
  owner,   ///< and for each owner
  none,    ///< each finding by itself, in the order of the files
};

/// What of a report people are shown, and how. It changes no verdict, and nothing that machines read.
struct View {
  GroupBy by = GroupBy::cause;
  std::vector<std::string> only{};  ///< rules, families, and what findings are about; empty: all
  Severity level = Severity::info;  ///< what weighs less is left out
  std::size_t most = 0;             ///< entries; 0: all
  bool statistics = false;          ///< how many there are of each rule, in place of the findings
};

}  // namespace rdnsgate::report
