// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/document.h"

namespace rdnsgate::run {

/// What evidence takes from a report that `check --output json=FILE` wrote.
struct StoredReport {
  Time finished_at{};
  std::vector<report::Document::Finding> findings;
};

Result<StoredReport> read_stored_report(const std::string& path);

}  // namespace rdnsgate::run
