// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/source.h"
#include "run/gate/config_file.h"

namespace rdnsgate::run {

/// What an option of a command is in the end, and who said so.
struct EffectiveSetting {
  std::string key;  ///< as in a configuration file
  std::vector<std::string> values;
  std::vector<std::string> writes;    ///< what a configuration has written by it
  std::vector<std::string> defaults;  ///< what it were if nobody said anything; empty: nothing
  bool from_user = false;             ///< the command line or the environment says so
  std::string origin;                 ///< `command line`, `RDNSGATE_FAIL_ON`, `.rdnsgate.yaml:3` or `default`
};

/// What a run was configured with.
struct Configuration {
  ConfigChoice choice;
  std::vector<EffectiveSetting> settings;  ///< what a configuration could have said, as it is in the end
  std::string path;                        ///< the file that was read, or empty
};

/// What judges, for what it lets pass now that it did not let pass in the commit.
struct Judging {
  const Configuration& configuration;
  std::string_view command;     ///< `lint` or `check`
  const std::string& baseline;  ///< a file, or empty
  const Sources& sources;       ///< of the inventory as it is now
};

}  // namespace rdnsgate::run
