// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/config_file.h"

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// What an option of a command is in the end, and who said so.
struct EffectiveSetting {
  std::string key;  ///< as in a configuration file
  std::vector<std::string> values;
  std::vector<std::string> writes;  ///< what a configuration has written by it
  std::vector<std::string> defaults;  ///< what it were if nobody said anything; empty: nothing
  bool from_user = false;             ///< the command line or the environment says so
  std::string origin;  ///< `command line`, `RDNSGATE_FAIL_ON`, `.rdnsgate.yaml:3` or `default`
};

/// Gives the options of a command, or of the program itself, which the command line left open, what the
/// environment says, then what the file says beside the command's name, then what it says for all commands.
/// An option that excludes one of stronger origin stays as it is. Returns what the options are then; those
/// that nobody gave a value, and that have no default, are left out.
Result<std::vector<EffectiveSetting>> configure(CLI::App& command, const LoadedConfig& config);

/// True where a configuration says something that this command heeds, colours apart.
bool is_configurable(CLI::App& command);

}  // namespace rdnsgate::cli
