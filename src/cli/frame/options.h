// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/view.h"
#include "run/frame/asking.h"
#include "run/frame/clock.h"
#include "run/gate/configuration.h"

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// Options that every command has.
struct CommonOptions {
  std::string color = "auto";
  int quiet = 0;
  bool verbose = false;
  std::string now;  ///< RFC 3339; empty: the clock
  run::Configuration configuration;

  /// The time of the run: --now, or what the system's clock shows.
  Result<run::Clock> clock() const;
};

/// What --format and --output take.
std::vector<std::string_view> report_formats();

/// Options of the commands that print a report.
struct ReportOptions {
  std::string format = "text";
  std::vector<std::string> outputs;  ///< FORMAT=FILE
  std::string fail_on = "error";
  std::string baseline;  ///< a file, or empty
  std::string category;  ///< of SARIF; empty: by command and inventory
  std::string group_by = "cause", level = "info";
  report::View view;  ///< but for these

  void add_to(CLI::App& command);
  /// Of these, what says how a report that there is already is shown.
  void add_shown_to(CLI::App& command);
  report::View shown() const;

 private:
  void add_formats_to(CLI::App& command);
  void add_category_to(CLI::App& command);
  void add_view_to(CLI::App& command);
};

/// Options of the commands that read an inventory which an editor may have in memory only.
struct StdinOptions {
  std::string filename;

  void add_to(CLI::App& command);
  /// Refuses a name where the inventory is not on standard input.
  Result<void> check(const std::vector<std::string>& files) const;
};

/// Options of the commands that ask the DNS.
struct AskOptions {
  run::Asking given;  ///< but for the times
  std::string timeout = "5s", deadline = "30m";

  /// `records`: also --record, which writes a snapshot.
  void add_to(CLI::App& command, bool records = true);
  /// With the times. Fails on what is no duration.
  Result<run::Asking> asking() const;
};

/// `--changed-since GIT-REF`: a run that judges only what differs from a commit.
struct ChangedSinceOption {
  std::string ref;

  void add_to(CLI::App& command);
  /// Refuses an inventory that is no file.
  Result<void> check(const std::vector<std::string>& files) const;
};

}  // namespace rdnsgate::cli
