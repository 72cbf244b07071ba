// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "cli/terminal.h"

namespace rdnsgate::cli {

/// What a configuration says of one option.
struct Setting {
  std::string command;              ///< the command that it is for; empty for all that have the option
  std::string key;                  ///< as in the file: `fail_on`
  std::vector<std::string> values;  ///< as the command line takes them; files as seen from here
  Span at;
};

/// A configuration file (schemas/config.schema.json) that was read.
struct ConfigFile {
  std::string path;  ///< as seen from the current folder
  std::vector<Setting> settings;
};

/// Which file is used.
struct ConfigChoice {
  std::string named;  ///< --config; empty: RDNSGATE_CONFIG, else a search
  bool none = false;  ///< --no-config
};

/// The file that was named; or the nearest .rdnsgate.yaml or .config/rdnsgate.yaml, from the current folder
/// up to the root of the git repository and no further: what another user keeps at home is nothing to a gate.
/// Empty where there is none.
Result<std::string> find_config(const ConfigChoice& choice);

/// The configuration of a run.
struct LoadedConfig {
  std::optional<ConfigFile> file;  ///< nullopt: there is none
  Sources sources;                 ///< of its own: comments in it waive nothing
};

/// nullopt after saying why, where there is a file and it cannot be used.
std::optional<LoadedConfig> load_config(const ConfigChoice& choice, Terminal& terminal);

/// nullopt where `problems` say why it cannot be used.
std::optional<ConfigFile> read_config(const std::string& path, Diagnostics& problems, Sources& sources);

/// What a file may set: of all commands (`command` empty), and of one.
struct KnownSetting {
  std::string command, key;
};
const std::vector<KnownSetting>& known_settings();

}  // namespace rdnsgate::cli
