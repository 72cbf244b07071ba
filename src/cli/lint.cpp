// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "audit/offline.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fix.h"
#include "cli/load.h"
#include "cli/output.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

struct LintOptions {
  std::vector<std::string> files;
  ReportOptions report;
  StdinOptions standard_input;
  bool fix = false, dry_run = false;
};

/// What --fix does before the report; an exit code where there is to be none.
std::optional<int> mend(const LintOptions& options, const InventoryPaths& paths, Sources& sources,
                        LoadedInventory& loaded, Time now, Terminal& terminal) {
  const auto refuse = [&](const Error& error) {
    return terminal.error(error.message, error.hint), exit_usage;
  };
  const auto fixes = find_fixes(sources, paths, loaded, now);
  if (!fixes) return refuse(fixes.error());
  if (options.dry_run) {
    if (fixes->empty() && !loaded.inventory) return std::nullopt;
    if (!terminal.print(diff_of(sources, *fixes))) return exit_usage;
    return fixes->empty() ? exit_pass : exit_findings;
  }
  if (fixes->empty()) return std::nullopt;
  if (const auto written = write_edits(sources, *fixes); !written) return refuse(written.error());
  terminal.say(describe(*fixes));
  sources = Sources();
  loaded = load_inventory(sources, paths);
  return std::nullopt;
}

Result<void> check_fix(const LintOptions& options) {
  if (options.dry_run && !options.fix) return fail("--dry-run goes with --fix");
  const auto& files = options.files;
  if (options.fix && std::find(files.begin(), files.end(), "-") != files.end())
    return fail("--fix rewrites files, and standard input is none", "save it, and name the file");
  return {};
}

int lint(const CommonOptions& common, const LintOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto now = common.time();
  if (!now) return terminal.error(now.error().message, now.error().hint), exit_usage;
  if (const auto checked = check_outputs(options.report); !checked) {
    return terminal.error(checked.error().message, checked.error().hint), exit_usage;
  }
  if (const auto checked = options.standard_input.check(options.files); !checked)
    return terminal.error(checked.error().message, checked.error().hint), exit_usage;
  if (const auto checked = check_fix(options); !checked)
    return terminal.error(checked.error().message, checked.error().hint), exit_usage;
  const auto paths = inventory_paths(options.files, terminal);
  if (!paths) return exit_usage;

  Sources sources;
  auto loaded = load_inventory(sources, *paths);
  if (options.fix) {
    if (const auto code = mend(options, *paths, sources, loaded, *now, terminal)) return *code;
  }
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
  command->add_flag("--fix", options->fix,
                    "First rewrite what is mechanical: spellings of addresses, names, durations and keys");
  command->add_flag("--dry-run", options->dry_run,
                    "With --fix: print the difference and write nothing; exit 1 where there is one");
  command->footer(
      "Exit: 0 pass, 1 findings, 2 the inventory cannot be read.\nExample: rdnsgate lint inventory.yaml");
  return [options](const CommonOptions& common) { return lint(common, *options); };
}

}  // namespace rdnsgate::cli
