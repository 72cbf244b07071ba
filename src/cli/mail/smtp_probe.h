// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "cli/frame/commands.h"

namespace rdnsgate::cli {

/// Adds `probe` to the command `smtp`.
Action add_smtp_probe(CLI::App& smtp);

}  // namespace rdnsgate::cli
