// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "plan/emit/emit.h"
#include "plan/forecast.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t most_lines = 20;

class ForecastPrinter {
 public:
  ForecastPrinter(const Plan& plan, const Simulation& simulation)
      : plan_(plan), simulation_(simulation), forecast_(simulation.forecast) {}

  /// Of one world among several `in_brief`: whether the plan holds in it.
  std::string run(bool in_brief) {
    if (in_brief) {
      line("Simulation of {}: {}", simulation_.name(),
           simulation_.holds() ? "nothing breaks" : counted(forecast_.breaches.size(), "break", "breaks"));
      if (!simulation_.holds()) print_breaches();
      return out_;
    }
    line("Simulation{}: {}, {}, {} a zone, {}",
         simulation_.scenarios.empty() ? std::string() : " of " + simulation_.name(),
         counted(forecast_.paths, "path", "paths"), counted(forecast_.climate.caches, "cache", "caches"),
         counted(forecast_.climate.servers, "name server", "name servers"),
         counted(forecast_.fetches, "answer fetched", "answers fetched"));
    for (const auto& uptake : forecast_.uptakes) print(uptake);
    print_early();
    print_breaches();
    return out_;
  }

 private:
  void print(const Uptake& uptake) {
    const auto& phase = plan_.phases[uptake.phase];
    line("  +{} {}: half of the caches have nothing older after {}, 99 of 100 after {}, the last after {}",
         format_duration(phase.starts_after), phase.id, format_duration(uptake.half),
         format_duration(uptake.most), format_duration(uptake.last));
  }

  /// Of each phase the worst.
  void print_early() {
    std::map<std::size_t, const Early*> worst;
    for (const auto& early : forecast_.early) {
      const auto*& one = worst[early.phase];
      if (one == nullptr || early.by > one->by) one = &early;
    }
    for (const auto& [phase, early] : worst) {
      line("  {} begins up to {} before the last cache drops what was there before ({})",
           plan_.phases[phase].id, format_duration(early->by), early->what);
    }
  }

  void print_breaches() {
    const auto& all = forecast_.breaches;
    if (all.empty()) {
      line("  At no moment did a cache hold a mix of old and new in which a path is broken,");
      return line("  nor in a rollback from any moment of any phase.");
    }
    for (std::size_t i = 0; i < std::min(most_lines, all.size()); ++i) line("  {}", text_of(plan_, all[i]));
    if (all.size() > most_lines) line("  and {} more", all.size() - most_lines);
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    out_ += escape_terminal(fmt::format(text, std::forward<Args>(args)...)) + "\n";
  }

  const Plan& plan_;
  const Simulation& simulation_;
  const Forecast& forecast_;
  std::string out_;
};

}  // namespace

std::string text_of(const Plan& plan, const Breach& breach) {
  std::string text;
  if (const auto& turn = breach.rolled_back)
    text =
        fmt::format("rolled back from {} at +{}, ", plan.phases[turn->phase].id, format_duration(turn->at));
  return text + fmt::format("broken from +{} {}: {} {}", format_duration(breach.at),
                            is_for_good(breach) ? "on" : "until +" + format_duration(breach.until),
                            breach.who, breach.text);
}

std::string emit_forecast(const Plan& plan, std::span<const Simulation> simulations) {
  std::string text;
  for (const auto& simulation : simulations)
    text += ForecastPrinter(plan, simulation).run(&simulation != &simulations.back());
  return text;
}

}  // namespace rdnsgate::plan
