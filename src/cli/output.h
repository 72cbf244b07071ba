// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/output_file.h"
#include "base/result.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "report/document.h"

namespace rdnsgate::cli {

/// Prints the report as asked and writes the files that `--output` names. False after saying why, where
/// something could not be written.
bool write_report(report::Document document, const ReportOptions& options, bool asked_dns,
                  Terminal& terminal);

/// A format that is wanted, printed or in a file, says what was judged and found right too. After check_outputs().
bool needs_coverage(const ReportOptions& options);

/// Refuses an --output that cannot be meant before anything is asked.
Result<void> check_outputs(const ReportOptions& options);

/// The exit code of a finished run.
int exit_code(audit::Verdict verdict);

/// `baseline` outlives what is returned.
audit::VerdictOptions verdict_options(const ReportOptions& options,
                                      const std::optional<audit::Baseline>& baseline);

}  // namespace rdnsgate::cli
