// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "report/document.h"

namespace rdnsgate::run {

/// A report and the file that it is in.
struct NamedReport {
  std::string path;
  report::Document document;
};

/// What several networks have of one inventory, each at vantages of its own. Of one finding that they agree on, its vantages
/// are those of all; it is as certain as where it is most certain; and it is isolated where another network, whose lookups of
/// the target did not fail, does not have it. A waiver is unused that is unused everywhere. Two resolvers that only together
/// would confirm a finding do not: reports do not say whose they are, snapshots do (`facts merge`).
Result<report::Document> join_networks(std::vector<NamedReport>&& reports);

/// Counts the findings anew, and draws the verdict from what each does.
void count_again(report::Document& document);

}  // namespace rdnsgate::run
