// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "base/files/output_file.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/operate/schedule_options.h"
#include "run/drill/drill_run.h"
#include "run/drill/score_file.h"
#include "run/faults/scenario.h"

namespace rdnsgate::cli {
namespace {

/// What is printed; `then` is what it ends with.
int print_drill(Terminal& terminal, const std::string& text, int then) {
  if (terminal.print(text)) return then;
  return refuse(terminal, {"standard output takes no more: the drill is incomplete"});
}

struct DrillCommand {
  CLI::App *list = nullptr, *run = nullptr, *report = nullptr;
  std::string list_format = "text", run_format = "text", report_format = "text";
  run::DrillRequest request;
  std::string interval = "5m", jitter = "10%", recheck = "1m", confirm = "2/3", level = "warning", record;
  std::vector<std::string> records;
};

std::vector<std::string_view> scenario_names() {
  std::vector<std::string_view> names;
  for (const auto& scenario : run::scenarios()) names.push_back(scenario.name);
  return names;
}

int list_scenarios(const DrillCommand& options, Terminal& terminal) {
  std::vector<report::DrillEntry> all;
  for (const auto& one : run::scenarios()) all.push_back({one.name, one.summary, one.needs});
  const auto text = options.list_format == "json"       ? report::render_drill_list_json(all)
                    : options.list_format == "markdown" ? report::render_drill_list_markdown(all)
                                                        : report::render_drill_list_text(all);
  return print_drill(terminal, text, exit_pass);
}

Result<run::DrillRequest> drill_request_of(const CommonOptions& common, const DrillCommand& options) {
  auto request = options.request;
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  request.clock = *clock;
  if (const auto file = check_is_file("--record", options.record); !file) return tl::unexpected(file.error());
  if (const auto file = check_is_file("--altered", request.altered); !file)
    return tl::unexpected(file.error());
  const auto schedule = read_schedule("--interval", options.interval, options.jitter, options.recheck);
  if (!schedule) return tl::unexpected(schedule.error());
  request.watch.schedule = *schedule;
  const auto policy = read_policy(options.confirm);
  if (!policy) return tl::unexpected(policy.error());
  request.watch.policy = *policy;
  request.watch.level = parse_severity(options.level).value_or(Severity::warning);
  return request;
}

int exit_of_drill(const report::DrillDocument& document) {
  if (document.count_fitting() == 0) return exit_usage;
  const bool all_noticed = document.count_noticed() == document.count_fitting();
  return all_noticed && document.count_differing() == 0 ? exit_pass : exit_findings;
}

int play_drill(const CommonOptions& common, const DrillCommand& options, Terminal& terminal) {
  const auto request = drill_request_of(common, options);
  if (!request) return refuse(terminal, request.error());
  Talk talk(terminal);
  const auto document = run::drill_run(*request, talk);
  if (!document) return refuse(terminal, document.error());
  if (!options.record.empty()) {
    const auto kept = run::add_records(options.record, report::records_of(*document));
    if (!kept) return refuse(terminal, kept.error());
  }
  const auto text = options.run_format == "json" ? report::render_drill_json(*document)
                    : options.run_format == "markdown"
                        ? report::render_drill_markdown(*document)
                        : report::render_drill_text(*document, terminal.color(), terminal.quiet());
  return print_drill(terminal, text, exit_of_drill(*document));
}

int report_scores(const DrillCommand& options, Terminal& terminal) {
  auto records = run::read_records(options.records);
  if (!records) return refuse(terminal, records.error());
  const auto score = report::score_of(std::move(*records), scenario_names());
  const auto text = options.report_format == "json"       ? report::render_score_json(score)
                    : options.report_format == "markdown" ? report::render_score_markdown(score)
                                                          : report::render_score_text(score);
  return print_drill(terminal, text, exit_pass);
}

void add_drill_format(CLI::App& command, std::string& format) {
  command.add_option("-f,--format", format, "What to print on standard output: text, json or markdown")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json", "markdown"}));
}

void add_schedule(CLI::App& command, DrillCommand& options) {
  command
      .add_option("--interval", options.interval, "Time from one look to the next, as watch --every has it")
      ->capture_default_str();
  command
      .add_option("--jitter", options.jitter, "The most by which a look is put off, in parts of --interval")
      ->type_name("PERCENT")
      ->capture_default_str();
  command
      .add_option("--recheck", options.recheck,
                  "Time until what is doubtful is looked at again; doubled each time; 0 for never")
      ->capture_default_str();
  command
      .add_option("--confirm", options.confirm,
                  "How many of the last looks have to show that something opened or recovered")
      ->type_name("N/M")
      ->capture_default_str();
  command
      .add_option("--level", options.level,
                  "Told are findings of at least this severity: error, warning or info")
      ->capture_default_str()
      ->check(CLI::IsMember({"error", "warning", "info"}));
}

void add_drill_run(CLI::App& command, DrillCommand& options) {
  auto& request = options.request;
  command
      .add_option("SCENARIO", request.scenario,
                  "What happens: see rdnsgate drill list; all for every one of them")
      ->required();
  command.add_option(
      "FILE", request.files,
      "The inventory, in one or several files or in a folder; inventory.yaml where none is named");
  auto* replay =
      command.add_option("--replay", request.replay,
                         "Play it in this snapshot (check --record), as of the time when it was recorded");
  replay->type_name("FILE");
  command
      .add_option("--zone-files", request.zone_files,
                  "Play it in the world that the zone files or octoDNS zones in this folder, or this file, "
                  "describe: every name server is taken to be well; may be given several times")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false)
      ->excludes(replay);
  command
      .add_option(
          "--target", request.target,
          "What it happens to: an address, a sender, a zone, a host name or a vantage of the inventory; "
          "else the first that fits")
      ->type_name("NAME|IP");
  command
      .add_option("--banners", request.banners,
                  "What smtp banner --format json wrote: what mail servers say is looked at, too")
      ->type_name("FILE");
  command.add_flag("--lab", request.lab,
                   "Also play it on real name servers (NSD or Knot, and Unbound) in a network namespace of "
                   "their own, and say "
                   "whether they show what was predicted");
  add_schedule(command, options);
  add_drill_format(command, options.run_format);
  command
      .add_option("-o,--record", options.record,
                  "Also add the result to this file, a line for each scenario, for drill report")
      ->type_name("FILE");
  command
      .add_option(
          "--altered", request.altered,
          "Also write the answers of the world in which it happened to a snapshot, for check --replay")
      ->type_name("FILE");
  command.footer(
      "Nobody outside this machine is asked anything. Exit: 0 it would be noticed, 1 it would not, or real "
      "servers\n"
      "show something else, 2 wrong usage, or it does not fit this estate.\n"
      "Example: rdnsgate drill run all --replay facts.jsonl.gz --interval 15m -o drills.jsonl");
}

}  // namespace

Action add_drill(CLI::App& app) {
  auto options = std::make_shared<DrillCommand>();
  auto* command =
      app.add_subcommand("drill", "Play failures that happened elsewhere: would we notice, and what then?");
  command->require_subcommand(1);
  options->list = command->add_subcommand("list", "The scenarios that there are");
  add_drill_format(*options->list, options->list_format);
  options->list->footer("Example: rdnsgate drill list");
  options->run = command->add_subcommand("run", "Play a scenario with what was recorded");
  add_drill_run(*options->run, *options);
  options->report = command->add_subcommand("report", "Would we notice next time? The score over time");
  options->report->add_option("FILE", options->records, "What drill run --record wrote")->required();
  add_drill_format(*options->report, options->report_format);
  options->report->footer("Example: rdnsgate drill report drills.jsonl");
  command->footer("Example: rdnsgate drill run ptr-lost --zone-files zones inventory.yaml");
  return [options](const CommonOptions& common) {
    Terminal terminal(common.color, common.quiet, common.verbose);
    return options->list->parsed()  ? list_scenarios(*options, terminal)
           : options->run->parsed() ? play_drill(common, *options, terminal)
                                    : report_scores(*options, terminal);
  };
}

}  // namespace rdnsgate::cli
