// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/result.h"
#include "run/gate/configuration.h"

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// Gives the options of a command, or of the program itself, which the command line left open, what the
/// environment says, then what the file says beside the command's name, then what it says for all commands.
/// An option that excludes one of stronger origin stays as it is. Returns what the options are then; those
/// that nobody gave a value, and that have no default, are left out.
Result<std::vector<run::EffectiveSetting>> configure(CLI::App& command, const run::LoadedConfig& config);

/// True where a configuration says something that this command heeds, colours apart.
bool is_configurable(CLI::App& command);

}  // namespace rdnsgate::cli
