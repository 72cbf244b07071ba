// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <array>
#include <memory>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/output.h"
#include "cli/frame/refuse.h"
#include "report/compared/comparison.h"
#include "report/formats.h"
#include "run/reports/merge_run.h"
#include "run/reports/stored_report.h"

namespace rdnsgate::cli {
namespace {

struct ReportCommand {
  CLI::App *show = nullptr, *merge = nullptr, *diff = nullptr;
  ReportOptions shown, merged;
  std::string file, before, now, inventory, diff_format = "text";
  std::vector<std::string> files;
  bool exit_code = false;
};

bool asked_dns(const report::Document& document) { return document.command != "lint"; }

int show(const ReportCommand& options, Terminal& terminal) {
  if (const auto files = report_files(options.shown); !files)
    return refuse(terminal, options.shown, files.error());
  auto document = run::load_report(options.file);
  if (!document) return refuse(terminal, options.shown, document.error());
  run::add_inventory(*document);
  document->category = options.shown.category;
  const bool asked = asked_dns(*document);
  run::AuditRun ran;
  ran.document = std::move(*document);
  const int code = show_report(ran, options.shown, asked, terminal);
  // What the report says was said by the run; a file that could not be written is said now.
  return ending(code == exit_usage && !ran.document.unusable ? exit_usage : exit_pass, ran.document, options.shown);
}

int merge(const ReportCommand& options, Terminal& terminal) {
  const auto files = report_files(options.merged);
  if (!files) return refuse(terminal, options.merged, files.error());
  const auto needs = [](const std::string& format) { return report::find_format(format)->needs_coverage; };
  const bool coverage =
      needs(options.merged.format) ||
      std::any_of(files->begin(), files->end(), [&](const auto& one) { return needs(one.format); });
  auto document = run::merge_run({options.files, options.inventory, coverage});
  if (!document) return refuse(terminal, options.merged, document.error());
  document->category = options.merged.category;
  const bool asked = asked_dns(*document);
  run::AuditRun ran;
  ran.document = std::move(*document);
  return ending(show_report(ran, options.merged, asked, terminal), ran.document, options.merged);
}

int diff(const ReportCommand& options, Terminal& terminal) {
  const auto before = run::load_report(options.before);
  if (!before) return refuse(terminal, before.error());
  const auto now = run::load_report(options.now);
  if (!now) return refuse(terminal, now.error());
  const auto comparison = report::compare(*before, *now);
  const auto text = options.diff_format == "json"       ? report::render_comparison_json(comparison)
                    : options.diff_format == "markdown" ? report::render_comparison_markdown(comparison)
                                                        : report::render_comparison_text(comparison);
  if (!terminal.print(text))
    return refuse(terminal, {"standard output takes no more: the difference is incomplete"});
  return options.exit_code && comparison.differs() ? exit_findings : exit_pass;
}

}  // namespace

Action add_report(CLI::App& app) {
  auto options = std::make_shared<ReportCommand>();
  auto* command = app.add_subcommand("report", "Show, join and compare reports that were stored as JSON");
  command->require_subcommand(1);
  command->fallthrough();
  options->show = command->add_subcommand("show", "Write a stored report in any format");
  options->show->add_option("FILE", options->file, "The report in the format json, - for standard input")
      ->required();
  options->shown.add_shown_to(*options->show);
  options->show->footer(
      "Source lines are shown where the inventory is still there, as it was judged.\n"
      "Exit: 0 shown, whatever the report says; 2 the report cannot be read.\n"
      "Example: rdnsgate report show --format markdown report.json");
  options->merge =
      command->add_subcommand("merge", "Join the reports of all shards of a run, or of several networks");
  options->merge->add_option("FILE", options->files, "The reports in the format json")
      ->required()
      ->expected(1, -1);
  options->merged.add_shown_to(*options->merge);
  options->merge
      ->add_option("--inventory", options->inventory,
                   "Where the inventory of the shards lies now; where they say unless given")
      ->type_name("FILE")
      ->allow_extra_args(false);
  options->merge->footer(
      "Of shards (check --shard) each has to be there once; the result is the report of one run.\n"
      "Of networks each has vantages of its own. What only their answers together would confirm is found "
      "with\n"
      "snapshots: rdnsgate facts merge, rdnsgate check --replay.\n"
      "Exit: as of the run: 0 pass, 1 findings, 2 the reports cannot be joined, 3 inconclusive.\n"
      "Example: rdnsgate report merge -o json=report.json shard-1.json shard-2.json shard-3.json");
  options->diff = command->add_subcommand("diff", "What came, went and changed between two reports");
  options->diff->add_option("OLD", options->before, "The earlier report in the format json")->required();
  options->diff->add_option("NEW", options->now, "The later one")->required();
  options->diff->add_option("-f,--format", options->diff_format, "What to print: text, json or markdown")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  options->diff->add_flag("--exit-code", options->exit_code,
                          "Exit 1 where there is a difference, as diff does");
  options->diff->footer("Example: rdnsgate report diff yesterday.json today.json");
  command->footer("Example: rdnsgate report show report.json");
  return [options](const CommonOptions& common) {
    Terminal terminal(common.color, common.quiet, common.verbose);
    return options->show->parsed()    ? show(*options, terminal)
           : options->merge->parsed() ? merge(*options, terminal)
                                      : diff(*options, terminal);
  };
}

}  // namespace rdnsgate::cli
