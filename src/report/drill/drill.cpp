// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/drill/drill.h"

#include <algorithm>

#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

Json seconds_or_null(const std::optional<seconds>& time) { return time ? Json(time->count()) : Json(); }

Json finding_json(const DrillFinding& one) {
  return {{"rule", one.rule},
          {"severity", to_string(one.severity)},
          {"certainty", audit::to_string(one.certainty)},
          {"target", {{"kind", audit::to_string(one.target.kind)}, {"id", one.target.id}}},
          {"message", one.message},
          {"vantages", one.vantages},
          {"clears_at", one.clears_at ? Json(format_time(*one.clears_at)) : Json()},
          {"changed", one.changed},
          {"watch_only", one.watch_only},
          {"told_after_s", seconds_or_null(one.told_after)},
          {"fingerprint", one.fingerprint}};
}

Json detection_json(const Drill& drill) {
  const auto& found = drill.detection;
  if (!found.noticed)
    return {{"noticed", false},       {"soonest_s", nullptr},
            {"latest_s", nullptr},    {"over_told_after_s", nullptr},
            {"rules", Json::array()}, {"advice", drill.advice}};
  return {{"noticed", true},
          {"soonest_s", found.soonest.count()},
          {"latest_s", found.latest.count()},
          {"over_told_after_s", found.recovery_latest.count()},
          {"rules", found.rules},
          {"advice", nullptr}};
}

Json count_json(const DrillReceivers::Count& count) {
  return {{"accepted", count.accepted}, {"refused", count.refused}, {"unknown", count.unknown}};
}

Json receivers_json(const DrillReceivers& receivers) {
  Json rules = Json::array();
  for (const auto& one : receivers.rules)
    rules.push_back({{"id", one.rule->id},
                     {"receiver", one.rule->receiver},
                     {"effect", to_string(one.rule->effect)},
                     {"message", one.rule->message},
                     {"reply", one.rule->reply.empty() ? Json() : Json(one.rule->reply)},
                     {"addresses", one.addresses},
                     {"paths", one.paths}});
  return {{"vantage", text_or_null(receivers.vantage)},
          {"before", count_json(receivers.before)},
          {"during", count_json(receivers.during)},
          {"rules", std::move(rules)}};
}

Json recovery_json(const DrillRecovery& recovery) {
  Json phases = Json::array(), steps = Json::array();
  for (const auto& phase : recovery.phases)
    phases.push_back({{"id", phase.id},
                      {"starts_after_s", phase.starts_after.count()},
                      {"wait_s", phase.wait.count()},
                      {"changes", phase.what},
                      {"who", phase.who}});
  for (const auto& step : recovery.steps) steps.push_back({{"who", step.who}, {"do", step.what}});
  return {{"by", recovery.by_plan ? "plan" : "hand"},
          {"plan", text_or_null(recovery.plan_id)},
          {"why_no_plan", text_or_null(recovery.why_no_plan)},
          {"phases", std::move(phases)},
          {"plan_s", recovery.by_plan ? Json(recovery.plan_time.count()) : Json()},
          {"changes_due_before", recovery.changes_before},
          {"steps", std::move(steps)},
          {"caches_s", recovery.lingers.count()},
          {"caches_why", recovery.lingers_why},
          {"total_s", recovery.total().count()}};
}

Json differences_json(const std::vector<DrillLab::Difference>& all) {
  Json list = Json::array();
  for (const auto& one : all)
    list.push_back({{"rule", one.rule},
                    {"target", {{"kind", audit::to_string(one.target.kind)}, {"id", one.target.id}}}});
  return list;
}

Json lab_json(const DrillLab& lab) {
  return {{"played", lab.played},
          {"why_not", text_or_null(lab.why_not)},
          {"programs", lab.programs},
          {"as_predicted", lab.played ? Json(lab.is_as_predicted()) : Json()},
          {"findings", lab.findings},
          {"missing", differences_json(lab.missing)},
          {"unexpected", differences_json(lab.unexpected)},
          {"notes", lab.notes}};
}

Json drill_json(const Drill& drill) {
  Json json{{"scenario", drill.scenario}, {"summary", drill.summary}, {"fits", drill.fits}};
  if (!drill.fits) {
    json["why_not"] = drill.why_not;
    json["hint"] = drill.hint;
    return json;
  }
  json["subject"] = drill.subject;
  json["happens"] = drill.happens;
  json["findings"] = Json::array();
  for (const auto& one : drill.findings) json["findings"].push_back(finding_json(one));
  json["inconclusive"] = drill.unclear;
  json["detection"] = detection_json(drill);
  json["receivers"] = receivers_json(drill.receivers);
  json["recovery"] = recovery_json(drill.recovery);
  if (drill.lab) json["lab"] = lab_json(*drill.lab);
  return json;
}

}  // namespace

std::size_t DrillDocument::count_fitting() const {
  return static_cast<std::size_t>(
      std::count_if(drills.begin(), drills.end(), [](const auto& one) { return one.fits; }));
}

std::size_t DrillDocument::count_noticed() const {
  return static_cast<std::size_t>(
      std::count_if(drills.begin(), drills.end(), [](const auto& one) { return one.detection.noticed; }));
}

std::size_t DrillDocument::count_differing() const {
  return static_cast<std::size_t>(std::count_if(
      drills.begin(), drills.end(), [](const auto& one) { return one.lab && one.lab->differs(); }));
}

std::string render_drill_json(const DrillDocument& document) {
  const auto& schedule = document.schedule;
  Json json{{"schema", "rdnsgate/drill/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
            {"inventory", {{"path", document.inventory_path}, {"sha256", document.inventory_sha256}}},
            {"world",
             {{"from", document.world},
              {"taken_at", format_time(document.taken_at)},
              {"vantages", document.vantages},
              {"assumed", document.assumed}}},
            {"played_at", format_time(document.played_at)},
            {"schedule",
             {{"interval_s", schedule.interval.count()},
              {"jitter_percent", schedule.jitter_percent},
              {"recheck_s", schedule.recheck.count()},
              {"confirmations", schedule.confirmations},
              {"window", schedule.window},
              {"level", to_string(schedule.level)}}},
            {"summary",
             {{"scenarios", document.drills.size()},
              {"fitting", document.count_fitting()},
              {"noticed", document.count_noticed()}}},
            {"drills", Json::array()}};
  for (const auto& drill : document.drills) json["drills"].push_back(drill_json(drill));
  return dump(json) + "\n";
}

std::string render_drill_list_json(const std::vector<DrillEntry>& all) {
  Json scenarios = Json::array();
  for (const auto& one : all)
    scenarios.push_back({{"name", one.name}, {"summary", one.summary}, {"needs", one.needs}});
  return dump({{"schema", "rdnsgate/drill-list/1"}, {"scenarios", std::move(scenarios)}}) + "\n";
}

}  // namespace rdnsgate::report
