// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "run/files/load.h"

namespace rdnsgate::cli {

/// The files that are named; nullopt after saying so where there is no file.
std::optional<run::InventoryPaths> inventory_paths(const std::vector<std::string>& named, Terminal& terminal);

}  // namespace rdnsgate::cli
