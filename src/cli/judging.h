// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/source.h"
#include "cli/options.h"

namespace rdnsgate::cli {

/// What judges, for what it lets pass now that it did not let pass in the commit.
struct Judging {
  const CommonOptions& common;
  std::string_view command;     ///< `lint` or `check`
  const std::string& baseline;  ///< a file, or empty
  const Sources& sources;       ///< of the inventory as it is now
};

}  // namespace rdnsgate::cli
