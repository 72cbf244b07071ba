// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/output.h"

#include <fmt/format.h>

#include "base/files/output_file.h"
#include "base/text/text.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/refuse.h"
#include "report/formats.h"

namespace rdnsgate::cli {
namespace {

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

Result<run::ReportFile> report_file(const std::string& output) {
  const std::size_t equals = output.find('=');
  const auto format = output.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == output.size()) {
    return fail(fmt::format("--output {} names no file", output),
                "write it as FORMAT=FILE, such as json=report.json");
  }
  run::ReportFile file{format, output.substr(equals + 1)};
  if (const auto checked = check_is_file(fmt::format("--output {}=", format), file.path); !checked)
    return fail(checked.error().message, fmt::format("--format {} prints it there", format));
  if (report::find_format(format) == nullptr) {
    const auto formats = report_formats();
    const auto near = closest(format, formats);
    return fail(fmt::format("--output {}: there is no format \"{}\"", output, format),
                near.empty() ? fmt::format("the formats are {}", fmt::join(formats, ", "))
                             : fmt::format("did you mean \"{}\"?", near));
  }
  return file;
}

/// What a run stood on, for -v.
void say_details(const report::Document& document, Terminal& terminal) {
  const auto took = document.finished_at - document.started_at;
  terminal.detail(fmt::format("judged {}: {}, {} s", document.inventory_path,
                              counted(document.summary.addresses, "address", "addresses"), took.count()));
  for (const auto& vantage : document.vantages) {
    terminal.detail(fmt::format("asked {}: {}, {} not answered; median {} ms, 99 % within {} ms",
                                vantage.name, counted(vantage.questions, "question", "questions"),
                                vantage.unanswered, vantage.p50_ms, vantage.p99_ms));
  }
}

}  // namespace

Result<std::vector<run::ReportFile>> report_files(const ReportOptions& options) {
  std::vector<run::ReportFile> files;
  for (const auto& output : options.outputs) {
    auto file = report_file(output);
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

int show_report(const run::AuditRun& ran, const ReportOptions& options, bool asks_dns, Terminal& terminal) {
  say_details(ran.document, terminal);
  const bool asked_dns = asks_dns && !ran.document.unusable;
  std::vector<Error> missing;
  if (ran.not_recorded) missing.push_back(*ran.not_recorded);
  const auto files = report_files(options).value_or(std::vector<run::ReportFile>());
  const auto view = options.shown();
  const auto unwritten = run::write_reports(ran.document, files, {.asked_dns = asked_dns, .view = view});
  missing.insert(missing.end(), unwritten.begin(), unwritten.end());
  for (const auto& error : missing) terminal.error(error.message, error.hint);
  const report::TextStyle style{terminal.color(), terminal.quiet(), asked_dns, view,
                                terminal.width(), terminal.links()};
  report::Outlet out([&](std::string_view piece) { return terminal.print(piece); });
  report::find_format(options.format)->write(ran.document, style, out);
  if (!out.finish()) {
    terminal.error("standard output takes no more: the report is incomplete");
    return exit_usage;
  }
  return missing.empty() && !ran.document.unusable ? exit_code(ran.document.verdict) : exit_usage;
}

namespace {

constexpr int exit_plugin_unknown = static_cast<int>(report::PluginState::unknown);

bool is_plugin(const ReportOptions& options) { return report::find_format(options.format)->of_plugin; }

std::string reason_of(const run::Failure& failure) {
  if (!failure.error.message.empty()) return failure.error.message;
  return failure.problems.empty() ? "a file cannot be used" : failure.problems.front().message;
}

}  // namespace

int ending(int code, const report::Document& document, const ReportOptions& options) {
  if (!is_plugin(options)) return code;
  return code == exit_usage || code == exit_internal ? exit_plugin_unknown
                                                     : static_cast<int>(report::plugin_state(document));
}

int refuse(Terminal& terminal, const ReportOptions& options, const Error& error) {
  if (is_plugin(options)) terminal.print(report::plugin_line(report::PluginState::unknown, error.message));
  const int code = refuse(terminal, error);
  return is_plugin(options) ? exit_plugin_unknown : code;
}

int refuse(Terminal& terminal, const ReportOptions& options, const run::Failure& failure) {
  if (is_plugin(options))
    terminal.print(report::plugin_line(report::PluginState::unknown, reason_of(failure)));
  const int code = refuse(terminal, failure);
  return is_plugin(options) ? exit_plugin_unknown : code;
}

}  // namespace rdnsgate::cli
