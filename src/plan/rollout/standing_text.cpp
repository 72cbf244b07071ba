// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "plan/rollout/standing.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t most_standing_lines = 30;

class StandingPrinter {
 public:
  StandingPrinter(const Plan& plan, const Standing& standing, Time now)
      : plan_(plan), standing_(standing), now_(now) {}

  std::vector<std::string> run() {
    const auto phases = std::count_if(plan_.phases.begin(), plan_.phases.end(), [](const Phase& phase) {
      return !phase.steps.empty() || !phase.manual.empty();
    });
    line("Plan {}: {} of {} done{}", plan_.id, standing_.done.size(),
         counted(static_cast<std::size_t>(phases), "phase", "phases"),
         standing_.unknown.empty() ? std::string() : fmt::format(", {} unknown", standing_.unknown.size()));
    for (const auto phase : standing_.done) line("  done     {}", label_of(plan_.phases[phase]));
    for (const auto phase : standing_.unknown) line("  unknown  {}", label_of(plan_.phases[phase]));
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
    for (std::size_t i = 0; i < std::min(most_standing_lines, standing_.problems.size()); ++i)
      line("  could not be determined: {}", standing_.problems[i]);
    for (const auto& note : standing_.notes) line("  note: {}", note);
    line("{}", verdict());
    return std::move(out_);
  }

 private:
  bool is_done(std::size_t phase) const { return contains(standing_.done, phase); }
  bool is_current(std::size_t phase) const { return contains(standing_.current, phase); }
  static bool contains(const std::vector<std::size_t>& all, std::size_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  /// The last phase that each zone is known to have behind it.
  void zones() {
    struct Place {
      std::string phase;
      bool known = true;
    };
    std::map<Name, Place> places;
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      for (const auto& step : plan_.phases[i].steps) {
        auto& place = places[step.zone];
        if (is_done(i)) place = {plan_.phases[i].id, true};
        if (contains(standing_.unknown, i)) place.known = false;
      }
    }
    for (const auto& [zone, place] : places) {
      const std::string_view none = place.known ? "as before the first change" : "not known";
      line("  zone {}: {}{}", zone.text(), place.phase.empty() ? none : place.phase,
           place.known || place.phase.empty() ? "" : ", or further");
    }
  }

  void list(std::string_view what, const std::vector<Straggler>& all) {
    for (std::size_t i = 0; i < std::min(most_standing_lines, all.size()); ++i) {
      line("  {}: {} {} at {}: {}; the plan has {}", what, all[i].owner.text(), dns::to_string(all[i].type),
           all[i].server, all[i].shows, all[i].why);
    }
    if (all.size() > most_standing_lines) line("  and {} more", all.size() - most_standing_lines);
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
        return "Live DNS no longer matches the plan: restore the expected records, or plan again.";
      case Verdict::unknown:
        return "The state of the rollout could not be determined: do nothing until it is known.";
      case Verdict::complete:
        if (standing_.unknown.empty()) return "Complete: everything is done, and every wait is over.";
        return fmt::format(
            "Complete as far as the DNS shows it, and every wait is over; whether hosts did what {} asks of "
            "them, "
            "nobody said.",
            names(standing_.unknown));
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
    line(fmt::format("{} {}{}{}: {}; expected {}", one.owner.text(), dns::to_string(one.type),
                     one.server.empty() ? "" : " at ", one.server, one.shows, one.why));
  }
  for (const auto& problem : verification.problems) line("could not be determined: " + problem);
  if (!out.empty()) return out;
  std::size_t passes = 0;
  for (const auto& pass : phase.spf) passes += pass.addresses.size();
  const auto spf = passes == 0 ? std::string()
                               : fmt::format("; SPF passes for {}", counted(passes, "address", "addresses"));
  return fmt::format("{}: {} as expected{}\n", phase.id,
                     counted(phase.verify.size(), "record set is", "record sets are"), spf);
}

}  // namespace rdnsgate::plan
