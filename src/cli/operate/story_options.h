// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "cli/frame/options.h"
#include "run/evidence/postmortem_run.h"

namespace rdnsgate::cli {

/// Options of the commands that tell how a finding went.
struct StoryOptions {
  std::string subject, history, plan, state;
  std::vector<std::string> inventory, redact;

  void add_to(CLI::App& command);
  Result<run::StoryRequest> request(const CommonOptions& common) const;
};

}  // namespace rdnsgate::cli
