// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/stored/read_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <limits>

#include "base/read_json.h"

namespace rdnsgate::report {
namespace {

constexpr std::string_view report_schema = "rdnsgate/report/1";
constexpr std::string_view how_to_make_one = "make one with: rdnsgate check --output json=report.json";

constexpr std::array severities{Severity::error, Severity::warning, Severity::info};
constexpr std::array statuses{audit::Status::open, audit::Status::waived, audit::Status::baseline};
constexpr std::array certainties{audit::Certainty::confirmed, audit::Certainty::transient,
                                 audit::Certainty::inconclusive};
constexpr std::array scopes{audit::Scope::universal, audit::Scope::isolated};
constexpr std::array verdicts{audit::Verdict::pass, audit::Verdict::fail, audit::Verdict::inconclusive};
constexpr std::array effects{audit::Effect::none, audit::Effect::leaves_open, audit::Effect::fails};
constexpr std::array vantage_kinds{dns::VantageKind::recursive, dns::VantageKind::authoritative,
                                   dns::VantageKind::forward, dns::VantageKind::zonefiles,
                                   dns::VantageKind::replay};

template <typename Word, std::size_t count>
Word word_of(const Fields& fields, const char* name, const std::array<Word, count>& words) {
  return fields.word<Word>(name, words, [](Word word) { return to_string(word); });
}

/// The names of values, until they are packed.
using Names = std::deque<std::string>;
std::string_view kept(Names& names, std::string_view name) { return names.emplace_back(name); }

/// A name says the unit of its number.
template <typename Unit>
bool add_time(audit::Values& values, Names& names, std::string_view name, std::string_view unit,
              std::uint64_t number) {
  if (!name.ends_with(unit) || number > INT64_MAX) return false;
  const auto bare = name.substr(0, name.size() - unit.size());
  if (bare.empty()) return false;
  values.emplace_back(kept(names, bare), Unit(static_cast<std::int64_t>(number)));
  return true;
}

void add_number(audit::Values& values, Names& names, std::string_view name, std::uint64_t number) {
  if (!values.empty()) {  // how long the list before it was
    auto* list = std::get_if<audit::List>(&values.back().value);
    if (list != nullptr && name == fmt::format("{}_total", values.back().name) &&
        number > list->items.size()) {
      list->total = number;
      return;
    }
  }
  if (add_time<milliseconds>(values, names, name, "_ms", number)) return;
  if (add_time<seconds>(values, names, name, "_s", number)) return;
  values.emplace_back(kept(names, name), number);
}

audit::PackedValues values_of(const Fields& fields) {
  audit::Values values;
  Names names;
  for (const auto& member : fields.json().items()) {
    const auto& name = member.key();
    const auto& json = member.value();
    if (json.is_string()) {
      values.emplace_back(kept(names, name), json.get<std::string>());
    } else if (json.is_number_unsigned()) {
      add_number(values, names, name, json.get<std::uint64_t>());
    } else if (json.is_array()) {
      audit::List list{fields.texts(name.c_str())};
      list.total = list.items.size();
      values.emplace_back(kept(names, name), std::move(list));
    } else {
      fields.fault(name.c_str(), "is neither a text, a count nor a list of texts");
    }
  }
  return values;
}

Document::Location location_of(const Fields& fields) {
  const auto count = [&](const char* name) {
    return static_cast<std::uint32_t>(fields.count(name, std::numeric_limits<std::uint32_t>::max()));
  };
  Document::Location at{fields.text("path"), count("line"), count("column")};
  // Reports of older versions say where it begins, and no more.
  at.end_line = fields.has("end_line") ? count("end_line") : at.line;
  at.end_column = fields.has("end_column") ? count("end_column") : at.column;
  return at;
}

audit::Told told_of(const Fields& fields) {
  audit::Told told{0, fields.count("subject")};
  const auto text = fields.text("question");
  const auto* end = text.data() + text.size();
  if (text.size() != 16 || std::from_chars(text.data(), end, told.question, 16).ptr != end)
    fields.fault("question", "is not sixteen hexadecimal digits");
  return told;
}

audit::Summary summary_of(const Fields& fields) {
  audit::Summary summary;
  summary.addresses = fields.count("addresses");
  summary.questions = fields.count("questions");
  summary.errors = fields.count("errors");
  summary.warnings = fields.count("warnings");
  summary.infos = fields.count("infos");
  summary.waived = fields.count("waived");
  summary.inconclusive = fields.count("inconclusive");
  // Of older versions:
  summary.unanswered = fields.has("unanswered") ? fields.count("unanswered") : 0;
  summary.baseline = fields.has("baseline") ? fields.count("baseline") : 0;
  return summary;
}

ChangedSince changed_since_of(const Fields& fields) {
  const auto given = fields.object("changed_since");
  ChangedSince changed{given.text("ref"), given.count("judged"), given.count("of")};
  if (!fields.has("weakened")) return changed;
  for (const auto& one : fields.objects("weakened")) {
    Weakening weakening{one.text("what"), one.text("subject"), one.text("before"), one.text("now"), {}};
    if (const auto* at = one.find("location"); at != nullptr && !at->is_null()) {
      const auto location = one.object("location");
      weakening.path = location.text("path");
      weakening.line = location.count("line");
    }
    changed.weakened.push_back(std::move(weakening));
  }
  return changed;
}

/// Of what is left out the report counts the addresses, and names nothing.
audit::NotInGate not_in_gate_of(const Fields& fields) {
  audit::NotInGate left_out;
  left_out.questions = fields.count("questions");
  left_out.further_addresses = fields.count("addresses");
  left_out.zones = fields.texts("zones");
  return left_out;
}

void read_head(Document& document, const Fields& fields) {
  document.tool_version = fields.object("tool").text("version");
  const auto inventory = fields.object("inventory");
  document.inventory_path = inventory.text("path");
  document.inventory_sha256 = inventory.text("sha256");
  document.unusable = document.inventory_sha256.empty();
  if (fields.has("config_path")) document.config_path = fields.text("config_path");
  document.started_at = fields.time("started_at");
  document.finished_at = fields.time("finished_at");
  document.verdict = word_of(fields, "verdict", verdicts);
  document.summary = summary_of(fields.object("summary"));
  for (const auto& one : fields.objects("vantages")) {
    document.vantages.push_back({one.text("name"), word_of(one, "kind", vantage_kinds),
                                 one.count("questions"), one.count("unanswered"), one.number("p50_ms"),
                                 one.number("p99_ms")});
  }
  if (fields.has("not_in_gate")) {
    document.not_in_gate = not_in_gate_of(fields.object("not_in_gate"));
    document.summary.outside = document.not_in_gate.questions;
  }
  if (fields.has("changed_since")) document.changed_since = changed_since_of(fields);
  if (fields.has("command")) {
    document.command = fields.text("command");
    return;
  }
  // Of older versions:
  const bool proposed =
      std::any_of(document.vantages.begin(), document.vantages.end(),
                  [](const auto& vantage) { return vantage.kind == dns::VantageKind::zonefiles; });
  document.command = document.vantages.empty() ? "lint" : proposed ? "check-zone-files" : "check";
}

}  // namespace

Document::Finding read_finding(const Fields& fields) {
  Document::Finding finding;
  finding.rule = fields.text("rule");
  finding.severity = word_of(fields, "severity", severities);
  finding.status = word_of(fields, "status", statuses);
  finding.certainty = word_of(fields, "certainty", certainties);
  finding.scope = word_of(fields, "scope", scopes);
  finding.vantages = fields.texts("vantages");
  const auto target = fields.object("target");
  finding.target = {word_of(target, "kind", audit::target_kinds), target.text("id")};
  finding.said = fields.text("message");
  finding.expected = fields.text("expected");
  finding.observed = fields.text("observed");
  if (const auto* clears_at = fields.find("clears_at"); clears_at != nullptr && !clears_at->is_null())
    finding.clears_at = fields.time("clears_at");
  finding.location = location_of(fields.object("location"));
  finding.fix = fields.text("fix");
  finding.fingerprint = fields.text("fingerprint");
  if (fields.has("values")) finding.values = values_of(fields.object("values"));
  if (finding.status == audit::Status::waived) finding.waiver_reason = fields.text("waiver_reason");
  finding.waived_inline = fields.flag("waived_inline");
  finding.blocks_verdict = fields.flag("blocks_verdict");
  finding.effect = fields.has("effect") ? word_of(fields, "effect", effects) : usual_effect(finding);
  if (fields.has("record")) finding.record = location_of(fields.object("record"));
  if (fields.has("told")) finding.told = told_of(fields.object("told"));
  finding.provisional = fields.flag("provisional");
  return finding;
}

Result<Document> read_report(std::string_view path, std::string_view text) {
  Document document;
  std::string wrong;
  const auto read = read_json_around(text, "findings", [&](Json&& json) {
    const auto place = fmt::format("findings[{}]", document.findings.size());
    document.findings.push_back(read_finding(Fields(json, place, wrong)));
    return wrong.empty();
  });
  if (!read && wrong.empty()) {
    const auto& fault = read.error();
    return fail(fmt::format("{}:{}:{}: {}", path, fault.line, fault.column, fault.message),
                std::string(how_to_make_one));
  }
  if (read) {
    const auto schema = read->is_object() ? read->find("schema") : read->end();
    const auto found = read->is_object() && schema != read->end() && schema->is_string()
                           ? schema->get<std::string>()
                           : std::string();
    if (found != report_schema && found.starts_with("rdnsgate/report/"))
      return fail(fmt::format("{} is of another version: {}", path, found),
                  fmt::format("this rdnsgate reads {}", report_schema));
    if (found != report_schema)
      return fail(found.empty() ? fmt::format("{} is no report", path)
                                : fmt::format("{} is no report: it says {}", path, found),
                  std::string(how_to_make_one));
    const Fields fields(*read, {}, wrong);
    read_head(document, fields);
    if (const auto* list = fields.find("findings"); list != nullptr && !list->is_array())
      fields.fault("findings", "is no list");
    if (fields.has("shard"))
      document.part = std::make_shared<Document::Part>(read_part(fields.object("shard")));
  }
  if (!wrong.empty())
    return fail(fmt::format("{} is no whole report: {}", path, wrong), std::string(how_to_make_one));
  return document;
}

}  // namespace rdnsgate::report
