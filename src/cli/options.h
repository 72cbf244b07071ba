// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/verdict.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "cli/configure.h"

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// Options that every command has.
struct CommonOptions {
  std::string color = "auto";
  int quiet = 0;
  std::string now;  ///< RFC 3339; empty: the clock
  ConfigChoice config;
  std::vector<EffectiveSetting> settings;  ///< no option: what a configuration could have said, as it is in the end
  std::string config_path;  ///< no option: the configuration that was read, or empty

  /// The time of the run.
  Result<Time> time() const;
};

/// What --format and --output take.
std::vector<std::string_view> report_formats();

/// Options of the commands that print a report.
struct ReportOptions {
  std::string format = "text";
  std::vector<std::string> outputs;  ///< FORMAT=FILE
  std::string fail_on = "error";
  std::string baseline;  ///< a file, or empty

  void add_to(CLI::App& command);
};

/// Options of the commands that read an inventory which an editor may have in memory only.
struct StdinOptions {
  std::string filename;

  void add_to(CLI::App& command);
  /// Refuses a name where the inventory is not on standard input.
  Result<void> check(const std::vector<std::string>& files) const;
  /// What a report calls the inventory.
  std::string shown(const std::string& path) const {
    return path == "-" && !filename.empty() ? filename : path;
  }
};

/// Options of the commands that ask the DNS.
struct AskOptions {
  std::vector<std::string> vantages;    ///< names of the inventory's, or addresses of resolvers
  std::vector<std::string> zone_files;  ///< folders and files; empty: the live DNS
  std::string root_hints, trust_anchor;
  std::string record, replay;  ///< snapshots to write, and to answer from
  std::string timeout = "5s", deadline = "30m";
  /// No option: of an inventory that names no vantages, the name servers themselves are asked as well.
  bool holders_too = false;

  void add_to(CLI::App& command);
};

}  // namespace rdnsgate::cli
