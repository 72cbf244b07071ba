// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/exit_code.h"
#include "report/formats.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

struct FormatAndFile {
  std::string_view format, file;  ///< the latter empty where there is no =
};

FormatAndFile parts_of(std::string_view output) {
  const std::size_t equals = output.find('=');
  if (equals == std::string_view::npos) return {output, {}};
  return {output.substr(0, equals), output.substr(equals + 1)};
}

std::string render(std::string_view format, const report::Document& document,
                   const report::TextStyle& style) {
  return report::find_format(format)->render(document, style);
}

/// What the formats for machines say of the rules themselves.
void describe_rules(report::Document& document) {
  std::set<std::string_view> named;
  for (const auto& finding : document.findings) named.insert(finding.rule);
  for (const auto id : named) {
    if (const auto* rule = rules::find_rule(id); rule != nullptr) {
      document.rules.push_back({std::string(id), std::string(rule->info.summary),
                                std::string(rules::page(id)), rule->info.severity});
    }
  }
}

}  // namespace

bool needs_coverage(const ReportOptions& options) {
  const auto needs = [](std::string_view format) { return report::find_format(format)->needs_coverage; };
  return needs(options.format) || std::any_of(options.outputs.begin(), options.outputs.end(),
                                              [&](std::string_view output) { return needs(parts_of(output).format); });
}

Result<void> check_outputs(const ReportOptions& options) {
  for (const auto& output : options.outputs) {
    const auto [format, file] = parts_of(output);
    if (file.empty()) {
      return fail(fmt::format("--output {} names no file", output),
                  "write it as FORMAT=FILE, such as json=report.json");
    }
    if (const auto is_file = check_is_file(fmt::format("--output {}=", format), std::string(file)); !is_file)
      return fail(is_file.error().message, fmt::format("--format {} prints it there", format));
    if (report::find_format(format) != nullptr) continue;
    const auto formats = report_formats();
    const auto near = closest(format, formats);
    return fail(fmt::format("--output {}: there is no format \"{}\"", output, format),
                near.empty() ? fmt::format("the formats are {}", fmt::join(formats, ", "))
                             : fmt::format("did you mean \"{}\"?", near));
  }
  return {};
}

bool write_report(report::Document document, const ReportOptions& options, bool asked_dns,
                  Terminal& terminal) {
  describe_rules(document);
  bool written = true;
  for (const auto& output : options.outputs) {
    const auto [format, file] = parts_of(output);
    const auto text = render(format, document, {.asked_dns = asked_dns});
    if (const auto done = write_file(std::string(file), text); !done) {
      terminal.error(done.error().message, done.error().hint);
      written = false;
    }
  }
  const report::TextStyle style{terminal.color(), terminal.quiet(), asked_dns};
  if (!terminal.print(render(options.format, document, style))) {
    terminal.error("standard output takes no more: the report is incomplete");
    written = false;
  }
  return written;
}

int exit_code(audit::Verdict verdict) {
  switch (verdict) {
    case audit::Verdict::pass:
      return exit_pass;
    case audit::Verdict::fail:
      return exit_findings;
    case audit::Verdict::inconclusive:
      return exit_inconclusive;
  }
  return exit_internal;
}

audit::VerdictOptions verdict_options(const ReportOptions& options,
                                      const std::optional<audit::Baseline>& baseline) {
  audit::VerdictOptions verdict;
  verdict.baseline = baseline ? &*baseline : nullptr;
  verdict.fail_on = parse_severity(options.fail_on).value_or(Severity::off);
  return verdict;
}

}  // namespace rdnsgate::cli
