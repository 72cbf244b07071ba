// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <type_traits>

#include "base/duration.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "plan/emit/next.h"
#include "run/change/rollout_run.h"

namespace rdnsgate::cli {
namespace {

struct RolloutCommand {
  std::string plan, inventory, state, phase, zone, interval = "1m", format = "text";
  std::string next_format{plan::as_managed};
  std::vector<std::string> done;
  bool any_time = false;
  AskOptions ask;

  bool json() const { return format == "json"; }
};

Result<run::RolloutRequest> request_of(const RolloutCommand& options, const CommonOptions& common) {
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  return run::RolloutRequest{std::move(*clock), options.plan,     options.inventory, options.state,
                             options.done,      options.any_time, std::move(*asking)};
}

/// A rollout that is looked at, and the terminal that is told of it.
class Session {
 public:
  Session(const CommonOptions& common, const RolloutCommand& options)
      : options_(options),
        terminal_(common.color, common.quiet, common.verbose),
        request_(request_of(options, common)) {}

  Terminal& terminal() { return terminal_; }
  /// Once open() was passed.
  run::Rollout& rollout() { return *rollout_; }

  /// The exit code of what is wrong; nullopt for nothing.
  std::optional<int> open() {
    if (!request_) return refuse(terminal_, request_.error());
    auto opened = watched([&](run::Listener& talk) { return run::Rollout::open(*request_, talk); });
    if (!opened) return refuse(terminal_, opened.error());
    rollout_ = std::move(*opened);
    return std::nullopt;
  }

  run::Attempt<run::FoundStanding> look() {
    return watched([&](run::Listener& talk) { return rollout_->look(talk); });
  }

  run::Attempt<run::FoundPhase> verify(const plan::Phase& phase) {
    return watched([&](run::Listener& talk) { return rollout_->verify(phase, talk); });
  }

  bool print_standing(const run::FoundStanding& found) {
    const auto& [standing, at] = found;
    return terminal_.print(options_.json() ? plan::emit_standing_json(rollout_->plan(), standing, at)
                                           : plan::emit_standing(rollout_->plan(), standing, at));
  }

 private:
  /// Each may take as long as --deadline says.
  template <typename Do>
  std::invoke_result_t<Do, run::Listener&> watched(Do work) {
    LoadingWatch watch(request_->asking.deadline, options_.ask.deadline);
    Talk talk(terminal_, &watch);
    return work(talk);
  }

  const RolloutCommand& options_;
  Terminal terminal_;
  Result<run::RolloutRequest> request_;
  std::optional<run::Rollout> rollout_;
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

int status(const CommonOptions& common, const RolloutCommand& options) {
  Session session(common, options);
  if (const auto wrong = session.open()) return *wrong;
  const auto found = session.look();
  if (!found) return refuse(session.terminal(), found.error());
  if (!session.print_standing(*found)) return exit_usage;
  return exit_of(found->standing.verdict);
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
  Session session(common, options);
  if (const auto wrong = session.open()) return *wrong;
  const auto& plan = session.rollout().plan();
  std::optional<dns::Name> zone;
  if (!options.zone.empty()) {
    const auto named = zone_of_plan(plan, options.zone);
    if (!named) return refuse(session.terminal(), named.error());
    zone = *named;
  }
  const auto found = session.look();
  if (!found) return refuse(session.terminal(), found.error());
  const auto& [standing, at] = *found;
  if (standing.verdict == plan::Verdict::ready) {
    auto taken = standing.done;
    taken.insert(taken.end(), standing.current.begin(), standing.current.end());
    const plan::NextSteps next{plan,
                               std::move(taken),
                               standing.next,
                               zone ? &*zone : nullptr,
                               at,
                               session.rollout().soas(standing.next),
                               session.rollout().patches(standing.next, at)};
    for (const auto& patch : next.patches) {
      if (!patch.problem.empty()) session.terminal().say(patch.problem);
    }
    const auto text = plan::emit_next(next, options.next_format);
    return session.terminal().print(text) ? exit_pass : exit_usage;
  }
  for (const auto& line : plan::lines_of_standing(plan, standing, at)) session.terminal().say(line);
  return exit_of(standing.verdict);
}

int verify(const CommonOptions& common, const RolloutCommand& options) {
  Session session(common, options);
  if (const auto wrong = session.open()) return *wrong;
  const auto& plan = session.rollout().plan();
  const auto phase = std::find_if(plan.phases.begin(), plan.phases.end(),
                                  [&](const plan::Phase& one) { return one.id == options.phase; });
  if (phase == plan.phases.end()) {
    std::vector<std::string> names;
    for (const auto& one : plan.phases) names.push_back(one.id);
    return refuse(session.terminal(), Error{fmt::format("the plan has no phase \"{}\"", options.phase),
                                            fmt::format("it has {}", fmt::join(names, ", "))});
  }
  const auto found = session.verify(*phase);
  if (!found) return refuse(session.terminal(), found.error());
  const auto& [seen, at] = *found;
  const auto text = options.json() ? plan::emit_verification_json(plan, *phase, seen, at)
                                   : plan::emit_verification(*phase, seen);
  if (!session.terminal().print(text)) return exit_usage;
  if (!seen.wrong.empty()) return exit_findings;
  return seen.problems.empty() ? exit_pass : exit_inconclusive;
}

/// Looks again and again until it is not too early any more.
int wait(const CommonOptions& common, const RolloutCommand& options) {
  Session session(common, options);
  if (const auto wrong = session.open()) return *wrong;
  const auto interval = parse_duration(options.interval);
  if (!interval || interval->count() == 0)
    return refuse(session.terminal(), Error{"--interval: not a duration above zero", "such as 30s or 5m"});
  while (true) {
    const auto found = session.look();
    if (!found) return refuse(session.terminal(), found.error());
    const auto& [standing, at] = *found;
    if (standing.verdict != plan::Verdict::wait) {
      session.terminal().clear_progress();
      return session.print_standing(*found) ? exit_of(standing.verdict) : exit_usage;
    }
    session.terminal().progress(
        fmt::format("waiting until {} for {}", format_time(standing.until), standing.why));
    std::this_thread::sleep_for(std::clamp<seconds>(standing.until - at, seconds(1), *interval));
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
    if (one == print) {
      one->add_option(
             "-f,--format", options->next_format,
             "What to print on standard output: auto writes each zone in the form that it is managed in, "
             "as a patch where its file is at hand")
          ->capture_default_str()
          ->check(CLI::IsMember(plan::next_formats()));
      one->add_option("--zone", options->zone, "Only the steps of this zone")->type_name("NAME");
    }
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
