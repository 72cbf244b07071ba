// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <type_traits>

#include "report/formats.h"
#include "report/json_text.h"
#include "report/part_json.h"

namespace rdnsgate::report {
namespace {

Json summary_json(const audit::Summary& summary) {
  return {{"addresses", summary.addresses},   {"questions", summary.questions},
          {"unanswered", summary.unanswered}, {"errors", summary.errors},
          {"warnings", summary.warnings},     {"infos", summary.infos},
          {"waived", summary.waived},         {"inconclusive", summary.inconclusive},
          {"baseline", summary.baseline}};
}

Json vantage_json(const audit::VantageStats& vantage) {
  return {{"name", vantage.name},           {"kind", dns::to_string(vantage.kind)},
          {"questions", vantage.questions}, {"unanswered", vantage.unanswered},
          {"p50_ms", vantage.p50_ms},       {"p99_ms", vantage.p99_ms}};
}

/// A number says its unit in its name: `p95_ms`, `ttl_s`. Of a list that was cut off it is said how long it was.
void add_value(Json& json, const audit::Named& named) {
  const std::string name(named.name);
  const auto write = [&](const auto& value) {
    using Kind = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<Kind, audit::List>) {
      json[name] = value.items;
      if (value.total > value.items.size()) json[name + "_total"] = value.total;
    } else if constexpr (std::is_same_v<Kind, seconds>) {
      json[name + "_s"] = value.count();
    } else if constexpr (std::is_same_v<Kind, milliseconds>) {
      json[name + "_ms"] = value.count();
    } else if constexpr (std::is_same_v<Kind, Time>) {
      json[name] = format_time(value);
    } else {
      json[name] = value;
    }
  };
  if (!audit::is_empty(named.value)) std::visit(write, named.value);
}

Json values_json(const audit::Values& values) {
  Json json = Json::object();
  for (const auto& named : values) add_value(json, named);
  return json;
}

Json location_json(const Document::Location& at) {
  return {{"path", at.path},
          {"line", at.line},
          {"column", at.column},
          {"end_line", at.end_line},
          {"end_column", at.end_column}};
}

}  // namespace

Json finding_json(const Document::Finding& finding) {
  Json json{{"rule", finding.rule},
            {"severity", to_string(finding.severity)},
            {"status", audit::to_string(finding.status)},
            {"certainty", audit::to_string(finding.certainty)},
            {"scope", audit::to_string(finding.scope)},
            {"vantages", finding.vantages},
            {"target", {{"kind", audit::to_string(finding.target.kind)}, {"id", finding.target.id}}},
            {"message", finding.message},
            {"expected", finding.expected},
            {"observed", finding.observed},
            {"clears_at", finding.clears_at ? Json(format_time(*finding.clears_at)) : Json()},
            {"location", location_json(finding.location)},
            {"fix", finding.fix},
            {"fingerprint", finding.fingerprint}};
  if (auto values = values_json(finding.values); !values.empty()) json["values"] = std::move(values);
  if (finding.status == audit::Status::waived) json["waiver_reason"] = finding.waiver_reason;
  if (finding.waived_inline) json["waived_inline"] = true;
  if (finding.effect != usual_effect(finding)) json["effect"] = to_string(finding.effect);
  if (finding.blocks_verdict) json["blocks_verdict"] = true;
  if (finding.record) json["record"] = location_json(*finding.record);
  if (finding.told)
    json["told"] = {{"question", fmt::format("{:016x}", finding.told->question)}, {"subject", finding.told->subject}};
  if (finding.provisional) json["provisional"] = true;
  return json;
}

namespace {

Json weakened_json(const std::vector<Weakening>& all) {
  Json list = Json::array();
  for (const auto& one : all) {
    list.push_back({{"what", one.what},
                    {"subject", one.subject},
                    {"before", one.before},
                    {"now", one.now},
                    {"location", one.path.empty() ? Json() : Json{{"path", one.path}, {"line", one.line}}}});
  }
  return list;
}

}  // namespace

std::string render_json(const Document& document) {
  Json json{{"schema", "rdnsgate/report/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
            {"inventory", {{"path", document.inventory_path}, {"sha256", document.inventory_sha256}}},
            {"command", document.command},
            {"started_at", format_time(document.started_at)},
            {"finished_at", format_time(document.finished_at)},
            {"verdict", audit::to_string(document.verdict)},
            {"summary", summary_json(document.summary)},
            {"vantages", Json::array()}};
  if (document.command.empty()) json.erase("command");
  if (!document.config_path.empty()) json["config_path"] = document.config_path;
  if (const auto& changed = document.changed_since)
    json["changed_since"] = {{"ref", changed->ref}, {"judged", changed->judged}, {"of", changed->of}};
  if (document.changed_since) json["weakened"] = weakened_json(document.changed_since->weakened);
  if (const auto& left_out = document.not_in_gate; left_out.questions > 0) {
    json["not_in_gate"] = {{"questions", left_out.questions},
                           {"addresses", left_out.count(audit::TargetKind::address)},
                           {"zones", left_out.zones}};
  }
  if (document.part) json["shard"] = part_json(*document.part);
  json["findings"] = Json::array();
  for (const auto& vantage : document.vantages) json["vantages"].push_back(vantage_json(vantage));
  std::string out = dump(json);
  // The findings are the document's last member.
  constexpr std::string_view tail = "]\n}";
  out.resize(out.size() - tail.size());
  ArrayWriter findings(out, 4);
  for (const auto& finding : document.findings) findings.add(finding_json(finding));
  findings.close();
  return out + "\n}\n";
}

}  // namespace rdnsgate::report
