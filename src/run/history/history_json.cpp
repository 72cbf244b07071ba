// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/history/history_json.h"

#include <fmt/format.h>

#include <utility>

#include "base/version.h"
#include "report/json_text.h"

namespace rdnsgate::run {
namespace {

using report::Json;
using report::text_or_null;

Json maybe(const std::optional<std::uint32_t>& number) { return number ? Json(*number) : Json(); }

void add_seen(Json& json, const history::Seen& seen) {
  json["fingerprint"] = seen.fingerprint;
  json["rule"] = seen.rule;
  json["severity"] = to_string(seen.severity);
  json["status"] = audit::to_string(seen.status);
  json["certainty"] = audit::to_string(seen.certainty);
  json["scope"] = audit::to_string(seen.scope);
  json["vantages"] = seen.vantages;
  json["target"] = {{"kind", audit::to_string(seen.target.kind)}, {"id", seen.target.id}};
  json["zone"] = text_or_null(seen.zone);
  json["sender"] = text_or_null(seen.sender);
  json["message"] = seen.message;
  json["expected"] = seen.expected;
  json["observed"] = seen.observed;
  json["location"] = seen.path.empty() ? Json() : Json{{"path", seen.path}, {"line", seen.line}};
}

template <typename T>
void add_origin(Json& json, const T& one) {
  json["inventory"] = one.inventory_path;
  json["origin"] = text_or_null(one.origin);
}

Json latency_json(const history::Latency& one) {
  return {{"vantage", text_or_null(one.vantage)},
          {"zone", text_or_null(one.zone)},
          {"server", text_or_null(one.server)},
          {"questions", one.questions},
          {"timeouts", one.timeouts},
          {"failures", one.failures},
          {"p50_ms", one.p50_ms},
          {"p95_ms", one.p95_ms},
          {"p99_ms", one.p99_ms}};
}

Json json_of(const history::KeptRun& kept) {
  const auto& run = kept.run;
  const auto& sum = run.summary;
  Json latency = Json::array();
  for (const auto& one : run.latency) latency.push_back(latency_json(one));
  return {{"id", run.id},
          {"inventory", {{"path", run.inventory_path}, {"sha256", text_or_null(run.inventory_sha256)}}},
          {"origin", text_or_null(run.origin)},
          {"git_revision", text_or_null(run.git_revision)},
          {"started_at", format_time(run.started_at)},
          {"finished_at", format_time(run.finished_at)},
          {"verdict", audit::to_string(run.verdict)},
          {"whole", run.whole},
          {"summary",
           {{"addresses", sum.addresses},
            {"questions", sum.questions},
            {"unanswered", sum.unanswered},
            {"errors", sum.errors},
            {"warnings", sum.warnings},
            {"infos", sum.infos},
            {"waived", sum.waived},
            {"inconclusive", sum.inconclusive},
            {"baseline", sum.baseline}}},
          {"opened", kept.opened},
          {"changed", kept.changed},
          {"recovered", kept.recovered},
          {"latency", std::move(latency)}};
}

Json json_of(const history::Track& track) {
  Json json = Json::object();
  add_seen(json, track.finding);
  add_origin(json, track);
  json["open"] = track.open;
  json["opened_at"] = track.open ? Json(format_time(track.opened_at)) : Json();
  json["last_seen"] = format_time(track.last_seen);
  return json;
}

Json json_of(const history::Transition& one) {
  Json json{{"number", one.number},
            {"kind", history::to_string(one.kind)},
            {"at", format_time(one.at)},
            {"since", format_time(one.since)},
            {"run", one.run}};
  add_seen(json, one.finding);
  add_origin(json, one);
  json["before"] = Json();
  if (const auto& before = one.before) {
    json["before"] = {{"severity", to_string(before->severity)},
                      {"status", audit::to_string(before->status)},
                      {"certainty", audit::to_string(before->certainty)},
                      {"observed", before->observed},
                      {"opened_at", format_time(before->opened_at)}};
  }
  json["open_s"] = one.kind == history::TransitionKind::recovered ? Json(one.lasted().count()) : Json();
  return json;
}

Json json_of(const history::ZoneState& state) {
  Json json{{"zone", state.look.zone},
            {"server", text_or_null(state.look.server)},
            {"serial", maybe(state.look.serial)},
            {"ttl_low_s", maybe(state.look.ttl_low)},
            {"ttl_high_s", maybe(state.look.ttl_high)},
            {"first_seen", format_time(state.first_seen)},
            {"last_seen", format_time(state.last_seen)},
            {"first_run", state.first_run}};
  add_origin(json, state);
  return json;
}

Json json_of(const history::LatencyHour& hour) {
  Json json{{"hour", format_time(hour.hour)}, {"runs", hour.runs}};
  const auto latency = latency_json(hour.latency);
  for (const auto& [name, value] : latency.items()) json[name] = value;
  add_origin(json, hour);
  return json;
}

}  // namespace

HistoryJson::HistoryJson(Sink sink, const std::string& history, Time read_at) : sink_(std::move(sink)) {
  Json head{{"schema", "rdnsgate/history/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", version}}},
            {"history", history},
            {"read_at", format_time(read_at)}};
  auto text = report::dump(head);
  text.resize(text.size() - 2);  // the line end and the brace
  sink_(text);
}

bool HistoryJson::begin(std::string_view list) {
  const bool is_taken = sink_(fmt::format("{},\n  \"{}\": [",
                                          !has_list_  ? ""
                                          : is_first_ ? "]"
                                                      : "\n  ]",
                                          list));
  is_first_ = has_list_ = true;
  return is_taken;
}

template <typename T>
bool HistoryJson::add_all(const std::vector<T>& all) {
  std::string text;
  for (const auto& one : all) {
    text += is_first_ ? "\n    " : ",\n    ";
    is_first_ = false;
    for (const char character : report::dump(json_of(one))) {
      text += character;
      if (character == '\n') text += "    ";
    }
  }
  return sink_(text);
}

bool HistoryJson::add(const std::vector<history::KeptRun>& all) { return add_all(all); }
bool HistoryJson::add(const std::vector<history::Track>& all) { return add_all(all); }
bool HistoryJson::add(const std::vector<history::Transition>& all) { return add_all(all); }
bool HistoryJson::add(const std::vector<history::ZoneState>& all) { return add_all(all); }
bool HistoryJson::add(const std::vector<history::LatencyHour>& all) { return add_all(all); }

bool HistoryJson::end() {
  return sink_(fmt::format("{}\n}}\n", !has_list_ ? "" : is_first_ ? "]" : "\n  ]"));
}

}  // namespace rdnsgate::run
