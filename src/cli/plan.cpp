// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "base/output_file.h"
#include "base/output_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/loading_watch.h"
#include "cli/options.h"
#include "cli/refuse.h"
#include "cli/say_problems.h"
#include "dns/facts/collect.h"
#include "dns/zone/zone_edit.h"
#include "inventory/files/read_file.h"
#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"
#include "plan/emit/zone_blocks.h"
#include "plan/schedule/make_plan.h"
#include "plan/simulate/simulator.h"
#include "plan/world/uses.h"
#include "run/deadline.h"
#include "run/files/at_hand.h"
#include "run/files/zone_files.h"
#include "run/open_panel.h"

namespace rdnsgate::cli {
namespace {

struct PlanCommand {
  std::vector<std::string> files;
  std::string base, format = "text", folder, start;
  bool simulate = false, at_once = false, accept_exposure = false;
  std::optional<std::size_t> max_changes;
  std::string max_share;
  std::vector<std::string> scenarios, despite;
  AskOptions ask;
};

/// A plan, when it begins, and what it does to the zone files that the team keeps.
struct Making {
  const plan::Plan& plan;
  Time start;
  std::vector<plan::ZonePatch> patches;
  const plan::Forecast* forecast;  ///< nullptr where it was not simulated for the reader
};

struct Format {
  std::string_view name;
  std::string (*print)(const Making& making);
};
constexpr Format formats[] = {
    {"text", [](const Making& m) { return plan::emit_text(m.plan); }},
    {"markdown", [](const Making& m) { return plan::emit_markdown(m.plan, m.start); }},
    {"html", [](const Making& m) { return plan::emit_html(m.plan, m.start); }},
    {"ics", [](const Making& m) { return plan::emit_ics(m.plan, m.start); }},
    {"json", [](const Making& m) { return plan::emit_json(m.plan, m.forecast); }},
    {"nsupdate", [](const Making& m) { return plan::emit_nsupdate(m.plan); }},
    {"zonefile", [](const Making& m) { return plan::emit_zonefile(m.plan, m.patches); }},
    {"octodns", [](const Making& m) { return all_blocks(m.plan, "#", plan::octodns_block); }},
    {"dnscontrol", [](const Making& m) { return all_blocks(m.plan, "//", plan::dnscontrol_block); }},
    {"opentofu", [](const Making& m) { return all_blocks(m.plan, "#", plan::opentofu_block); }},
    {"ticket", [](const Making& m) { return plan::emit_ticket(m.plan, m.start); }},
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

/// The moment of the first change; checked when the command line was read.
Time start_of(const PlanCommand& options, Time now) {
  return options.start.empty() ? now : parse_time(options.start).value();
}

/// Who else of the panel validates: the name servers do not.
std::optional<dns::VantageIndex> validator_beside(dns::VantageIndex vantage, const dns::Panel& panel) {
  const auto& all = panel.vantages();
  if (all[vantage].kind != dns::VantageKind::authoritative) return std::nullopt;
  const auto found = std::find_if(all.begin(), all.end(), [](const dns::VantageInfo& one) {
    return one.kind == dns::VantageKind::recursive && !one.internal;
  });
  if (found == all.end()) return std::nullopt;
  return static_cast<dns::VantageIndex>(found - all.begin());
}

/// False where the deadline passed first.
bool gather(dns::Panel& panel, const inventory::Inventory& now, const inventory::Inventory* base,
            const plan::World& world, dns::FactStore& facts, milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  if (!dns::collect(
          panel, world.vantage, facts,
          [&](dns::FactDesk& desk) { plan::read_world(now, base, desk, world.at_hand); }, deadline))
    return false;
  if (!world.validator) return true;
  const auto left = std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
  return dns::collect(
      panel, *world.validator, facts,
      [&](dns::FactDesk& desk) { plan::read_validation(now, base, world, desk); }, left);
}

/// The files of the zones that the plan changes and the team keeps. One that cannot be read is left out, and
/// said where there is a terminal.
std::vector<plan::ZoneText> zone_texts(const inventory::Inventory& inventory, const plan::Plan& made,
                                       Terminal* terminal) {
  constexpr std::size_t max_file = std::size_t{64} << 20;
  std::vector<plan::ZoneText> texts;
  for (const auto& zone : inventory.zones) {
    const bool changes = std::any_of(made.phases.begin(), made.phases.end(), [&](const plan::Phase& phase) {
      return std::any_of(phase.steps.begin(), phase.steps.end(),
                         [&](const plan::Step& step) { return step.zone == zone.name; });
    });
    if (!changes || zone.managed_by != inventory::ManagedBy::zonefile || zone.file.empty()) continue;
    auto text = inventory::read_file(run::beside(inventory, zone.file), max_file);
    if (text) {
      texts.push_back({zone.name, zone.file, std::move(*text)});
    } else if (terminal != nullptr) {
      terminal->error(fmt::format("the zone file of {}: {}", zone.name.text(), text.error().message),
                      "no patch is made for it; its records are written out instead");
    }
  }
  return texts;
}

/// Of zones that are signed in their files, what has to be done beside each change.
void note_signed_zones(const std::vector<plan::ZoneText>& texts, plan::Plan& made) {
  for (const auto& one : texts) {
    if (!dns::signed_in_file(one.text, one.zone)) continue;
    made.notes.push_back(
        fmt::format("{} is signed in its file, {}: a change there, of a TTL alone too, leaves signatures "
                    "that do not hold, and "
                    "what is signed does not validate any more. Make each change in the file that it is "
                    "signed from, and sign it "
                    "again (ldns-signzone, dnssec-signzone); there are no patches for it. Signatures have to "
                    "outlast the plan.",
                    one.zone.text(), one.path));
  }
}

void say_what_has_no_patch(const Making& making, Terminal& terminal) {
  std::set<dns::Name> said;
  for (const auto& patch : making.patches) {
    if (!patch.problem.empty() && said.insert(patch.zone).second)
      terminal.error(patch.problem, "no patch is made; the records are written out instead");
  }
}

/// Folders of two plans in one would stand in one order, and somebody would take a step of the wrong one.
Result<void> check_folder(const plan::Plan& made, const std::string& folder) {
  constexpr std::size_t max_plan = std::size_t{512} << 20;
  const auto path = (std::filesystem::path(folder) / "plan.json").string();
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return {};
  const auto text = inventory::read_file(path, max_plan);
  if (!text) return fail(text.error().message, text.error().hint);
  const auto other = plan::read_plan(*text, path);
  if (other && other->id == made.id) return {};
  return fail(other ? fmt::format("{} holds another plan, {}", folder, other->id)
                    : fmt::format("{} holds a plan that cannot be read", folder),
              "name another folder, or remove that one first");
}

Result<void> write_folder(const Making& making, const std::string& folder, Terminal& terminal) {
  if (auto fits = check_folder(making.plan, folder); !fits) return fits;
  auto out = OutputFolder::make(folder);
  if (!out) return tl::unexpected(out.error());
  const auto files = plan::plan_files(making.plan, making.start, making.patches);
  for (const auto& file : files) {
    if (auto done = out->add(file.path, file.content); !done) return done;
  }
  if (auto done = out->commit(); !done) return done;
  for (const auto& file : files) {
    if (terminal.quiet() == 0)
      terminal.say(fmt::format("wrote {}", (std::filesystem::path(folder) / file.path).string()));
  }
  return {};
}

/// No plan is written that the simulator refutes in the very world that it was made for. The worst caches of
/// each change are what counts there; a crowd besides shows how long things take.
Result<void> proven(const inventory::Inventory& now, const inventory::Inventory* base,
                    const plan::World& world, const plan::Plan& made) {
  constexpr std::size_t most = 5;
  auto climate = plan::climate_of(now);
  climate.caches = 0;
  const auto seen = plan::simulate(now, base, world, made, climate).breaches;
  if (seen.empty()) return {};
  std::string text = "no plan: it fails the simulation: ";
  for (std::size_t i = 0; i < std::min(most, seen.size()); ++i)
    text += (i == 0 ? "" : "; ") + plan::text_of(made, seen[i]);
  if (seen.size() > most) text += fmt::format("; and {} more", seen.size() - most);
  return fail(std::move(text), "fix what is named and plan again, or take the plan with --accept-exposure");
}

plan::Forecast forecast(const PlanCommand& options, const inventory::Inventory& now,
                        const inventory::Inventory* base, const plan::World& world, const plan::Plan& made) {
  auto climate = plan::climate_of(now);
  for (const auto& scenario : plan::scenarios()) {
    if (std::find(options.scenarios.begin(), options.scenarios.end(), scenario.name) !=
        options.scenarios.end())
      scenario.apply(climate);
  }
  // In the world that was planned for they are proven, unless nobody wanted to know.
  const bool roll_backs = options.accept_exposure || !options.scenarios.empty();
  return plan::simulate(now, base, world, made, climate, roll_backs);
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

int make_and_print(const PlanCommand& options, const inventory::Inventory& now,
                   const inventory::Inventory* base, std::vector<resolve::ZoneSource> proposed,
                   const Sources& sources, const run::Clock& clock, const run::Asking& asking,
                   LoadingWatch& watch, Terminal& terminal) {
  const auto limits = limits_of(options);
  if (!limits) return refuse(terminal, limits.error());
  const auto started = clock.now();
  const run::Deadline deadline(asking.deadline);
  const auto at_hand = run::zones_at_hand(now, base, proposed);
  auto opened = run::open_panel(run::declared_by(now), asking, std::move(proposed));
  if (!opened) return refuse(terminal, opened.error());
  dns::Panel& panel = *opened->panel;
  const auto vantage = run::nearest_vantage(panel.vantages());
  dns::FactStore facts;
  const plan::World world{facts, vantage, panel.vantages()[vantage], validator_beside(vantage, panel),
                          &at_hand};
  watch.stop();
  if (!gather(panel, now, base, world, facts, deadline.left())) {
    return refuse(terminal,
                  {fmt::format("the DNS did not answer within {}", options.ask.deadline),
                   "no plan while a record is unknown: allow more time with --deadline"},
                  exit_inconclusive);
  }
  if (const auto recorded = run::record_facts(asking, panel, facts, started, clock.now()); !recorded)
    return refuse(terminal, recorded.error());
  plan::PlanOptions plan_options;
  plan_options.sources = &sources;
  plan_options.at_once = options.at_once;
  plan_options.limits = *limits;
  plan_options.despite = options.despite;
  auto made = plan::make_plan(now, base, world, plan_options);
  if (!made) return refuse(terminal, made.error(), exit_inconclusive);
  if (!made->beyond_limits.empty()) {
    return refuse(terminal,
                  {fmt::format("the plan changes too much: {}", fmt::join(made->beyond_limits, "; ")),
                   "check that this is intended, then plan with a higher limit"});
  }
  if (made->exposure > seconds(0) && !options.accept_exposure) {
    return refuse(
        terminal,
        {fmt::format("all at once, mail may be refused for up to {} after the last change",
                     format_duration(made->exposure)),
         "leave --at-once out for a plan that breaks nothing, or take this one with --accept-exposure"});
  }
  if (!options.accept_exposure) {
    if (const auto holds = proven(now, base, world, *made); !holds)
      return refuse(terminal, holds.error(), exit_findings);
  }
  const bool patches = !options.folder.empty() || options.format == "zonefile";
  const auto texts = zone_texts(now, *made, patches ? &terminal : nullptr);
  note_signed_zones(texts, *made);
  Making making{*made, start_of(options, started), {}, nullptr};
  if (patches) making.patches = plan::zone_patches(*made, texts, making.start);
  say_what_has_no_patch(making, terminal);
  if (!options.folder.empty()) {
    if (const auto written = write_folder(making, options.folder, terminal); !written)
      return refuse(terminal, written.error());
  }
  std::optional<plan::Forecast> seen;
  if (options.simulate) making.forecast = &seen.emplace(forecast(options, now, base, world, *made));
  std::string text = format_of(options.format)->print(making);
  if (seen && options.format == "text") text += "\n" + plan::emit_forecast(*made, *seen);
  const int verdict = seen && !seen->breaches.empty() ? exit_findings : exit_pass;
  return terminal.print(text) ? verdict : exit_usage;
}

int plan_command(const CommonOptions& common, PlanCommand options) {
  Terminal terminal(common.color, common.quiet);
  for (auto& use : options.despite) {
    auto read = plan::read_use(use);
    if (!read) return refuse(terminal, {"--despite-use: " + read.error().message, read.error().hint});
    use = std::move(*read);
  }
  if (const auto start = parse_time(options.start); !options.start.empty() && !start)
    return refuse(terminal, {"--start: " + start.error().message, start.error().hint});
  if (options.simulate && options.format != "text" && options.format != "json")
    return refuse(terminal, {"--simulate needs the format text or json", "leave --format out"});
  if (!options.simulate && !options.scenarios.empty())
    return refuse(terminal, {"--scenario needs --simulate", "add --simulate"});
  if (const auto folder = check_is_file("--output", options.folder); !folder)
    return refuse(terminal, folder.error());
  const auto asking = options.ask.asking();
  if (!asking) return refuse(terminal, asking.error());
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  LoadingWatch watch(asking->deadline, options.ask.deadline);
  Sources sources;
  const auto now = load_or_say(sources, options.files, terminal);
  std::optional<inventory::Inventory> base;
  if (!options.base.empty()) base = load_or_say(sources, {options.base}, terminal);
  if (!now || (!options.base.empty() && !base)) return exit_usage;
  run::ProposedZones proposed;
  if (!asking->zone_files.empty()) {
    auto read = run::read_zone_files(asking->zone_files, sources);
    if (!read) return refuse(terminal, read.error());
    proposed = std::move(*read);
  }
  say_problems(proposed.problems, sources, terminal);
  if (!proposed.usable()) return exit_usage;
  return make_and_print(options, *now, base ? &*base : nullptr, std::move(proposed.zones), sources, *clock,
                        *asking, watch, terminal);
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
  command
      ->add_option(
          "--start", options->start,
          "When the first change is to be made, for the dates of timetables and letters; now unless given "
          "(2027-05-31T08:00:00Z)")
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
      "inventory,\n3 a lookup failed, or the name servers of a zone differ.\n"
      "Example: rdnsgate plan --base yesterday.yaml -o change/ inventory.yaml");
  return [options](const CommonOptions& common) { return plan_command(common, *options); };
}

}  // namespace rdnsgate::cli
