// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/read_json.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

using In = nlohmann::json;  // unlike Json, it finds a member without looking at all others

constexpr std::string_view report_schema = "rdnsgate/report/1";
constexpr std::string_view baseline_schema = "rdnsgate/baseline/1";

/// A member that is text; empty where it is something else or not there.
std::string text_of(const In& object, const char* name) {
  const auto member = object.is_object() ? object.find(name) : object.end();
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

Result<In> parse(std::string_view path, std::string_view text, std::string_view schema,
                 std::string_view hint) {
  auto read = read_json(text);
  if (!read) {
    const auto& fault = read.error();
    return fail(fmt::format("{}:{}:{}: {}", path, fault.line, fault.column, fault.message),
                std::string(hint));
  }
  const std::string found = text_of(*read, "schema");
  if (found == schema) return std::move(*read);
  const std::string_view family = schema.substr(0, schema.rfind('/') + 1);
  if (found.starts_with(family))
    return fail(fmt::format("{} is of another version: {}", path, found),
                fmt::format("this rdnsgate reads {}", schema));
  return fail(fmt::format("{} is no {}", path,
                          family.find("report") != std::string_view::npos ? "report" : "baseline"),
              std::string(hint));
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// nullopt where a member is missing or wrong.
std::optional<audit::Baseline::Entry> entry_of(const In& json) {
  if (!json.is_object() || !json.contains("target")) return std::nullopt;
  const In& target = json["target"];
  const auto kind = audit::parse_target_kind(text_of(target, "kind"));
  auto fingerprint = text_of(json, "fingerprint");
  auto rule = text_of(json, "rule");
  if (!kind || !is_fingerprint(fingerprint) || rule.empty()) return std::nullopt;
  return audit::Baseline::Entry{
      std::move(fingerprint), std::move(rule), {*kind, text_of(target, "id")}, text_of(json, "expected"), {}};
}

bool may_accept(const In& finding, bool only_known) {
  const std::string status = text_of(finding, "status"), rule = text_of(finding, "rule");
  if (status == "baseline") return true;
  // A vantage that is dead today beside others may be the only one tomorrow: then nothing was found out.
  if (rule == "resolver-unreachable") return false;
  return !only_known && status == "open" && text_of(finding, "certainty") == "confirmed" &&
         !rule.starts_with("hygiene-waiver-") && !rule.starts_with("hygiene-baseline-");
}

}  // namespace

Result<audit::Baseline> baseline_of_report(std::string_view path, std::string_view text, bool only_known) {
  const auto json =
      parse(path, text, report_schema, "make one with: rdnsgate check --output json=report.json");
  if (!json) return tl::unexpected(json.error());
  const auto inventory = json->find("inventory");
  const auto findings = json->find("findings");
  if (inventory == json->end() || findings == json->end() || !findings->is_array())
    return fail(fmt::format("{} is no whole report", path));
  // A report of an inventory that could not be read has judged nothing: its findings are no state to keep.
  if (text_of(*inventory, "sha256").empty())
    return fail(fmt::format("{} has judged nothing: its inventory could not be read", path),
                "fix the inventory, run again, and take that report");
  audit::Baseline baseline;
  for (const auto& finding : *findings) {
    if (!may_accept(finding, only_known)) continue;
    auto entry = entry_of(finding);
    if (!entry) return fail(fmt::format("{} has a finding that is not whole", path));
    baseline.entries.push_back(std::move(*entry));
  }
  return baseline;
}

Result<ReportedFindings> findings_of_report(std::string_view path, std::string_view text) {
  const auto json =
      parse(path, text, report_schema, "make one with: rdnsgate check --output json=report.json");
  if (!json) return tl::unexpected(json.error());
  const auto findings = json->find("findings");
  const auto finished = parse_time(text_of(*json, "finished_at"));
  if (findings == json->end() || !findings->is_array() || !finished)
    return fail(fmt::format("{} is no whole report", path));
  ReportedFindings made{*finished, {}};
  for (const auto& finding : *findings) {
    const auto entry = entry_of(finding);
    if (!entry) return fail(fmt::format("{} has a finding that is not whole", path));
    if (text_of(finding, "status") != "open") continue;
    made.findings.push_back({entry->rule, text_of(finding, "certainty"), text_of(finding, "message"),
                             entry->fingerprint, entry->target});
  }
  return made;
}

std::string render_baseline(audit::Baseline& baseline) {
  auto& entries = baseline.entries;
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::tie(a.rule, a.target, a.expected, a.fingerprint) <
           std::tie(b.rule, b.target, b.expected, b.fingerprint);
  });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::string out = fmt::format("{{\n  \"schema\": \"{}\",\n  \"findings\": [", baseline_schema);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    const Json json{{"rule", entry.rule},
                    {"target", {{"kind", audit::to_string(entry.target.kind)}, {"id", entry.target.id}}},
                    {"expected", entry.expected},
                    {"fingerprint", entry.fingerprint}};
    out +=
        fmt::format("{}\n    {}", i > 0 ? "," : "", json.dump(-1, ' ', true, Json::error_handler_t::replace));
  }
  return out + (entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

Result<audit::Baseline> read_baseline(FileId file, const Sources& sources) {
  const std::string_view path = sources.path(file), text = sources.text(file);
  const auto json =
      parse(path, text, baseline_schema, "make one with: rdnsgate baseline write report.json -o FILE");
  if (!json) return tl::unexpected(json.error());
  const auto findings = json->find("findings");
  if (findings == json->end() || !findings->is_array())
    return fail(fmt::format("{} has no list \"findings\"", path));
  audit::Baseline baseline;
  constexpr std::size_t most_missed = 10;
  std::size_t searched = 0, missed = 0;
  for (const auto& finding : *findings) {
    auto entry = entry_of(finding);
    if (!entry) {
      return fail(fmt::format("{}: entry {} lacks its rule, target or fingerprint", path,
                              baseline.entries.size() + 1),
                  "write it anew with rdnsgate baseline write, or remove the entry");
    }
    // The parser keeps no places. A fingerprint is unlike any other text, and entries come in the file's
    // order.
    // One that is written with escapes is not found, after a look at all that follows.
    const std::size_t at =
        missed < most_missed ? text.find(entry->fingerprint, searched) : std::string_view::npos;
    if (at == std::string_view::npos) {
      ++missed;
    } else {
      searched = at + entry->fingerprint.size();
      entry->at = {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(searched)};
    }
    baseline.entries.push_back(std::move(*entry));
  }
  return baseline;
}

}  // namespace rdnsgate::report
