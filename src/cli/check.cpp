// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "audit/engine.h"
#include "audit/offline.h"
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/refuse.h"
#include "cli/say_problems.h"
#include "rules/registry.h"
#include "run/files/as_table.h"
#include "run/files/baseline.h"
#include "run/files/find_place.h"
#include "run/files/zone_files.h"
#include "run/gate/changed_since.h"
#include "run/open_panel.h"

namespace rdnsgate::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> files;
  ReportOptions report;
  StdinOptions standard_input;
  AskOptions ask;
  ChangedSinceOption changed;
  std::string transient = "pass", inconclusive = "report", quorum;
};

audit::VerdictOptions verdict_options(const CheckOptions& options,
                                      const std::optional<audit::Baseline>& baseline) {
  using Inconclusive = audit::VerdictOptions::Inconclusive;
  auto verdict = verdict_options(options.report, baseline);
  verdict.transient_fails = options.transient == "fail";
  verdict.inconclusive = options.inconclusive == "pass"   ? Inconclusive::pass
                         : options.inconclusive == "fail" ? Inconclusive::fail
                                                          : Inconclusive::report;
  return verdict;
}

int judge(const CheckOptions& options, const inventory::Inventory& inventory,
          std::vector<resolve::ZoneSource> proposed, const std::optional<audit::Baseline>& baseline,
          Sources& sources, report::RunInfo info, const audit::Touched* touched, const CommonOptions& common,
          const run::Asking& asking, Deadline& deadline, Terminal& terminal) {
  auto opened = run::open_panel(run::declared_by(inventory), asking, std::move(proposed));
  if (!opened) return refuse(terminal, opened.error());
  dns::Panel& panel = *opened->panel;
  // What was recorded is judged as it was then, unless the command line names another time.
  const bool is_then = opened->recorded && common.now.empty();
  if (is_then) info.started_at = opened->recorded->taken_at;

  const audit::Policy policy(rules::registry(), inventory);
  Diagnostics problems;
  const auto as_table = run::load_as_table(inventory, policy, sources, problems);
  if (!problems.empty()) {
    write_report(report::make_document(info, problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  audit::RunContext run{&inventory, info.started_at, as_table ? &*as_table : nullptr};
  run.touched = touched;
  auto offline = audit::judge_offline(run, policy);
  dns::FactStore store;
  audit::LiveOptions live_options;
  live_options.deadline = deadline.after_loading();
  live_options.quorum = inventory::parse_quorum(options.quorum).value_or(inventory.quorum);
  live_options.progress = [&](const audit::Progress& progress) {
    terminal.progress(fmt::format("checked {} of {} ({} questions in flight)", progress.done, progress.total,
                                  progress.in_flight));
  };
  auto live = audit::judge_live(run, policy, panel, store, live_options);
  terminal.clear_progress();
  auto result = audit::conclude(run, policy, std::move(offline), &live, verdict_options(options, baseline));
  if (const auto finished = common.time())
    info.finished_at = is_then ? opened->recorded->finished_at : *finished;
  const auto recorded = run::record_facts(asking, panel, store, info.started_at, info.finished_at);
  if (!recorded) terminal.error(recorded.error().message, recorded.error().hint);
  const auto verdict = result.verdict;
  auto document = report::make_document(info, std::move(result), sources);
  if (needs_coverage(options.report))
    document.coverage = audit::coverage(inventory, policy, document.vantages);
  if (touched != nullptr) keep_touched(document.coverage, *touched);
  const bool written = write_report(std::move(document), options.report, true, terminal) && recorded;
  return written ? exit_code(verdict) : exit_usage;
}

int check(const CommonOptions& common, const CheckOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto now = common.time();
  if (!now) return refuse(terminal, now.error());
  if (const auto checked = check_outputs(options.report); !checked) return refuse(terminal, checked.error());
  if (const auto checked = options.standard_input.check(options.files); !checked)
    return refuse(terminal, checked.error());
  if (const auto checked = options.changed.check(options.files); !checked)
    return refuse(terminal, checked.error());
  const auto asking = options.ask.asking();
  if (!asking) return refuse(terminal, asking.error());
  Deadline deadline(*asking, options.ask.deadline);
  const auto paths = inventory_paths(options.files, terminal);
  if (!paths) return exit_usage;
  Sources sources;
  const run::Readiness ready(options.changed.ref);
  inventory::ParsedFiles parsed;
  auto loaded = run::load_inventory(sources, *paths, ready.load_options(parsed));
  const std::string shown = options.standard_input.shown(paths->named);
  if (loaded.inventory && shown != paths->named) loaded.inventory->path = shown;
  report::RunInfo info{
      shown, {}, *now, *now, run::find_place(), common.configuration.path, options.standard_input.filename};
  if (!loaded.inventory) {
    write_report(report::make_document(info, loaded.problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  info.inventory_sha256 = loaded.inventory->sha256;
  const auto baseline = run::load_baseline(options.report.baseline, sources);
  if (!baseline) return refuse(terminal, baseline.error());
  run::ProposedZones proposed;
  if (!asking->zone_files.empty()) {
    auto read = run::read_zone_files(asking->zone_files, sources);
    if (!read) return refuse(terminal, read.error());
    proposed = std::move(*read);
  }
  if (!proposed.usable()) {
    write_report(report::make_document(info, proposed.problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  say_problems(proposed.problems, sources, terminal);
  const auto changes =
      run::find_changes(options.changed.ref, options.files, *loaded.inventory, parsed, asking->zone_files,
                   {common.configuration, "check", options.report.baseline, sources});
  if (!changes) return refuse(terminal, changes.error());
  info.changed_since = run::changed_since(*changes, *loaded.inventory);
  if (info.changed_since) terminal.say(describe(*info.changed_since, *changes));
  return judge(options, *loaded.inventory, std::move(proposed.zones), *baseline, sources, info,
               changes->touched ? &*changes->touched : nullptr, common, *asking, deadline, terminal);
}

}  // namespace

Action add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  auto* command = app.add_subcommand("check", "Compare the DNS, live or proposed, with the inventory");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  options->ask.add_to(*command);
  options->changed.add_to(*command);
  options->report.add_to(*command);
  options->standard_input.add_to(*command);
  command->add_option("--transient", options->transient, "What only caches still show: pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"pass", "fail"}));
  command
      ->add_option("--inconclusive", options->inconclusive,
                   "What could not be determined: report (exit 3), pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"report", "pass", "fail"}));
  command
      ->add_option("--quorum", options->quorum,
                   "Whose answers settle a subject that a vantage failed at: any, confirmed (who could "
                   "confirm a finding) or all; the inventory's unless given")
      ->check(CLI::IsMember({"any", "confirmed", "all"}));
  command->footer(
      "Exit: 0 pass, 1 findings, 2 wrong usage or inventory, 3 inconclusive.\n"
      "Example: rdnsgate check --zone-files zones inventory.yaml");
  return [options](const CommonOptions& common) { return check(common, *options); };
}

}  // namespace rdnsgate::cli
