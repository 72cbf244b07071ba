// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/result.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "run/audit/audit_run.h"
#include "run/files/report_files.h"

namespace rdnsgate::cli {

/// The files that `--output` names. Fails on one that cannot be meant.
Result<std::vector<run::ReportFile>> report_files(const ReportOptions& options);

/// Prints the report as asked and writes the files that `--output` names; says what could not be written. Returns
/// the exit code of the run, which `asks_dns` where files do not keep it from that.
int show_report(const run::AuditRun& ran, const ReportOptions& options, bool asks_dns, Terminal& terminal);

/// What a command ends with that would end with `code` behind its report: with --format nagios what plugins end with.
int ending(int code, const report::Document& document, const ReportOptions& options);

/// As in refuse.h; with --format nagios also on standard output, where alone it is read, and with what plugins end with.
int refuse(Terminal& terminal, const ReportOptions& options, const Error& error);
int refuse(Terminal& terminal, const ReportOptions& options, const run::Failure& failure);

}  // namespace rdnsgate::cli
