// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/audit_options.h"

#include <algorithm>

#include "cli/output.h"
#include "report/formats.h"

namespace rdnsgate::cli {

Result<run::AuditRequest> AuditOptions::request(const std::string& command, const CommonOptions& common) const {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto outputs = report_files(report);
  if (!outputs) return tl::unexpected(outputs.error());
  if (const auto checked = standard_input.check(files); !checked) return tl::unexpected(checked.error());
  if (const auto checked = changed.check(files); !checked) return tl::unexpected(checked.error());
  run::AuditRequest request;
  request.command = command;
  request.configuration = common.configuration;
  request.clock = std::move(*clock);
  request.files = files;
  request.stdin_name = standard_input.filename;
  request.commit = changed.ref;
  request.baseline = report.baseline;
  request.verdict.fail_on = parse_severity(report.fail_on).value_or(Severity::off);
  const auto needs = [](const std::string& format) { return report::find_format(format)->needs_coverage; };
  request.coverage = needs(report.format) || std::any_of(outputs->begin(), outputs->end(),
                                                         [&](const auto& file) { return needs(file.format); });
  return request;
}

}  // namespace rdnsgate::cli
