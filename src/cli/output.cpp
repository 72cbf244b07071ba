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

std::string render(std::string_view format, const report::Document& document,
                   const report::TextStyle& style) {
  if (format == "json") return report::render_json(document);
  if (format == "github") return report::render_github(document);
  if (format == "sarif") return report::render_sarif(document);
  if (format == "junit") return report::render_junit(document);
  if (format == "gitlab") return report::render_gitlab(document);
  if (format == "markdown") return report::render_markdown(document);
  return report::render_text(document, style);
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

bool wants(const ReportOptions& options, std::string_view format) {
  return options.format == format ||
         std::any_of(options.outputs.begin(), options.outputs.end(),
                     [&](std::string_view output) { return output.substr(0, output.find('=')) == format; });
}

Result<void> check_outputs(const ReportOptions& options) {
  for (const auto& output : options.outputs) {
    const std::size_t equals = output.find('=');
    const std::string_view format = std::string_view(output).substr(0, equals);
    if (equals == std::string::npos || equals + 1 == output.size()) {
      return fail(fmt::format("--output {} names no file", output),
                  "write it as FORMAT=FILE, such as json=report.json");
    }
    if (const auto file = check_is_file(fmt::format("--output {}=", format), output.substr(equals + 1));
        !file)
      return fail(file.error().message, fmt::format("--format {} prints it there", format));
    const auto& formats = report_formats;
    if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
      const auto near = closest(format, formats);
      return fail(fmt::format("--output {}: there is no format \"{}\"", output, format),
                  near.empty() ? fmt::format("the formats are {}", fmt::join(formats, ", "))
                               : fmt::format("did you mean \"{}\"?", near));
    }
  }
  return {};
}

bool write_report(report::Document document, const ReportOptions& options, bool asked_dns,
                  Terminal& terminal) {
  describe_rules(document);
  bool written = true;
  for (const auto& output : options.outputs) {
    const std::size_t equals = output.find('=');
    const auto text = render(output.substr(0, equals), document, {.asked_dns = asked_dns});
    if (const auto done = write_file(output.substr(equals + 1), text); !done) {
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
