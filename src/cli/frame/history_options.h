// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

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

}  // namespace rdnsgate::cli
