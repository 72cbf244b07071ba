// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.h"
#include "inventory/files/load_options.h"
#include "inventory/model/model.h"

namespace rdnsgate::inventory {

/// Reads, validates and expands one inventory, with the files that it includes. Returns nullopt where there
/// is an error; every problem that can be found in one go is in `problems`, in file order, each once. `path`
/// names it in diagnostics.
std::optional<Inventory> load(Sources& sources, std::string path, std::string text,
                              const LoadOptions& options, Diagnostics& problems);

/// The same of an inventory in several files that are named, each of which may include others. One that is
/// included by another counts as that one's. An unreadable one (a folder, a missing or too large one)
/// is a diagnostic without a span's line. `-` is standard input; what it includes is relative to the current
/// folder. Where there is an error, `faulty` gets what could be read all the same; what has an error is missing in it, or
/// not whole.
std::optional<Inventory> load_files(Sources& sources, const std::vector<std::string>& paths,
                                    const LoadOptions& options, Diagnostics& problems,
                                    std::optional<Inventory>* faulty = nullptr);

}  // namespace rdnsgate::inventory
