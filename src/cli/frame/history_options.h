// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "base/result.h"
#include "cli/frame/terminal.h"
#include "run/audit/audit_run.h"

namespace CLI {
class App;
}

namespace rdnsgate::cli {

/// `--history FILE|URL` of the commands that write runs to one.
struct HistoryOptions {
  std::string where, origin;

  void add_to(CLI::App& command);
  bool is_asked() const { return !where.empty(); }
  /// Writes the run; says what there is to say. False where the run is not kept anywhere.
  bool record(const run::AuditRun& ran, Terminal& terminal) const;
};

/// Of a command that reads a history: one is named, on its command line or where options stand that hold for all.
Result<void> check_names_history(const std::string& where);

}  // namespace rdnsgate::cli
