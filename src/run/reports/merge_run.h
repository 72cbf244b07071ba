// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/document.h"
#include "run/frame/attempt.h"

namespace rdnsgate::run {

struct MergeRequest {
  std::vector<std::string> reports;  ///< files in the format json
  std::string inventory;             ///< where it lies now; empty: where the reports say
  bool coverage = false;             ///< the document is to say what was judged
};

/// Joins the reports of all shards of one run to the report of the run, or those that several networks have of one inventory.
/// Fails on a shard that is missing or there twice, and on reports of different inventories, versions or options.
Attempt<report::Document> merge_run(const MergeRequest& request);

}  // namespace rdnsgate::run
