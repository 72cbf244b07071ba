// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/frame/options.h"
#include "run/audit/audit_run.h"

namespace rdnsgate::cli {

/// Options of the commands that judge an inventory.
struct AuditOptions {
  std::vector<std::string> files;
  ReportOptions report;
  StdinOptions standard_input;
  ChangedSinceOption changed;
  std::string shard;  ///< `3/16`, or empty

  void add_shard_to(CLI::App& command);
  /// What `command` is to judge by them. Fails where they make no sense together.
  Result<run::AuditRequest> request(const std::string& command, const CommonOptions& common) const;
};

}  // namespace rdnsgate::cli
