// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "base/files/output_file.h"
#include "base/text/text.h"
#include "base/wall_clock.h"
#include "cli/change/paint_plan.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "plan/document/plan_json.h"
#include "plan/emit/emit.h"
#include "plan/emit/zone_blocks.h"
#include "plan/simulate/simulator.h"
#include "plan/timetable.h"
#include "plan/world/uses.h"
#include "run/change/plan_folder.h"
#include "run/change/plan_run.h"

namespace rdnsgate::cli {
namespace {

struct PlanCommand {
  std::vector<std::string> files;
  std::string base, format = "text", folder, start;
  bool simulate = false, at_once = false, accept_exposure = false, details = false, detailed_exitcode = false;
  std::optional<std::size_t> max_changes;
  std::string max_share;
  std::vector<std::string> scenarios, despite;
  AskOptions ask;
};

struct Format {
  std::string_view name;
  std::string (*print)(const run::PlanRun& made);  ///< nullptr: it is printed piece by piece
};

constexpr Format formats[] = {
    {"text", [](const run::PlanRun& m) { return plan::emit_text(m.plan, m.start, plan::Detail::brief); }},
    {"markdown", [](const run::PlanRun& m) { return plan::emit_markdown(m.plan, m.start); }},
    {"html", [](const run::PlanRun& m) { return plan::emit_html(m.plan, m.start); }},
    {"ics", [](const run::PlanRun& m) { return plan::emit_ics(m.plan, m.start); }},
    {"json", nullptr},
    {"nsupdate", [](const run::PlanRun& m) { return plan::emit_nsupdate(m.plan); }},
    {"zonefile", [](const run::PlanRun& m) { return plan::emit_zonefile(m.plan, m.patches); }},
    {"octodns", [](const run::PlanRun& m) { return plan::emit_octodns(m.plan, m.patches); }},
    {"dnscontrol", [](const run::PlanRun& m) { return all_blocks(m.plan, "//", plan::dnscontrol_block); }},
    {"opentofu", [](const run::PlanRun& m) { return all_blocks(m.plan, "#", plan::opentofu_block); }},
    {"ticket", [](const run::PlanRun& m) { return plan::emit_ticket(m.plan, m.start); }},
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : formats) names.emplace_back(format.name);
  return names;
}

const Format* format_of(const std::string& name) {
  return std::find_if(std::begin(formats), std::end(formats),
                      [&](const Format& format) { return format.name == name; });
}

Result<plan::Limits> limits_of(const PlanCommand& options) {
  plan::Limits limits;
  limits.changes = options.max_changes;
  if (options.max_share.empty()) return limits;
  unsigned percent = 0;
  const char* begin = options.max_share.data();
  const char* end = begin + options.max_share.size();
  const auto [stop, failed] = std::from_chars(begin, end, percent);
  if (failed != std::errc() || percent > 100 || (stop != end && std::string_view(stop, end) != "%"))
    return fail("--max-share: not a percentage up to 100%", "such as 30%");
  limits.percent = percent;
  return limits;
}

Result<std::vector<std::string>> uses_of(const PlanCommand& options) {
  std::vector<std::string> uses;
  for (const auto& use : options.despite) {
    auto read = plan::read_use(use);
    if (!read) return fail("--despite-use: " + read.error().message, read.error().hint);
    uses.push_back(std::move(*read));
  }
  return uses;
}

Result<void> check_options(const PlanCommand& options) {
  if (options.simulate && options.format != "text" && options.format != "json")
    return fail("--simulate needs the format text or json", "leave --format out");
  if (!options.simulate && !options.scenarios.empty())
    return fail("--scenario needs --simulate", "add --simulate");
  if (options.details && options.format != "text")
    return fail("--details is for the format text",
                "the other formats have every record: leave --details out");
  return check_is_file("--output", options.folder);
}

Result<run::PlanRequest> request_of(const PlanCommand& options, const CommonOptions& common) {
  auto uses = uses_of(options);
  if (!uses) return tl::unexpected(uses.error());
  const auto start = parse_moment(options.start);
  if (!options.start.empty() && !start) return fail("--start: " + start.error().message, start.error().hint);
  if (const auto checked = check_options(options); !checked) return tl::unexpected(checked.error());
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto limits = limits_of(options);
  if (!limits) return tl::unexpected(limits.error());
  run::PlanRequest request;
  request.clock = std::move(*clock);
  request.files = options.files;
  request.base = options.base;
  request.asking = std::move(*asking);
  if (start) request.start = *start;
  request.at_once = options.at_once;
  request.accept_exposure = options.accept_exposure;
  request.limits = *limits;
  request.despite = std::move(*uses);
  request.patches = !options.folder.empty() || options.format == "zonefile" || options.format == "octodns";
  if (options.simulate) request.scenarios = options.scenarios;
  return request;
}

/// A line for what is for people, and one for each phase.
void say_folder(const run::PlanRun& made, const run::WrittenPlan& written, const std::string& folder,
                Terminal& terminal) {
  if (terminal.quiet() > 0) return;
  std::vector<std::string> names;
  std::size_t letters = 0;
  for (const auto& file : written.files) {
    if (file.starts_with("letters/"))
      ++letters;
    else
      names.push_back(file);
  }
  terminal.say(
      fmt::format("wrote {}: {}{}", folder, fmt::join(names, ", "),
                  letters == 0 ? "" : fmt::format(", letters ({})", counted(letters, "file", "files"))));
  const plan::Timetable times(made.plan, made.start);
  for (std::size_t i = 0; i < made.plan.phases.size(); ++i) {
    const auto& phase = made.plan.phases[i];
    std::vector<std::string> what;
    if (!phase.steps.empty()) what.push_back(counted(phase.steps.size(), "record", "records"));
    if (!phase.manual.empty())
      what.push_back(counted(phase.manual.size(), "action on hosts", "actions on hosts"));
    if (what.empty()) what.push_back(counted(phase.verify.size(), "record to check", "records to check"));
    terminal.say(fmt::format("  {}. {}  {}  {}, {}", i, plan::label_of(phase), times.text(phase.starts_after),
                             fmt::join(what, ", "), counted(written.phases[i], "file", "files")));
  }
}

std::string text_of(const run::PlanRun& made, const PlanCommand& options, const Terminal& terminal) {
  if (options.format != "text") return format_of(options.format)->print(made);
  const auto detail = options.details ? plan::Detail::full : plan::Detail::brief;
  auto text = plan::emit_text(made.plan, made.start, detail);
  if (!made.simulations.empty()) text += "\n" + plan::emit_forecast(made.plan, made.simulations);
  return paint_plan(text, {terminal.color(), terminal.width()});
}

/// False where standard output does not take it.
bool print_plan(const run::PlanRun& made, const PlanCommand& options, Terminal& terminal) {
  if (options.format != "json") return terminal.print(text_of(made, options, terminal));
  bool printed = true;
  plan::emit_json(made.plan, made.simulations, made.start,
                  [&](std::string_view piece) { printed = printed && terminal.print(piece); });
  return printed;
}

/// `changes`: whether the plan has something to do.
int make_plan(const CommonOptions& common, const PlanCommand& options, bool& changes) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  LoadingWatch watch(request->asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto made = run::plan_run(*request, talk);
  if (!made) return refuse(terminal, made.error());
  for (const auto& why : made->not_patched) terminal.error(why.message, why.hint);
  if (!options.folder.empty()) {
    const auto written = run::write_plan_folder(*made, options.folder);
    if (!written) return refuse(terminal, written.error());
    say_folder(*made, *written, options.folder, terminal);
  }
  if (!print_plan(*made, options, terminal)) return exit_usage;
  const bool holds = std::all_of(made->simulations.begin(), made->simulations.end(),
                                 [](const plan::Simulation& simulation) { return simulation.holds(); });
  changes = !made->plan.phases.empty();
  return holds ? exit_pass : exit_findings;
}

int plan_command(const CommonOptions& common, const PlanCommand& options) {
  bool changes = false;
  const int code = make_plan(common, options, changes);
  if (!options.detailed_exitcode) return code;
  if (code == exit_usage) return exit_detailed_usage;
  return code == exit_pass && changes ? static_cast<int>(exit_detailed_changes) : code;
}

}  // namespace

Action add_plan(CLI::App& app) {
  auto options = std::make_shared<PlanCommand>();
  auto* command = app.add_subcommand(
      "plan", "What has to change in which zone, in what order, and how long each step takes");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  command
      ->add_option("--base", options->base,
                   "The inventory as it was before: what it has and this one has not is retired")
      ->type_name("FILE");
  command->add_option("-f,--format", options->format, "What to print on standard output")
      ->capture_default_str()
      ->check(CLI::IsMember(format_names()));
  command
      ->add_option(
          "-o,--output", options->folder,
          "Also write the plan in every form for people, and a folder for each phase with what applies "
          "it, what verifies it and what takes it back, to DIR")
      ->type_name("DIR");
  command->add_flag("--details", options->details,
                    "In the text, show every record and every wait, and join nothing");
  command->add_flag(
      "--detailed-exitcode", options->detailed_exitcode,
      "Exit 0 where nothing is to be done and 2 where something is; what is 2 otherwise, wrong usage "
      "or inventory, is 1");
  command
      ->add_option("--start", options->start,
                   "When the first change will be made, for the dates of timetables and letters, with the "
                   "offset from UTC; "
                   "now unless given (2027-05-31T10:00+02:00)")
      ->type_name("TIME");
  command->add_flag("--at-once", options->at_once,
                    "Make all changes at once, without lowering TTLs first. Says for how long mail may be "
                    "refused");
  command->add_flag(
      "--accept-exposure", options->accept_exposure,
      "Make the plan although mail may be refused: with --at-once, or where it fails the simulation");
  command
      ->add_option(
          "--despite-use", options->despite,
          "Remove addresses from names although this record points to them, such as \"imap.example.com "
          "CNAME\"; may be given several times")
      ->type_name("\"NAME TYPE\"")
      ->allow_extra_args(false);
  command
      ->add_option("--max-changes", options->max_changes,
                   "Make no plan that changes more record sets of one zone than this")
      ->type_name("NUMBER");
  command
      ->add_option(
          "--max-share", options->max_share,
          "Make no plan that changes a larger share of the record sets that are looked at in one zone, where "
          "they are ten or more (30%)")
      ->type_name("PERCENT");
  command->add_flag("--simulate", options->simulate,
                    "Run the plan against a crowd of caches, and say what they see and when");
  std::vector<std::string> names;
  for (const auto& scenario : plan::scenarios()) names.emplace_back(scenario.name);
  command
      ->add_option("--scenario", options->scenarios,
                   "With --simulate: a world worse than planned for; several separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(names));
  options->ask.add_to(*command);
  options->ask.given.holders_too = true;
  command->footer(
      "Exit: 0 a plan was made (it may be empty), 1 the simulation saw something break, 2 wrong usage or "
      "inventory,\n3 nothing could be planned as lookups failed, or the name servers of a zone differ.\n"
      "With --detailed-exitcode: 0 nothing to do, 2 there are changes, 1 wrong usage or inventory, or the "
      "simulation\n"
      "saw something break, 3 as above.\n"
      "Example: rdnsgate plan --base yesterday.yaml -o change/ inventory.yaml");
  return [options](const CommonOptions& common) { return plan_command(common, *options); };
}

}  // namespace rdnsgate::cli
