// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/stored_report.h"

#include <fmt/format.h>

#include "base/read_json.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {
namespace {

using Json = nlohmann::json;
using Finding = report::Document::Finding;

constexpr std::size_t largest_report = std::size_t{1} << 30;

std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Finding> finding_of(const Json& json) {
  if (!json.is_object() || !json.contains("target") || !json["target"].is_object()) return std::nullopt;
  const auto kind = audit::parse_target_kind(text_in(json["target"], "kind"));
  const auto severity = parse_severity(text_in(json, "severity"));
  Finding finding{};
  finding.rule = text_in(json, "rule");
  finding.fingerprint = text_in(json, "fingerprint");
  if (!kind || !severity || finding.rule.empty() || finding.fingerprint.empty()) return std::nullopt;
  finding.severity = *severity;
  const auto status = text_in(json, "status"), certainty = text_in(json, "certainty");
  finding.status = status == "waived"     ? audit::Status::waived
                   : status == "baseline" ? audit::Status::baseline
                                          : audit::Status::open;
  finding.certainty = certainty == "transient"      ? audit::Certainty::transient
                      : certainty == "inconclusive" ? audit::Certainty::inconclusive
                                                    : audit::Certainty::confirmed;
  finding.target = {*kind, text_in(json["target"], "id")};
  finding.said = text_in(json, "message");
  finding.expected = text_in(json, "expected");
  finding.observed = text_in(json, "observed");
  finding.fix = text_in(json, "fix");
  return finding;
}

}  // namespace

Result<StoredReport> read_stored_report(const std::string& path) {
  const auto text = inventory::read_file(path, largest_report);
  if (!text) return fail(text.error().message, text.error().hint);
  const auto json = read_json(*text);
  if (!json)
    return fail(
        fmt::format("{}:{}:{}: {}", path, json.error().line, json.error().column, json.error().message));
  if (!json->is_object() || text_in(*json, "schema") != "rdnsgate/report/1" || !json->contains("findings") ||
      !(*json)["findings"].is_array())
    return fail(fmt::format("{} is no report", path),
                "make one with: rdnsgate check --output json=report.json");
  StoredReport report;
  const auto finished = parse_time(text_in(*json, "finished_at"));
  if (!finished) return fail(fmt::format("{}: \"finished_at\" is no time", path));
  report.finished_at = *finished;
  for (const auto& one : (*json)["findings"]) {
    auto finding = finding_of(one);
    if (!finding)
      return fail(fmt::format("{}: finding {} lacks its rule, severity, target or fingerprint", path,
                              report.findings.size() + 1));
    report.findings.push_back(std::move(*finding));
  }
  return report;
}

}  // namespace rdnsgate::run
