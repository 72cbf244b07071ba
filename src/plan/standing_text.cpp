// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "plan/standing.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t most_lines = 30;

class StandingPrinter {
 public:
  StandingPrinter(const Plan& plan, const Standing& standing, Time now)
      : plan_(plan), standing_(standing), now_(now) {}

  std::vector<std::string> run() {
    const auto phases = std::count_if(plan_.phases.begin(), plan_.phases.end(), [](const Phase& phase) {
      return !phase.steps.empty() || !phase.manual.empty();
    });
    line("Plan {}: {} of {} done", plan_.id, standing_.done.size(),
         counted(static_cast<std::size_t>(phases), "phase", "phases"));
    for (const auto phase : standing_.done) line("  done     {}", label_of(plan_.phases[phase]));
    if (standing_.verdict == Verdict::wait) {
      for (const auto phase : standing_.current) {
        if (!is_done(phase)) line("  begun    {}", label_of(plan_.phases[phase]));
      }
    }
    for (const auto phase : standing_.next) {
      if (!is_current(phase) || standing_.verdict == Verdict::ready)
        line("  next     {}", label_of(plan_.phases[phase]));
    }
    zones();
    list("not there yet", standing_.missing);
    list("not on this server yet", standing_.lagging);
    list("not as the plan has it", standing_.strange);
    for (std::size_t i = 0; i < std::min(most_lines, standing_.problems.size()); ++i)
      line("  could not be found out: {}", standing_.problems[i]);
    line("{}", verdict());
    return std::move(out_);
  }

 private:
  bool is_done(std::size_t phase) const { return contains(standing_.done, phase); }
  bool is_current(std::size_t phase) const { return contains(standing_.current, phase); }
  static bool contains(const std::vector<std::size_t>& all, std::size_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  /// The last phase that each zone has behind it.
  void zones() {
    std::map<Name, std::string> last;
    for (const auto& phase : plan_.phases) {
      for (const auto& step : phase.steps) last[step.zone];
    }
    for (const auto phase : standing_.done) {
      for (const auto& step : plan_.phases[phase].steps) last[step.zone] = plan_.phases[phase].id;
    }
    for (const auto& [zone, phase] : last)
      line("  zone {}: {}", zone.text(), phase.empty() ? "as before the first change" : phase);
  }

  void list(std::string_view what, const std::vector<Straggler>& all) {
    for (std::size_t i = 0; i < std::min(most_lines, all.size()); ++i) {
      line("  {}: {} {} at {}: {}; the plan has {}", what, all[i].owner.text(), dns::to_string(all[i].type),
           all[i].server, all[i].shows, all[i].why);
    }
    if (all.size() > most_lines) line("  and {} more", all.size() - most_lines);
  }

  std::string names(const std::vector<std::size_t>& phases) const {
    std::vector<std::string> all;
    for (const auto phase : phases) all.push_back(plan_.phases[phase].id);
    return fmt::format("{}", fmt::join(all, ", "));
  }

  std::string verdict() const {
    switch (standing_.verdict) {
      case Verdict::ready:
        return fmt::format("Now: {}{}", names(standing_.next),
                           standing_.why.empty() ? "" : " (" + standing_.why + ")");
      case Verdict::wait:
        return fmt::format("Wait until {} ({}) for {}", format_time(standing_.until),
                           format_duration(standing_.until - now_), standing_.why);
      case Verdict::left:
        return "The DNS has left the plan: put back what stands there, or make a new plan from what is.";
      case Verdict::unknown:
        return "Where the rollout stands could not be found out; nothing should be done until it can.";
      case Verdict::complete:
        return "Complete: everything is done, and every wait is over.";
    }
    return {};
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    out_.push_back(escape_terminal(fmt::format(text, std::forward<Args>(args)...)));
  }

  const Plan& plan_;
  const Standing& standing_;
  Time now_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> lines_of_standing(const Plan& plan, const Standing& standing, Time now) {
  return StandingPrinter(plan, standing, now).run();
}

std::string emit_standing(const Plan& plan, const Standing& standing, Time now) {
  return fmt::format("{}\n", fmt::join(lines_of_standing(plan, standing, now), "\n"));
}

std::string emit_verification(const Phase& phase, const Verification& verification) {
  std::string out;
  const auto line = [&out](const std::string& text) { out += escape_terminal(text) + "\n"; };
  for (const auto& one : verification.wrong) {
    line(fmt::format("{} {} at {}: {}; expected {}", one.owner.text(), dns::to_string(one.type), one.server,
                     one.shows, one.why));
  }
  for (const auto& problem : verification.problems) line("could not be found out: " + problem);
  if (!out.empty()) return out;
  return fmt::format("{}: {} as expected\n", phase.id,
                     counted(phase.verify.size(), "record set is", "record sets are"));
}

}  // namespace rdnsgate::plan
