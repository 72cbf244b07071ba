// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/json_text.h"
#include "report/mail/paths.h"

namespace rdnsgate::report {
namespace {

using Verdict = PathRow::Verdict;

Json part_json(const PathPart& part) {
  return {{"state", to_string(part.state)}, {"result", part.word}, {"detail", text_or_null(part.detail)}};
}

Json named_json(const PathPart& part) {
  auto json = part_json(part);
  json["names"] = part.names;
  json["more"] = part.more;
  return json;
}

Json addresses_json(const PathRow& row) {
  Json list = Json::array();
  for (const auto& one : row.ranges) list.push_back(row.is_relay ? block_text(one) : one.to_string());
  return list;
}

Json broken_json(const PathRow& row) {
  Json list = Json::array();
  for (const auto* rule : row.broken)
    list.push_back({{"rule", rule->id},
                    {"receiver", rule->receiver},
                    {"effect", to_string(rule->effect)},
                    {"bulk_only", rule->bulk_only},
                    {"message", rule->message},
                    {"reply", text_or_null(std::string(rule->reply))},
                    {"source", rule->source}});
  return list;
}

Json row_json(const PathRow& row) {
  auto spf = part_json(row.spf);
  spf["term"] = text_or_null(row.spf_term);
  spf["domain"] = row.mail_from;
  auto dkim = part_json(row.dkim);
  dkim["selectors"] = Json::array();
  for (const auto& one : row.selectors)
    dkim["selectors"].push_back({{"name", one.name},
                                 {"state", to_string(one.state)},
                                 {"result", one.word},
                                 {"detail", text_or_null(one.detail)}});
  dkim["domain"] = text_or_null(row.signer);
  auto dmarc = part_json(row.dmarc);
  dmarc["by"] = Json::array();
  if (row.by_spf) dmarc["by"].push_back("spf");
  if (row.by_dkim) dmarc["by"].push_back("dkim");
  dmarc["policy"] = text_or_null(row.policy);
  return {{"path", row.path},
          {"domain", row.domain},
          {"sender", row.is_relay ? Json() : Json(row.via)},
          {"relay", row.is_relay ? Json(row.via) : Json()},
          {"addresses", addresses_json(row)},
          {"published", row.published},
          {"count", row.count},
          {"verdict", to_string(row.verdict)},
          {"ptr", named_json(row.ptr)},
          {"fcrdns", part_json(row.fcrdns)},
          {"helo", named_json(row.helo)},
          {"spf", std::move(spf)},
          {"dkim", std::move(dkim)},
          {"dmarc", std::move(dmarc)},
          {"broken", broken_json(row)}};
}

}  // namespace

std::string render_paths_json(const PathsDocument& document) {
  const Json head{{"schema", "rdnsgate/paths/1"},
                  {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
                  {"inventory", {{"path", document.inventory_path}, {"sha256", document.inventory_sha256}}},
                  {"evaluated_at", format_time(document.evaluated_at)},
                  {"vantages", document.vantages},
                  {"volume", document.bulk ? "bulk" : "low"},
                  {"summary",
                   {{"paths", document.paths},
                    {"rows", document.rows.size()},
                    {"accepted", document.count(Verdict::accepted)},
                    {"refused", document.count(Verdict::refused)},
                    {"unknown", document.count(Verdict::unknown)}}}};
  auto out = dump(head);
  out.resize(out.size() - 2);  // its last line: the rows go before it, one by one
  out += ",\n  \"rows\": [";
  ArrayWriter rows(out, 4);
  for (const auto& row : document.rows) rows.add(row_json(row));
  rows.close();
  return out + "\n}\n";
}

}  // namespace rdnsgate::report
