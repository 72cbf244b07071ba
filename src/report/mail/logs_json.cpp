// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/json_text.h"
#include "report/mail/logs.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t flushed_at = std::size_t{1} << 16;

Json word_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

/// On one line: logs have many.
std::string compact(const Json& json) {
  return harmless_json(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json line_json(const LogLine& line) {
  const auto& entry = line.entry;
  return {{"file", line.file},
          {"line", entry.line},
          {"class", logs::to_string(entry.of)},
          {"pattern", word_or_null(entry.pattern)},
          {"side", logs::to_string(entry.side)},
          {"ip", entry.ip ? Json(entry.ip->to_string()) : Json()},
          {"helo", word_or_null(entry.helo)},
          {"receiver", word_or_null(entry.receiver)},
          {"host", word_or_null(entry.host)},
          {"time", word_or_null(entry.time)},
          {"mta", word_or_null(entry.mta)},
          {"path", word_or_null(line.path)},
          {"ours", line.is_ours},
          {"text", word_or_null(entry.text)}};
}

Json finding_json(const LogFinding& finding) {
  return {{"rule", finding.rule},
          {"certainty", word_or_null(finding.certainty)},
          {"target", {{"kind", audit::to_string(finding.target.kind)}, {"id", finding.target.id}}},
          {"message", finding.message},
          {"first", format_time(finding.first)},
          {"last", format_time(finding.last)},
          {"open", finding.is_there}};
}

Json group_json(const LogGroup& group, const LogsDocument& document) {
  Json findings = Json::array();
  for (const auto index : group.findings) findings.push_back(finding_json(document.findings[index]));
  return {{"path", word_or_null(group.path)},
          {"receiver", word_or_null(group.receiver)},
          {"class", logs::to_string(group.of)},
          {"side", logs::to_string(group.side)},
          {"ip", group.ip ? Json(group.ip->to_string()) : Json()},
          {"helo", word_or_null(group.helo)},
          {"count", group.count},
          {"first", word_or_null(group.first)},
          {"last", word_or_null(group.last)},
          {"findings", std::move(findings)}};
}

Json counts_json(const LogsDocument& document) {
  Json classes = Json::object(), groups = Json::array();
  for (std::size_t i = 0; i < logs::log_classes; ++i)
    classes[std::string(logs::to_string(static_cast<logs::LogClass>(i)))] = document.by_class[i];
  for (const auto& group : document.groups) groups.push_back(group_json(group, document));
  return {{"lines", document.lines()},
          {"classes", std::move(classes)},
          {"of_others", document.of_others},
          {"ungrouped", document.ungrouped},
          {"groups", std::move(groups)}};
}

Json files_json(const LogsDocument& document) {
  Json files = Json::array();
  for (const auto& file : document.files) {
    Json problems = Json::array();
    for (const auto& one : file.read.problems)
      problems.push_back({{"line", one.line == 0 ? Json() : Json(one.line)}, {"message", one.message}});
    files.push_back({{"path", file.path},
                     {"lines", file.read.lines},
                     {"octets", file.read.octets},
                     {"complete", !file.read.is_incomplete},
                     {"problems", std::move(problems)}});
  }
  return files;
}

/// A member of the document, with the indentation that it stands at.
std::string member(std::string_view name, const Json& value) {
  std::string text = "  \"" + std::string(name) + "\": ";
  for (const char c : dump(value)) {
    text += c;
    if (c == '\n') text += "  ";
  }
  return text;
}

}  // namespace

bool LogsJson::begin(const LogsDocument& document) {
  const Json inventory = document.inventory.empty()
                             ? Json()
                             : Json{{"path", document.inventory}, {"sha256", document.inventory_sha256}};
  out_ = "{\n" + member("schema", "rdnsgate/logs/1") + ",\n" +
         member("tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}) + ",\n" +
         member("read_at", format_time(document.read_at)) + ",\n" + member("inventory", inventory) +
         ",\n  \"lines\": [";
  return flush();
}

bool LogsJson::line(const LogLine& line) {
  out_ += has_line_ ? ",\n    " : "\n    ";
  has_line_ = true;
  out_ += compact(line_json(line));
  return out_.size() < flushed_at || flush();
}

bool LogsJson::end(const LogsDocument& document) {
  out_ += has_line_ ? "\n  ],\n" : "],\n";
  out_ += member("counts", counts_json(document)) + ",\n" + member("files", files_json(document)) + "\n}\n";
  return flush();
}

bool LogsJson::flush() {
  const bool taken = sink_(out_);
  out_.clear();
  return taken;
}

}  // namespace rdnsgate::report
