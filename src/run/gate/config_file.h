// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "inventory/files/file_tree.h"

namespace rdnsgate::run {

/// What a configuration says of one option.
struct Setting {
  std::string command;              ///< the command that it is for; empty for all that have the option
  std::string key;                  ///< as in the file: `fail_on`
  std::vector<std::string> values;  ///< as the command line takes them; files as seen from here
  std::vector<std::string> writes;  ///< the files and folders among them that are written
  Span at;
};

/// A configuration file (schemas/config.schema.json) that was read.
struct ConfigFile {
  std::string path;    ///< as seen from the current folder
  std::string shown;   ///< the same for messages; `origin/main:.rdnsgate.yaml` of a commit
  bool found = false;  ///< nobody named it: what it names stays within its repository
  std::vector<Setting> settings;
};

/// Which file is used.
struct ConfigChoice {
  std::string named;  ///< --config; empty: RDNSGATE_CONFIG, else a search
  bool none = false;  ///< --no-config
  std::string from;   ///< --config-from: the commit that has it; empty: the working tree
};

/// Whether the user names a configuration.
bool is_named(const ConfigChoice& choice);

/// The file that was named; or the nearest .rdnsgate.yaml or .config/rdnsgate.yaml, from the current folder
/// up to the root of the git repository and no further: what another user keeps at home is nothing to a gate.
/// Empty where there is none.
Result<std::string> find_config(const ConfigChoice& choice,
                                const inventory::FileTree& files = inventory::disk());

/// The configuration of a run.
struct LoadedConfig {
  std::optional<ConfigFile> file;  ///< nullopt: there is none, or `problems` say why it cannot be used
  Sources sources;                 ///< of its own: comments in it waive nothing
  Diagnostics problems;

  bool usable() const;
};

/// Fails where no file can be looked for.
Result<LoadedConfig> load_config(const ConfigChoice& choice);

/// nullopt where `problems` say why it cannot be used.
std::optional<ConfigFile> read_config(ConfigFile config, Diagnostics& problems, Sources& sources,
                                      const inventory::FileTree& files = inventory::disk());

/// What a file may set: of all commands (`command` empty), and of one.
struct KnownSetting {
  std::string command, key;
  std::string paths;  ///< `read` or `write` where it names files or folders, else empty
};
const std::vector<KnownSetting>& known_settings();

}  // namespace rdnsgate::run
