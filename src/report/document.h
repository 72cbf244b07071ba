// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/result.h"
#include "base/diagnostic.h"

namespace rdnsgate::report {

/// The report document (schemas/report.schema.json) as a value: what every format is rendered from. Times are
/// UTC; texts may be foreign and are escaped by each format for itself.
struct Document {
  struct Location {
    std::string path;
    std::size_t line = 1, column = 1;  ///< 1-based; columns count code points
  };
  struct Finding {
    std::string rule;
    Severity severity{};
    audit::Status status{};
    audit::Certainty certainty{};
    audit::Scope scope{};
    std::vector<std::string> vantages;
    audit::Target target;
    std::string message, expected, observed;
    std::optional<Time> clears_at;
    Location location;
    std::string fix, waiver_reason, fingerprint;
    std::string excerpt;  ///< the source line with carets, for text; not part of the JSON
  };

  std::string tool_version;
  std::string inventory_path, inventory_sha256;
  Time started_at{}, finished_at{};
  audit::Verdict verdict = audit::Verdict::pass;
  audit::Summary summary;
  std::vector<audit::VantageStats> vantages;
  std::vector<Finding> findings;
};

struct RunInfo {
  std::string inventory_path, inventory_sha256;
  Time started_at{}, finished_at{};
};

Document make_document(const RunInfo& run, audit::AuditResult&& result, const Sources& sources);

/// For an inventory that could not be read: its problems as findings, each with its code as the rule.
Document make_document(const RunInfo& run, const Diagnostics& problems, const Sources& sources);

}  // namespace rdnsgate::report
