// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "run/files/file_edits.h"

namespace rdnsgate::run {

/// The mechanical fixes of an inventory.
struct Fixes {
  Sources sources;               ///< its files as they are
  std::vector<FileEdits> edits;  ///< by file; of two that overlap the first. Empty where there is nothing to mend
  bool is_readable = false;      ///< the inventory can be read as it is
};

/// Fails where the inventory, mended, would not say less than before, so that nothing is to be written.
Result<Fixes> find_fixes(const std::vector<std::string>& named, Time now);

/// `fixed 3 places in 2 files`.
std::string describe(const std::vector<FileEdits>& fixes);

}  // namespace rdnsgate::run
