// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "run/files/file_edits.h"
#include "run/files/load.h"

namespace rdnsgate::cli {

/// The mechanical fixes of an inventory, by file; of two that overlap the first. Empty where there is nothing
/// to mend. Fails where the inventory, mended, would not say less than before, so that nothing is to be
/// written.
Result<std::vector<run::FileEdits>> find_fixes(const Sources& sources, const run::InventoryPaths& paths,
                                          const run::LoadedInventory& loaded, Time now);

/// `mended 3 places in 2 files`.
std::string describe(const std::vector<run::FileEdits>& fixes);

}  // namespace rdnsgate::cli
