// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "audit/offline.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/output.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

struct LintOptions {
  std::vector<std::string> files;
  ReportOptions report;
  StdinOptions standard_input;
};

int lint(const CommonOptions& common, const LintOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto now = common.time();
  if (!now) return terminal.error(now.error().message, now.error().hint), exit_usage;
  if (const auto checked = check_outputs(options.report); !checked) {
    return terminal.error(checked.error().message, checked.error().hint), exit_usage;
  }
  if (const auto checked = options.standard_input.check(options.files); !checked)
    return terminal.error(checked.error().message, checked.error().hint), exit_usage;
  const auto paths = inventory_paths(options.files, terminal);
  if (!paths) return exit_usage;

  Sources sources;
  auto loaded = load_inventory(sources, *paths);
  const std::string shown = options.standard_input.shown(paths->named);
  if (loaded.inventory && shown != paths->named) loaded.inventory->path = shown;
  report::RunInfo info{shown, {}, *now, *now, find_place(), options.standard_input.filename};
  if (!loaded.inventory) {
    write_report(report::make_document(info, loaded.problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  const auto baseline = load_baseline(options.report.baseline, sources);
  if (!baseline) return terminal.error(baseline.error().message, baseline.error().hint), exit_usage;
  const audit::RunContext run{&*loaded.inventory, *now};
  const audit::Policy policy(rules::registry(), *loaded.inventory);
  auto result = audit::conclude(run, policy, audit::judge_offline(run, policy), nullptr,
                                verdict_options(options.report, *baseline));
  info.inventory_sha256 = loaded.inventory->sha256;
  const auto verdict = result.verdict;
  auto document = report::make_document(info, std::move(result), sources);
  if (wants(options.report, "junit")) document.coverage = audit::coverage(*loaded.inventory, policy, {});
  return write_report(std::move(document), options.report, false, terminal) ? exit_code(verdict) : exit_usage;
}

}  // namespace

Action add_lint(CLI::App& app) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", "Check the inventory itself; asks no DNS");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  options->report.add_to(*command);
  options->standard_input.add_to(*command);
  command->footer(
      "Exit: 0 pass, 1 findings, 2 the inventory cannot be read.\nExample: rdnsgate lint inventory.yaml");
  return [options](const CommonOptions& common) { return lint(common, *options); };
}

}  // namespace rdnsgate::cli
