// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/baseline.h"
#include "base/result.h"
#include "base/text/source.h"
#include "base/timestamp.h"

namespace rdnsgate::report {

/// The findings of a JSON report that a baseline may accept: what its own baseline accepts and, unless
/// `only_known`, what is open. What is waived has its reason already; what is inconclusive, or only left in
/// caches, is no state to keep; and what is said of waivers and baselines themselves is not for accepting.
/// `path` is for what is wrong with it.
Result<audit::Baseline> baseline_of_report(std::string_view path, std::string_view json, bool only_known);

/// A finding as a report has it: texts are foreign.
struct ReportedFinding {
  std::string rule, certainty, message, fingerprint;
  audit::Target target;
};
struct ReportedFindings {
  Time finished_at{};
  std::vector<ReportedFinding> findings;  ///< those that are open
};
/// What a JSON report says is open. `path` is for what is wrong with it.
Result<ReportedFindings> findings_of_report(std::string_view path, std::string_view json);

/// schemas/baseline.schema.json: one entry a line, in a fixed order and each once, so that the difference
/// between two of them is readable. Sorts the entries.
std::string render_baseline(audit::Baseline& baseline);

/// Reads what render_baseline wrote; entries keep their place in the file.
Result<audit::Baseline> read_baseline(FileId file, const Sources& sources);

}  // namespace rdnsgate::report
