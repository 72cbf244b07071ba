// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/drill/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/read_json.h"
#include "base/version.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

constexpr std::string_view record_schema = "rdnsgate/drill-record/1";

/// Reads members, and remembers the first that is wrong.
class Members {
 public:
  explicit Members(const nlohmann::json& json) : json_(json) {}

  std::string text(const char* key) { return member(key, &nlohmann::json::is_string, std::string()); }
  bool flag(const char* key) { return member(key, &nlohmann::json::is_boolean, false); }
  std::uint64_t number(const char* key) {
    return member(key, &nlohmann::json::is_number_unsigned, std::uint64_t{0});
  }
  seconds time(const char* key) {
    constexpr std::uint64_t most = std::uint64_t{1} << 40;
    const auto value = number(key);
    if (value > most) note(key);
    return seconds(static_cast<std::int64_t>(std::min(value, most)));
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> all;
    const auto found = json_.find(key);
    if (found == json_.end() || !found->is_array()) return note(key), all;
    for (const auto& one : *found) {
      if (!one.is_string()) return note(key), all;
      all.push_back(one.get<std::string>());
    }
    return all;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  template <typename T>
  T member(const char* key, bool (nlohmann::json::*is)() const noexcept, T otherwise) {
    const auto found = json_.find(key);
    if (found != json_.end() && ((*found).*is)()) return found->template get<T>();
    note(key);
    return otherwise;
  }
  void note(const char* key) {
    if (wrong_.empty()) wrong_ = key;
  }

  const nlohmann::json& json_;
  std::string wrong_;
};

DrillTrend trend_of(const DrillRecord& before, const DrillRecord& now) {
  if (before.noticed != now.noticed)
    return now.noticed ? DrillTrend::now_noticed : DrillTrend::no_longer_noticed;
  const auto was = std::tuple(before.latest, before.recovery), is = std::tuple(now.latest, now.recovery);
  return is == was ? DrillTrend::same : is < was ? DrillTrend::faster : DrillTrend::slower;
}

void take(DrillScore::Scenario& scenario, const DrillRecord& record) {
  if (!record.fits) {
    if (scenario.played == 0) scenario.last = record;
    return;
  }
  if (scenario.played++ > 0) {
    scenario.previous = std::move(scenario.last);
    scenario.trend = trend_of(*scenario.previous, record);
  }
  scenario.noticed += record.noticed ? 1 : 0;
  scenario.last = record;
}

std::vector<DrillScore::Round> rounds_of(const std::vector<DrillRecord>& records) {
  std::map<std::pair<std::string, Time>, DrillScore::Round> rounds;
  for (const auto& record : records) {
    auto& round = rounds[{record.inventory_path, record.at}];
    round.inventory_path = record.inventory_path;
    round.at = record.at;
    round.fitting += record.fits ? 1 : 0;
    round.noticed += record.noticed ? 1 : 0;
    if (record.noticed) round.slowest = std::max(round.slowest, record.latest);
  }
  std::vector<DrillScore::Round> all;
  for (auto& [key, round] : rounds) all.push_back(std::move(round));
  return all;
}

}  // namespace

std::vector<DrillRecord> records_of(const DrillDocument& document) {
  std::vector<DrillRecord> all;
  for (const auto& drill : document.drills) {
    const auto& received = drill.receivers;
    DrillRecord record{document.played_at, document.inventory_path, document.inventory_sha256, drill.scenario,
                       drill.subject};
    record.fits = drill.fits;
    record.noticed = drill.detection.noticed;
    record.soonest = drill.detection.soonest;
    record.latest = drill.detection.latest;
    record.by_plan = drill.recovery.by_plan;
    record.recovery = drill.recovery.total();
    record.refused = received.during.refused - std::min(received.during.refused, received.before.refused);
    record.rules = drill.detection.rules;
    all.push_back(std::move(record));
  }
  return all;
}

std::string record_line(const DrillRecord& record) {
  const Json json{{"schema", record_schema},
                  {"at", format_time(record.at)},
                  {"inventory", record.inventory_path},
                  {"inventory_sha256", record.inventory_sha256},
                  {"scenario", record.scenario},
                  {"subject", record.subject},
                  {"fits", record.fits},
                  {"noticed", record.noticed},
                  {"soonest_s", record.soonest.count()},
                  {"latest_s", record.latest.count()},
                  {"by_plan", record.by_plan},
                  {"recovery_s", record.recovery.count()},
                  {"refused", record.refused},
                  {"rules", record.rules}};
  return harmless_json(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Result<DrillRecord> read_record(std::string_view line) {
  const auto json = read_json(line);
  if (!json) return fail(json.error().message);
  if (!json->is_object()) return fail("it is no record of a drill");
  Members members(*json);
  if (members.text("schema") != record_schema) return fail("it is no record of a drill");
  const auto at = parse_time(members.text("at"));
  DrillRecord record;
  record.inventory_path = members.text("inventory");
  record.inventory_sha256 = members.text("inventory_sha256");
  record.scenario = members.text("scenario");
  record.subject = members.text("subject");
  record.fits = members.flag("fits");
  record.noticed = members.flag("noticed");
  record.soonest = members.time("soonest_s");
  record.latest = members.time("latest_s");
  record.by_plan = members.flag("by_plan");
  record.recovery = members.time("recovery_s");
  record.refused = members.number("refused");
  record.rules = members.texts("rules");
  if (!at || !members.wrong().empty())
    return fail(fmt::format("\"{}\" is missing or of another kind", at ? members.wrong() : "at"));
  record.at = *at;
  return record;
}

std::string_view to_string(DrillTrend trend) {
  switch (trend) {
    case DrillTrend::first:
      return "first";
    case DrillTrend::same:
      return "same";
    case DrillTrend::faster:
      return "faster";
    case DrillTrend::slower:
      return "slower";
    case DrillTrend::now_noticed:
      return "now-noticed";
    case DrillTrend::no_longer_noticed:
      return "no-longer-noticed";
  }
  return "first";
}

std::size_t DrillScore::count_fitting() const {
  return static_cast<std::size_t>(
      std::count_if(scenarios.begin(), scenarios.end(), [](const auto& one) { return one.played > 0; }));
}

std::size_t DrillScore::count_noticed() const {
  return static_cast<std::size_t>(std::count_if(scenarios.begin(), scenarios.end(), [](const auto& one) {
    return one.played > 0 && one.last.noticed;
  }));
}

DrillScore score_of(std::vector<DrillRecord> records, const std::vector<std::string_view>& known) {
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  const auto rank = [&](const std::string& scenario) {
    return std::find(known.begin(), known.end(), scenario) - known.begin();
  };
  std::map<std::tuple<std::string, std::ptrdiff_t, std::string>, DrillScore::Scenario> all;
  DrillScore score;
  score.tool_version = version;
  for (const auto& record : records) {
    auto& scenario = all[{record.inventory_path, rank(record.scenario), record.scenario}];
    scenario.inventory_path = record.inventory_path;
    scenario.scenario = record.scenario;
    take(scenario, record);
  }
  for (auto& [key, scenario] : all) score.scenarios.push_back(std::move(scenario));
  score.rounds = rounds_of(records);
  for (const auto name : known) {
    const bool is_played = std::any_of(score.scenarios.begin(), score.scenarios.end(),
                                       [&](const auto& one) { return one.scenario == name; });
    if (!is_played) score.never.emplace_back(name);
  }
  return score;
}

}  // namespace rdnsgate::report
