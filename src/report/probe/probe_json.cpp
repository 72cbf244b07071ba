// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/json_text.h"
#include "report/probe/probe_document.h"

namespace rdnsgate::report {
namespace {

Json probe_time_or_null(const std::optional<Time>& time) { return time ? Json(format_time(*time)) : Json(); }

Json probe_tls_json(const ProbeRow& row) {
  return {{"outcome", row.tls.empty() ? "not-tried" : row.tls},
          {"reason", text_or_null(row.tls_reason)},
          {"protocol", text_or_null(row.protocol)},
          {"names", row.certificate_names},
          {"not_after", probe_time_or_null(row.not_after)},
          {"covers", row.covered}};
}

Json probe_delivery_json(const std::optional<ProbeDelivery>& delivery) {
  if (!delivery) return {};
  Json results = Json::array();
  for (const auto& one : delivery->results) {
    Json properties = Json::array();
    for (const auto& property : one.properties)
      properties.push_back({{"name", property.name}, {"value", property.value}});
    results.push_back({{"method", one.method},
                       {"result", one.result},
                       {"reason", text_or_null(one.reason)},
                       {"properties", std::move(properties)}});
  }
  return {{"status", to_string(delivery->status)},
          {"reason", text_or_null(delivery->reason)},
          {"after_ms", delivery->after ? Json(delivery->after->count()) : Json()},
          {"results", std::move(results)}};
}

Json probe_row_json(const ProbeRow& row) {
  return {{"sender", row.sender},
          {"address", row.source.to_string()},
          {"helo", row.helo},
          {"target", row.target},
          {"recipient", row.recipient},
          {"mail_from", text_or_null(row.mail_from)},
          {"status", to_string(row.status)},
          {"class", text_or_null(row.of)},
          {"pattern", text_or_null(row.pattern)},
          {"fcrdns", text_or_null(row.ptr)},
          {"asked_at", probe_time_or_null(row.asked_at)},
          {"next", probe_time_or_null(row.next)},
          {"server", text_or_null(row.server)},
          {"server_address", row.server_address ? Json(row.server_address->to_string()) : Json()},
          {"outcome", text_or_null(row.outcome)},
          {"step", text_or_null(row.step)},
          {"reason", text_or_null(row.reason)},
          {"code", row.code == 0 ? Json() : Json(row.code)},
          {"reply", text_or_null(row.reply)},
          {"took_ms", row.took.count()},
          {"token", text_or_null(row.token)},
          {"tls", probe_tls_json(row)},
          {"delivery", probe_delivery_json(row.delivery)}};
}

}  // namespace

std::string render_probe_json(const ProbeDocument& document) {
  Json rows = Json::array(), elsewhere = Json::array(), summary = Json::object();
  for (const auto& row : document.rows) rows.push_back(probe_row_json(row));
  for (const auto& one : document.elsewhere)
    elsewhere.push_back({{"sender", one.sender}, {"address", one.address.to_string()}});
  for (std::size_t i = 0; i < probe_statuses; ++i) {
    const auto status = static_cast<ProbeStatus>(i);
    summary[std::string(to_string(status))] = document.count(status);
  }
  summary["elsewhere"] = document.elsewhere.size();
  const Json json{{"schema", "rdnsgate/smtp-probe/1"},
                  {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
                  {"inventory", {{"path", document.inventory}, {"sha256", document.inventory_sha256}}},
                  {"started_at", format_time(document.started_at)},
                  {"finished_at", format_time(document.finished_at)},
                  {"vantages", document.vantages},
                  {"port", document.port},
                  {"delivers", document.delivers},
                  {"summary", std::move(summary)},
                  {"probes", std::move(rows)},
                  {"elsewhere", std::move(elsewhere)}};
  return dump(json) + "\n";
}

}  // namespace rdnsgate::report
