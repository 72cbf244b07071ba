// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <set>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/drill/score.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

std::string trend_text(const DrillScore::Scenario& one) {
  const auto before = [&] { return format_duration(one.previous->latest); };
  switch (one.trend) {
    case DrillTrend::first:
      return "first time";
    case DrillTrend::same:
      return "as before";
    case DrillTrend::faster:
      return fmt::format("faster: {} before, recovery {}", before(), format_duration(one.previous->recovery));
    case DrillTrend::slower:
      return fmt::format("slower: {} before, recovery {}", before(), format_duration(one.previous->recovery));
    case DrillTrend::now_noticed:
      return "not noticed before";
    case DrillTrend::no_longer_noticed:
      return fmt::format("noticed before, after {}", before());
  }
  return {};
}

std::string answer_text(const DrillScore::Scenario& one) {
  if (one.played == 0) return "does not fit";
  return one.last.noticed ? fmt::format("yes, within {}", format_duration(one.last.latest))
                          : std::string("no");
}

std::string recovery_text(const DrillScore::Scenario& one) {
  if (one.played == 0) return "-";
  return fmt::format("{} {}", format_duration(one.last.recovery), one.last.by_plan ? "by plan" : "by hand");
}

bool has_several(const DrillScore& score) {
  std::set<std::string_view> paths;
  for (const auto& one : score.scenarios) paths.insert(one.inventory_path);
  return paths.size() > 1;
}

std::string name_of(const DrillScore& score, const DrillScore::Scenario& one) {
  return has_several(score) ? fmt::format("{} ({})", one.scenario, one.inventory_path) : one.scenario;
}

std::string head_text(const DrillScore& score) {
  return fmt::format("Would we notice next time? {} of {}", score.count_noticed(),
                     counted(score.count_fitting(), "scenario", "scenarios"));
}

std::string round_text(const DrillScore::Round& round) {
  return fmt::format(
      "{} of {} noticed{}", round.noticed, round.fitting,
      round.noticed > 0 ? fmt::format(", the slowest within {}", format_duration(round.slowest)) : "");
}

Json scenario_json(const DrillScore::Scenario& one) {
  return {{"inventory", one.inventory_path},
          {"scenario", one.scenario},
          {"played", one.played},
          {"noticed", one.noticed},
          {"would_notice", one.played > 0 ? Json(one.last.noticed) : Json()},
          {"last_at", format_time(one.last.at)},
          {"latest_s", one.last.noticed ? Json(one.last.latest.count()) : Json()},
          {"recovery_s", one.played > 0 ? Json(one.last.recovery.count()) : Json()},
          {"by_plan", one.last.by_plan},
          {"refused", one.last.refused},
          {"rules", one.last.rules},
          {"trend", to_string(one.trend)}};
}

}  // namespace

std::string render_score_text(const DrillScore& score) {
  auto out = head_text(score) + "\n\n";
  for (const auto& one : score.scenarios)
    out += fmt::format("{:<20}{:<24}recovery {:<18}{}\n", escape_terminal(name_of(score, one)),
                       answer_text(one), recovery_text(one), trend_text(one));
  if (!score.never.empty()) out += fmt::format("never played: {}\n", fmt::join(score.never, ", "));
  out += '\n';
  for (const auto& round : score.rounds)
    out += fmt::format("{}  {}{}\n", format_time(round.at), round_text(round),
                       has_several(score) ? "  " + escape_terminal(round.inventory_path) : "");
  return out;
}

std::string render_score_markdown(const DrillScore& score) {
  auto out =
      fmt::format("# {}\n\n| scenario | would we notice? | recovery | trend | by |\n|---|---|---|---|---|\n",
                  head_text(score));
  const auto cell = [](const std::string& text) { return markdown_cell(escape_terminal(text)); };
  for (const auto& one : score.scenarios)
    out += fmt::format("| {} | {} | {} | {} | {} |\n", cell(name_of(score, one)), answer_text(one),
                       recovery_text(one), trend_text(one),
                       cell(fmt::format("{}", fmt::join(one.last.rules, ", "))));
  if (!score.never.empty()) out += fmt::format("\nNever played: {}.\n", fmt::join(score.never, ", "));
  out += "\n| played | inventory | score |\n|---|---|---|\n";
  for (const auto& round : score.rounds)
    out += fmt::format("| {} | {} | {} |\n", format_time(round.at), cell(round.inventory_path),
                       round_text(round));
  return out;
}

std::string render_score_json(const DrillScore& score) {
  Json scenarios = Json::array(), rounds = Json::array();
  for (const auto& one : score.scenarios) scenarios.push_back(scenario_json(one));
  for (const auto& round : score.rounds)
    rounds.push_back({{"inventory", round.inventory_path},
                      {"at", format_time(round.at)},
                      {"fitting", round.fitting},
                      {"noticed", round.noticed},
                      {"slowest_s", round.slowest.count()}});
  return dump({{"schema", "rdnsgate/drill-report/1"},
               {"tool", {{"name", "rdnsgate"}, {"version", score.tool_version}}},
               {"fitting", score.count_fitting()},
               {"noticed", score.count_noticed()},
               {"scenarios", std::move(scenarios)},
               {"rounds", std::move(rounds)},
               {"never_played", score.never}}) +
         "\n";
}

}  // namespace rdnsgate::report
