// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <thread>

#include "base/file_lock.h"
#include "base/output_file.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/loading_watch.h"
#include "cli/options.h"
#include "cli/refuse.h"
#include "cli/say_problems.h"
#include "dns/facts/collect.h"
#include "inventory/files/read_file.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"
#include "plan/rollout/find_standing.h"
#include "plan/rollout/standing.h"
#include "run/deadline.h"
#include "run/files/zone_files.h"
#include "run/open_panel.h"

namespace rdnsgate::cli {
namespace {

constexpr std::size_t max_plan = std::size_t{512} << 20;
constexpr std::size_t max_state = std::size_t{1} << 20;

struct RolloutCommand {
  std::string plan, inventory, state, phase, zone, interval = "1m", format = "text";
  std::vector<std::string> done;
  bool any_time = false;
  AskOptions ask;

  bool json() const { return format == "json"; }
};

/// A run of one of the commands: the plan, who is asked about it, and what is remembered.
class Rollout {
 public:
  Rollout(const CommonOptions& common, const RolloutCommand& options)
      : common_(common), options_(options), terminal_(common.color, common.quiet) {}

  Terminal& terminal() { return terminal_; }
  const plan::Plan& plan() const { return plan_; }

  /// Reads all files. The exit code of what is wrong; 0 for nothing.
  int open() {
    auto asking = options_.ask.asking();
    if (!asking) return refuse(terminal_, asking.error());
    asking_ = std::move(*asking);
    auto clock = common_.clock();
    if (!clock) return refuse(terminal_, clock.error());
    clock_ = std::move(*clock);
    const LoadingWatch watch(asking_.deadline, options_.ask.deadline);
    const auto text = inventory::read_file(options_.plan, max_plan);
    if (!text) return refuse(terminal_, {text.error().message, text.error().hint});
    auto read = plan::read_plan(*text, options_.plan);
    if (!read) return refuse(terminal_, read.error());
    plan_ = std::move(*read);
    if (options_.any_time) plan_.windows.clear();
    if (const int wrong = open_inventory(); wrong != exit_pass) return wrong;
    return open_state();
  }

  /// Asks the name servers for what `reader` wants; the facts are those of this call alone.
  Result<Time> ask(const std::function<void(dns::FactDesk&)>& reader) {
    const run::Deadline deadline(asking_.deadline);
    LoadingWatch watch(asking_.deadline, options_.ask.deadline);
    Sources sources;
    run::ProposedZones proposed;
    if (!asking_.zone_files.empty()) {
      auto zones = run::read_zone_files(asking_.zone_files, sources);
      if (!zones) return tl::unexpected(zones.error());
      proposed = std::move(*zones);
      if (!proposed.usable()) {
        say_problems(proposed.problems, sources, terminal_);
        return fail("the zone files have errors");
      }
    }
    const auto started = clock_.now();
    auto opened = run::open_panel(declared_, asking_, std::move(proposed.zones));
    if (!opened) return tl::unexpected(opened.error());
    vantages_ = opened->panel->vantages();
    vantage_ = run::nearest_vantage(vantages_);
    if (const auto& asked = vantages_[vantage_];
        asked.kind == dns::VantageKind::recursive || asked.kind == dns::VantageKind::forward) {
      terminal_.say(fmt::format(
          "{} sees one name server of each zone; only an authoritative vantage knows when all have a change",
          asked.name));
    }
    facts_ = std::make_unique<dns::FactStore>();
    watch.stop();
    dns::collect(*opened->panel, vantage_, *facts_, reader, deadline.left());
    const auto finished = clock_.now();
    if (const auto kept = run::record_facts(asking_, *opened->panel, *facts_, started, finished); !kept)
      return tl::unexpected(kept.error());
    if (opened->recorded && !clock_.named) return opened->recorded->taken_at;
    return finished;
  }

  Result<plan::Standing> look(Time* now) {
    const auto asked = ask([&](dns::FactDesk& desk) { plan::read_rollout(plan_, desk); });
    if (!asked) return tl::unexpected(asked.error());
    *now = *asked;
    const auto early =
        plan::tell_done(plan_, *facts_, vantage_, vantages_[vantage_], *asked, options_.done, state_);
    auto standing = plan::find_standing(plan_, *facts_, vantage_, vantages_[vantage_], *asked, state_);
    if (const auto kept = save_state(); !kept) return tl::unexpected(kept.error());
    if (early.empty()) return standing;
    std::vector<std::string> next;
    for (const auto phase : standing.next) next.push_back(plan_.phases[phase].id);
    return fail(fmt::format("--done {}: it is not the turn of that phase, and nothing was marked as done",
                            fmt::join(early, ", ")),
                next.empty() ? "where the rollout stands is what \"rollout status\" says"
                             : fmt::format("next is {}; say it again once \"rollout status\" asks for it",
                                           fmt::join(next, ", ")));
  }

  plan::CurrentSoas soas(const std::vector<std::size_t>& phases) const {
    return plan::current_soas(plan_, phases, *facts_, vantage_, vantages_[vantage_]);
  }

  plan::Verification verify(const plan::Phase& phase) const {
    return plan::verify_phase(phase, *facts_, vantage_, vantages_[vantage_]);
  }

 private:
  /// Without an inventory every name server of the plan's zones is asked: nobody else knows when all have a
  /// change.
  int open_inventory() {
    if (!options_.inventory.empty()) {
      const auto paths = inventory_paths({options_.inventory}, terminal_);
      if (!paths) return exit_usage;
      Sources sources;
      auto loaded = run::load_inventory(sources, *paths);
      say_problems(loaded.problems, sources, terminal_);
      if (!loaded.inventory) return exit_usage;
      declared_ = run::declared_by(*loaded.inventory);
      if (loaded.inventory->sha256 != plan_.inventory_sha256) {
        return refuse(terminal_, {fmt::format("{} is not the inventory that {} was made for",
                                              options_.inventory, options_.plan),
                                  "it has changed since: make a new plan, or name the inventory as it was"});
      }
      return exit_pass;
    }
    declared_.vantages.emplace_back().name = "authority";
    declared_.vantages.back().kind = dns::VantageKind::authoritative;
    for (auto& [name, servers] : plan::zones_to_ask(plan_)) declared_.zones.push_back({name, std::move(servers)});
    return exit_pass;
  }

  int open_state() {
    if (const auto file = check_is_file("--state", options_.state); !file)
      return refuse(terminal_, file.error());
    for (const auto& phase : options_.done) {
      if (options_.state.empty())
        return refuse(terminal_, {"--done needs --state", "what was done is remembered in a file"});
      const auto found = std::find_if(plan_.phases.begin(), plan_.phases.end(),
                                      [&](const plan::Phase& one) { return one.id == phase; });
      if (found == plan_.phases.end() || found->manual.empty()) {
        return refuse(terminal_,
                      {fmt::format("--done: the plan asks nothing of hosts in a phase \"{}\"", phase),
                       "what is done in the DNS is seen there"});
      }
    }
    state_.plan = plan_.id;
    std::error_code ignored;
    if (options_.state.empty() || !std::filesystem::exists(options_.state, ignored)) return exit_pass;
    auto read = read_state();
    if (!read) return refuse(terminal_, read.error());
    state_ = saved_ = std::move(*read);
    return exit_pass;
  }

  Result<plan::RolloutState> read_state() const {
    const auto text = inventory::read_file(options_.state, max_state);
    if (!text) return fail(text.error().message, text.error().hint);
    // Another run has locked it, and nothing is in it yet.
    if (text->empty()) return plan::RolloutState{plan_.id, {}, {}, {}};
    return plan::read_state(*text, options_.state, plan_.id);
  }

  /// What another run has put there meanwhile stays: its marks and ours are both true.
  Result<void> save_state() {
    if (options_.state.empty() || state_ == saved_) return {};
    const auto lock = FileLock::take(options_.state);
    if (!lock) return tl::unexpected(lock.error());
    const auto there = read_state();
    if (!there) return tl::unexpected(there.error());
    state_ = plan::merged(saved_, state_, *there);
    saved_ = state_;
    return state_ == *there ? Result<void>() : replace_file(options_.state, plan::write_state(state_));
  }

  const CommonOptions& common_;
  const RolloutCommand& options_;
  Terminal terminal_;
  plan::Plan plan_;
  run::Asking asking_;
  run::Clock clock_;
  run::Declared declared_;
  plan::RolloutState state_, saved_;
  std::vector<dns::VantageInfo> vantages_;
  dns::VantageIndex vantage_ = 0;
  std::unique_ptr<dns::FactStore> facts_;
};

int exit_of(plan::Verdict verdict) {
  switch (verdict) {
    case plan::Verdict::ready:
    case plan::Verdict::complete:
      return exit_pass;
    case plan::Verdict::wait:
      return exit_wait;
    case plan::Verdict::left:
      return exit_findings;
    case plan::Verdict::unknown:
      return exit_inconclusive;
  }
  return exit_internal;
}

bool print_standing(Rollout& rollout, const RolloutCommand& options, const plan::Standing& standing,
                    Time now) {
  return rollout.terminal().print(options.json() ? plan::emit_standing_json(rollout.plan(), standing, now)
                                                 : plan::emit_standing(rollout.plan(), standing, now));
}

int status(const CommonOptions& common, const RolloutCommand& options) {
  Rollout rollout(common, options);
  if (const int wrong = rollout.open(); wrong != exit_pass) return wrong;
  Time now{};
  const auto standing = rollout.look(&now);
  if (!standing) return refuse(rollout.terminal(), standing.error());
  if (!print_standing(rollout, options, *standing, now)) return exit_usage;
  return exit_of(standing->verdict);
}

/// The zone of that name, which the plan is to have: a misspelt one would look like a zone with nothing to
/// do.
Result<dns::Name> zone_of_plan(const plan::Plan& plan, const std::string& text) {
  const auto zone = dns::Name::from_host(text);
  if (!zone) return fail("--zone: " + zone.error().message, zone.error().hint);
  std::set<dns::Name> zones;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) zones.insert(step.zone);
  }
  if (zones.contains(*zone)) return *zone;
  std::vector<std::string> names;
  for (const auto& one : zones) names.push_back(one.text());
  return fail(fmt::format("--zone: the plan changes nothing in {}", zone->text()),
              fmt::format("its zones are {}", fmt::join(names, ", ")));
}

/// Standard output is for what applies the next step and nothing else; why there is none goes beside it.
int next(const CommonOptions& common, const RolloutCommand& options) {
  Rollout rollout(common, options);
  if (const int wrong = rollout.open(); wrong != exit_pass) return wrong;
  std::optional<dns::Name> zone;
  if (!options.zone.empty()) {
    const auto found = zone_of_plan(rollout.plan(), options.zone);
    if (!found) return refuse(rollout.terminal(), found.error());
    zone = *found;
  }
  Time now{};
  const auto standing = rollout.look(&now);
  if (!standing) return refuse(rollout.terminal(), standing.error());
  if (standing->verdict == plan::Verdict::ready) {
    const auto text = plan::emit_next_with(rollout.plan(), standing->next, zone ? &*zone : nullptr, now,
                                           rollout.soas(standing->next));
    return rollout.terminal().print(text) ? exit_pass : exit_usage;
  }
  for (const auto& line : plan::lines_of_standing(rollout.plan(), *standing, now))
    rollout.terminal().say(line);
  return exit_of(standing->verdict);
}

int verify(const CommonOptions& common, const RolloutCommand& options) {
  Rollout rollout(common, options);
  if (const int wrong = rollout.open(); wrong != exit_pass) return wrong;
  const auto& phases = rollout.plan().phases;
  const auto phase = std::find_if(phases.begin(), phases.end(),
                                  [&](const plan::Phase& one) { return one.id == options.phase; });
  if (phase == phases.end()) {
    std::vector<std::string> names;
    for (const auto& one : phases) names.push_back(one.id);
    return refuse(rollout.terminal(), {fmt::format("the plan has no phase \"{}\"", options.phase),
                                       fmt::format("it has {}", fmt::join(names, ", "))});
  }
  const auto asked = rollout.ask([&](dns::FactDesk& desk) { plan::read_checks(*phase, desk); });
  if (!asked) return refuse(rollout.terminal(), asked.error());
  const auto found = rollout.verify(*phase);
  const auto text = options.json() ? plan::emit_verification_json(rollout.plan(), *phase, found, *asked)
                                   : plan::emit_verification(*phase, found);
  if (!rollout.terminal().print(text)) return exit_usage;
  if (!found.wrong.empty()) return exit_findings;
  return found.problems.empty() ? exit_pass : exit_inconclusive;
}

/// Looks again and again until it is not too early any more.
int wait(const CommonOptions& common, const RolloutCommand& options) {
  Rollout rollout(common, options);
  if (const int wrong = rollout.open(); wrong != exit_pass) return wrong;
  const auto interval = parse_duration(options.interval);
  if (!interval || interval->count() == 0)
    return refuse(rollout.terminal(), {"--interval: not a duration above zero", "such as 30s or 5m"});
  while (true) {
    Time now{};
    const auto standing = rollout.look(&now);
    if (!standing) return refuse(rollout.terminal(), standing.error());
    if (standing->verdict != plan::Verdict::wait) {
      rollout.terminal().clear_progress();
      if (!print_standing(rollout, options, *standing, now)) return exit_usage;
      return exit_of(standing->verdict);
    }
    rollout.terminal().progress(
        fmt::format("waiting until {} for {}", format_time(standing->until), standing->why));
    std::this_thread::sleep_for(std::clamp<seconds>(standing->until - now, seconds(1), *interval));
  }
}

void add_common(CLI::App& command, RolloutCommand& options) {
  command.add_option("PLAN", options.plan, "The plan.json that rdnsgate plan -o wrote")->required();
  command
      .add_option(
          "--inventory", options.inventory,
          "The inventory that the plan was made for, for its vantages; every name server is asked without it")
      ->type_name("FILE");
}

void add_state(CLI::App& command, RolloutCommand& options) {
  command
      .add_option(
          "--state", options.state,
          "Remember in FILE since when every name server shows a phase: without it, waits count from now")
      ->type_name("FILE");
  command
      .add_option("--done", options.done, "Hosts have done what this phase asks of them; kept in the state")
      ->allow_extra_args(false)
      ->type_name("PHASE");
  command.add_flag("--outside-window", options.any_time,
                   "Take steps at any time, whatever change windows the inventory has");
}

}  // namespace

Action add_rollout(CLI::App& app) {
  auto options = std::make_shared<RolloutCommand>();
  auto* command =
      app.add_subcommand("rollout", "Where a plan stands in the live DNS, and what may be done now");
  command->require_subcommand(1);
  auto* see = command->add_subcommand("status", "What is done, what is left, and when the next step is safe");
  auto* print = command->add_subcommand("next", "Print what applies the next step, and nothing else");
  auto* check = command->add_subcommand("verify", "Does every name server show what a phase puts there?");
  auto* block = command->add_subcommand("wait", "Wait until the next step is safe");
  for (auto* one : {see, print, check, block}) {
    add_common(*one, *options);
    if (one == check)
      one->add_option("PHASE", options->phase, "The id of a phase, such as add-forward")->required();
    if (one != check) add_state(*one, *options);
    if (one != print) {
      one->add_option("-f,--format", options->format, "What to print on standard output")
          ->capture_default_str()
          ->check(CLI::IsMember({"text", "json"}));
    }
    if (one == print)
      one->add_option("--zone", options->zone, "Only what is to be done in this zone")->type_name("NAME");
    if (one == block)
      one->add_option("--interval", options->interval, "How long to wait between two looks at most")
          ->capture_default_str();
    options->ask.add_to(*one);
    one->footer(
        "Exit: 0 the next step may be taken (verify: all is as expected), 75 not yet, 1 the DNS has left the "
        "plan\n"
        "(verify: it differs), 2 wrong usage or plan, 3 it could not be determined.");
  }
  return [=](const CommonOptions& common) {
    if (see->parsed()) return status(common, *options);
    if (print->parsed()) return next(common, *options);
    return check->parsed() ? verify(common, *options) : wait(common, *options);
  };
}

}  // namespace rdnsgate::cli
