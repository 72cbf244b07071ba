// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/drill/drill_lines.h"

#include <fmt/format.h>

#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

std::string count_text(const DrillReceivers::Count& count) {
  return fmt::format("{} accepted, {} refused, {} open", count.accepted, count.refused, count.unknown);
}

std::string waiting(seconds wait) {
  return wait.count() > 0 ? fmt::format("; then {} of waiting", format_duration(wait)) : std::string();
}

void add_plan(const Drill& drill, std::vector<std::string>& lines) {
  const auto& recovery = drill.recovery;
  const auto told = drill.detection.latest;
  for (const auto& phase : recovery.phases) {
    if (phase.what.empty() && phase.wait.count() == 0) continue;
    lines.push_back(fmt::format("T+{} {}{}{}", format_duration(told + phase.starts_after), phase.id,
                                phase.who.empty() ? "" : fmt::format(" ({})", fmt::join(phase.who, "; ")),
                                waiting(phase.wait)));
    for (const auto& what : phase.what) lines.push_back("  " + what);
  }
  lines.push_back(
      fmt::format("T+{} done, by plan {}", format_duration(told + recovery.plan_time), recovery.plan_id));
  if (recovery.changes_before > 0)
    lines.push_back(fmt::format("{} of these changes were due before it happened", recovery.changes_before));
}

void add_steps(const Drill& drill, std::vector<std::string>& lines) {
  const auto& recovery = drill.recovery;
  if (!recovery.why_no_plan.empty()) lines.push_back(fmt::format("no plan: {}", recovery.why_no_plan));
  std::size_t number = 0;
  for (const auto& step : recovery.steps)
    lines.push_back(fmt::format("{}. {}: {}", ++number, step.who, step.what));
  lines.push_back(
      recovery.lingers.count() == 0
          ? fmt::format("then at once: {}", recovery.lingers_why)
          : fmt::format("then up to {}: {}", format_duration(recovery.lingers), recovery.lingers_why));
}

}  // namespace

std::string noticed_text(const Drill& drill) {
  const auto& found = drill.detection;
  if (!found.noticed) return fmt::format("NOT NOTICED: {}", drill.advice);
  return fmt::format("{} to {} after it begins, by {}", format_duration(found.soonest),
                     format_duration(found.latest), fmt::join(found.rules, ", "));
}

std::string received_text(const DrillReceivers& receivers) {
  if (receivers.vantage.empty()) return "nothing: no answer that they look up differs";
  if (receivers.before == receivers.during)
    return fmt::format("{}, as before (with the answers of {})", count_text(receivers.during),
                       receivers.vantage);
  return fmt::format("{}; before: {} (with the answers of {})", count_text(receivers.during),
                     count_text(receivers.before), receivers.vantage);
}

std::string rule_text(const DrillReceivers::Rule& one) {
  return fmt::format("{} [{}{}]: {}; {}, {}", one.rule->receiver, to_string(one.rule->effect),
                     one.rule->reply.empty() ? "" : fmt::format(" {}", one.rule->reply), one.rule->message,
                     counted(one.addresses, "address", "addresses"),
                     one.paths.size() > 3
                         ? fmt::format("{} and {} more paths", one.paths.front(), one.paths.size() - 1)
                         : fmt::format("{}", fmt::join(one.paths, ", ")));
}

std::vector<std::string> recovery_lines(const Drill& drill) {
  std::vector<std::string> lines;
  drill.recovery.by_plan ? add_plan(drill, lines) : add_steps(drill, lines);
  if (drill.detection.noticed)
    lines.push_back(fmt::format("a watch says that it is over within {}",
                                format_duration(drill.detection.recovery_latest)));
  return lines;
}

std::vector<std::string> lab_lines(const DrillLab& lab) {
  if (!lab.played) return {fmt::format("not played: {}", lab.why_not)};
  const auto programs = fmt::format("{}", fmt::join(lab.programs, " and "));
  const auto all = lab.findings + lab.missing.size();
  std::vector<std::string> lines;
  if (lab.differs())
    lines.push_back(fmt::format(
        "NOT AS PREDICTED: {} showed {} of {}{}", programs, lab.findings, counted(all, "finding", "findings"),
        lab.unexpected.empty() ? "" : fmt::format(", and {} more", lab.unexpected.size())));
  else
    lines.push_back(
        all == 0 ? fmt::format("as predicted: {} showed nothing either", programs)
                 : fmt::format("as predicted: {} showed {}", programs, counted(all, "finding", "findings")));
  for (const auto& one : lab.missing)
    lines.push_back(fmt::format("not shown: {} [{}]", one.target.id, one.rule));
  for (const auto& one : lab.unexpected)
    lines.push_back(fmt::format("shown beside: {} [{}]", one.target.id, one.rule));
  for (const auto& note : lab.notes) lines.push_back(fmt::format("note: {}", note));
  return lines;
}

std::string schedule_text(const DrillDocument& document) {
  const auto& schedule = document.schedule;
  return fmt::format("a look every {}, {} of {} looks to confirm, findings of at least {}",
                     format_duration(schedule.interval), schedule.confirmations, schedule.window,
                     to_string(schedule.level));
}

std::string world_text(const DrillDocument& document) {
  return document.assumed ? fmt::format("zone files, as well name servers would show them to {}",
                                        fmt::join(document.vantages, ", "))
                          : fmt::format("a snapshot of {} by {}", format_time(document.taken_at),
                                        fmt::join(document.vantages, ", "));
}

std::string score_text(const DrillDocument& document) {
  const auto unfit = document.drills.size() - document.count_fitting();
  const auto differing = document.count_differing();
  return fmt::format(
      "{} of {} would be noticed{}{}", document.count_noticed(),
      counted(document.count_fitting(), "scenario", "scenarios"),
      unfit == 0 ? "" : fmt::format("; {} {} not fit this estate", unfit, unfit == 1 ? "does" : "do"),
      differing == 0 ? "" : fmt::format("; real servers showed something else in {}", differing));
}

}  // namespace rdnsgate::report
