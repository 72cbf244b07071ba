// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/run_json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

#include "base/read_json.h"
#include "history/words.h"

namespace rdnsgate::history {
namespace {

using Json = nlohmann::json;

constexpr std::string_view schema = "rdnsgate/waiting-run/1";

std::int64_t seconds_of(Time time) { return time.time_since_epoch().count(); }
Time time_of(const Json& json) { return Time(seconds(json.get<std::int64_t>())); }
Json maybe(const std::optional<std::uint32_t>& number) { return number ? Json(*number) : Json(); }
std::optional<std::uint32_t> maybe_in(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<std::uint32_t>();
}

Json json_of(const audit::Target& target) { return {audit::to_string(target.kind), target.id}; }
audit::Target target_in(const Json& json) {
  return {target_kind_of(json.at(0).get<std::string>()), json.at(1).get<std::string>()};
}

Json json_of(const Seen& seen) {
  return {{"fingerprint", seen.fingerprint},
          {"rule", seen.rule},
          {"severity", to_string(seen.severity)},
          {"status", audit::to_string(seen.status)},
          {"certainty", audit::to_string(seen.certainty)},
          {"scope", audit::to_string(seen.scope)},
          {"vantages", seen.vantages},
          {"target", json_of(seen.target)},
          {"zone", seen.zone},
          {"sender", seen.sender},
          {"message", seen.message},
          {"expected", seen.expected},
          {"observed", seen.observed},
          {"path", seen.path},
          {"line", seen.line},
          {"settled", seen.settled}};
}

Seen seen_in(const Json& json) {
  Seen seen;
  seen.fingerprint = json.at("fingerprint").get<std::string>();
  seen.rule = json.at("rule").get<std::string>();
  seen.severity = severity_of(json.at("severity").get<std::string>());
  seen.status = status_of(json.at("status").get<std::string>());
  seen.certainty = certainty_of(json.at("certainty").get<std::string>());
  seen.scope = scope_of(json.at("scope").get<std::string>());
  seen.vantages = json.at("vantages").get<std::vector<std::string>>();
  seen.target = target_in(json.at("target"));
  seen.zone = json.at("zone").get<std::string>();
  seen.sender = json.at("sender").get<std::string>();
  seen.message = json.at("message").get<std::string>();
  seen.expected = json.at("expected").get<std::string>();
  seen.observed = json.at("observed").get<std::string>();
  seen.path = json.at("path").get<std::string>();
  seen.line = json.at("line").get<std::size_t>();
  seen.settled = json.at("settled").get<bool>();
  return seen;
}

/// The counts of a run, in the order in which they are written.
template <typename Summary>
auto counts_of(Summary& summary) {
  return std::array{&summary.addresses,    &summary.questions, &summary.unanswered, &summary.outside,
                    &summary.errors,       &summary.warnings,  &summary.infos,      &summary.waived,
                    &summary.inconclusive, &summary.baseline};
}

Json json_of(const Run& run) {
  Json counts = Json::array(), latency = Json::array(), zones = Json::array(), judged = Json::array();
  for (const auto* count : counts_of(run.summary)) counts.push_back(*count);
  for (const auto& one : run.latency)
    latency.push_back({one.vantage, one.zone, one.server, one.questions, one.timeouts, one.failures,
                       one.p50_ms, one.p95_ms, one.p99_ms});
  for (const auto& one : run.zones)
    zones.push_back({one.zone, one.server, maybe(one.serial), maybe(one.ttl_low), maybe(one.ttl_high)});
  for (const auto& target : run.judged) judged.push_back(json_of(target));
  return {{"id", run.id},
          {"inventory_path", run.inventory_path},
          {"inventory_sha256", run.inventory_sha256},
          {"origin", run.origin},
          {"git_revision", run.git_revision},
          {"started_at", seconds_of(run.started_at)},
          {"finished_at", seconds_of(run.finished_at)},
          {"verdict", audit::to_string(run.verdict)},
          {"counts", std::move(counts)},
          {"latency", std::move(latency)},
          {"zones", std::move(zones)},
          {"whole", run.whole},
          {"judged", std::move(judged)}};
}

Run run_in(const Json& json) {
  Run run;
  run.id = json.at("id").get<std::string>();
  run.inventory_path = json.at("inventory_path").get<std::string>();
  run.inventory_sha256 = json.at("inventory_sha256").get<std::string>();
  run.origin = json.at("origin").get<std::string>();
  run.git_revision = json.at("git_revision").get<std::string>();
  run.started_at = time_of(json.at("started_at"));
  run.finished_at = time_of(json.at("finished_at"));
  run.verdict = verdict_of(json.at("verdict").get<std::string>());
  std::size_t at = 0;
  for (auto* count : counts_of(run.summary)) *count = json.at("counts").at(at++).get<std::size_t>();
  for (const auto& one : json.at("latency")) {
    Latency latency;
    latency.vantage = one.at(0).get<std::string>();
    latency.zone = one.at(1).get<std::string>();
    latency.server = one.at(2).get<std::string>();
    latency.questions = one.at(3).get<std::size_t>();
    latency.timeouts = one.at(4).get<std::size_t>();
    latency.failures = one.at(5).get<std::size_t>();
    latency.p50_ms = one.at(6).get<double>();
    latency.p95_ms = one.at(7).get<double>();
    latency.p99_ms = one.at(8).get<double>();
    run.latency.push_back(std::move(latency));
  }
  for (const auto& one : json.at("zones"))
    run.zones.push_back({one.at(0).get<std::string>(), one.at(1).get<std::string>(), maybe_in(one.at(2)),
                         maybe_in(one.at(3)), maybe_in(one.at(4))});
  run.whole = json.at("whole").get<bool>();
  for (const auto& target : json.at("judged")) run.judged.push_back(target_in(target));
  return run;
}

}  // namespace

std::string to_json(const Run& run, const std::vector<Seen>& seen) {
  Json findings = Json::array();
  for (const auto& one : seen) findings.push_back(json_of(plain(one)));
  return Json{{"schema", schema}, {"run", json_of(plain(run))}, {"findings", std::move(findings)}}.dump() +
         "\n";
}

Result<Waiting> waiting_in(std::string_view text) {
  const auto json = read_json(text);
  if (!json) return fail(json.error().message);
  try {
    if (json->at("schema") != schema) return fail("this is no run that waits, or one of a later version");
    Waiting waiting{run_in(json->at("run")), {}};
    for (const auto& one : json->at("findings")) waiting.seen.push_back(seen_in(one));
    return waiting;
  } catch (const Json::exception&) {
    return fail("something is missing in it, or of another kind");
  } catch (const Stop& stopped) {
    return tl::unexpected<Error>(stopped.failure.error);
  }
}

}  // namespace rdnsgate::history
