// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/network.h"
#include "cli/output.h"
#include "cli/zone_files.h"
#include "dns/collect.h"
#include "plan/emit.h"
#include "plan/make_plan.h"

namespace rdnsgate::cli {
namespace {

struct PlanCommand {
  std::vector<std::string> files;
  std::string base, format = "text", folder;
  AskOptions ask;
};

int refuse(Terminal& terminal, const Error& error, int code = exit_usage) {
  terminal.error(error.message, error.hint);
  return code;
}

/// The vantage that is nearest to who holds the zones: a cache shows TTLs that have run down, and an internal
/// view other records.
dns::VantageIndex best_vantage(const dns::Panel& panel) {
  const auto& all = panel.vantages();
  const auto rank = [](const dns::VantageInfo& vantage) {
    return (vantage.internal ? 2 : 0) + (vantage.kind == dns::VantageKind::forward ? 1 : 0);
  };
  const auto best = std::min_element(all.begin(), all.end(),
                                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return static_cast<dns::VantageIndex>(best - all.begin());
}

/// Writes the problems of an inventory to standard error: standard output is for the plan.
std::optional<inventory::Inventory> load_or_say(Sources& sources, const std::vector<std::string>& named,
                                                Terminal& terminal) {
  const auto paths = inventory_paths(named, terminal);
  if (!paths) return std::nullopt;
  auto loaded = load_inventory(sources, *paths);
  say_problems(loaded.problems, sources, terminal);
  return std::move(loaded.inventory);
}

bool write_folder(const plan::Plan& made, const std::string& folder, Terminal& terminal) {
  for (const auto& file : plan::plan_files(made)) {
    if (const auto done = write_file((std::filesystem::path(folder) / file.path).string(), file.content);
        !done) {
      refuse(terminal, done.error());
      return false;
    }
    if (terminal.quiet() == 0)
      terminal.say(fmt::format("wrote {}", (std::filesystem::path(folder) / file.path).string()));
  }
  return true;
}

int make_and_print(const PlanCommand& options, const inventory::Inventory& now,
                   const inventory::Inventory* base, std::vector<resolve::ZoneSource> proposed,
                   const Sources& sources, const CommonOptions& common, Terminal& terminal) {
  const auto deadline = parse_duration_ms(options.ask.deadline);
  if (!deadline) return refuse(terminal, {"--deadline: " + deadline.error().message, deadline.error().hint});
  const auto started = common.time();
  if (!started) return refuse(terminal, started.error());
  auto opened = open_panel(now, options.ask, std::move(proposed));
  if (!opened) return refuse(terminal, opened.error());
  dns::Panel& panel = *opened->panel;
  const auto vantage = best_vantage(panel);
  dns::FactStore facts;
  const auto reader = [&](dns::FactDesk& desk) { plan::read_world(now, base, desk); };
  if (!dns::collect(panel, vantage, facts, reader, *deadline)) {
    return refuse(terminal,
                  {fmt::format("the DNS did not answer within {}", options.ask.deadline),
                   "a plan is only made from what was found out; give it more time with --deadline"},
                  exit_inconclusive);
  }
  if (const auto recorded = record_facts(options.ask, panel, facts, *started, *common.time()); !recorded)
    return refuse(terminal, recorded.error());
  const plan::World world{facts, vantage, panel.vantages()[vantage]};
  plan::PlanOptions plan_options;
  plan_options.sources = &sources;
  const auto made = plan::make_plan(now, base, world, plan_options);
  if (!made) return refuse(terminal, made.error(), exit_inconclusive);
  if (!options.folder.empty() && !write_folder(*made, options.folder, terminal)) return exit_usage;
  const std::string text = options.format == "json"       ? plan::emit_json(*made)
                           : options.format == "nsupdate" ? plan::emit_nsupdate(*made)
                                                          : plan::emit_text(*made);
  return terminal.print(text) ? exit_pass : exit_usage;
}

int plan_command(const CommonOptions& common, const PlanCommand& options) {
  Terminal terminal(common.color, common.quiet);
  Sources sources;
  const auto now = load_or_say(sources, options.files, terminal);
  std::optional<inventory::Inventory> base;
  if (!options.base.empty()) base = load_or_say(sources, {options.base}, terminal);
  if (!now || (!options.base.empty() && !base)) return exit_usage;
  ProposedZones proposed;
  if (!options.ask.zone_files.empty()) {
    auto read = read_zone_files(options.ask.zone_files, sources);
    if (!read) return refuse(terminal, read.error());
    proposed = std::move(*read);
  }
  say_problems(proposed.problems, sources, terminal);
  if (!proposed.usable()) return exit_usage;
  return make_and_print(options, *now, base ? &*base : nullptr, std::move(proposed.zones), sources, common,
                        terminal);
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
  command
      ->add_option("-f,--format", options->format, "What to print on standard output: text, json or nsupdate")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json", "nsupdate"}));
  command
      ->add_option("-o,--output", options->folder,
                   "Also write the plan and its scripts, a folder for each phase, to DIR")
      ->type_name("DIR");
  options->ask.add_to(*command);
  command->footer(
      "Exit: 0 a plan was made (it may be empty), 2 wrong usage or inventory, 3 the DNS could not be read.\n"
      "Example: rdnsgate plan --base yesterday.yaml -o change/ inventory.yaml");
  return [options](const CommonOptions& common) { return plan_command(common, *options); };
}

}  // namespace rdnsgate::cli
