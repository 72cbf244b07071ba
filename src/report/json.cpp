// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "report/formats.h"
#include "report/json_text.h"
#include "report/part_json.h"

namespace rdnsgate::report {
namespace {

void write(JsonWriter& json, const audit::Summary& summary) {
  json.object([&] {
    json("addresses", summary.addresses);
    json("questions", summary.questions);
    json("unanswered", summary.unanswered);
    json("errors", summary.errors);
    json("warnings", summary.warnings);
    json("infos", summary.infos);
    json("waived", summary.waived);
    json("inconclusive", summary.inconclusive);
    json("baseline", summary.baseline);
  });
}

void write(JsonWriter& json, const audit::VantageStats& vantage) {
  json.object([&] {
    json("name", vantage.name);
    json("kind", dns::to_string(vantage.kind));
    json("questions", vantage.questions);
    json("unanswered", vantage.unanswered);
    json("p50_ms").literal(Json(vantage.p50_ms).dump());
    json("p99_ms").literal(Json(vantage.p99_ms).dump());
  });
}

/// A number says its unit in its name: `p95_ms`, `ttl_s`. Of a list that was cut off it is said how long it was.
void write(JsonWriter& json, const audit::Named& named) {
  std::visit(
      [&](const auto& value) {
        using Kind = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Kind, audit::List>) {
          write_texts(json(named.name), value.items);
          if (value.total > value.items.size()) json(std::string(named.name) + "_total", value.total);
        } else if constexpr (std::is_same_v<Kind, seconds>) {
          json(std::string(named.name) + "_s", value.count());
        } else if constexpr (std::is_same_v<Kind, milliseconds>) {
          json(std::string(named.name) + "_ms", value.count());
        } else if constexpr (std::is_same_v<Kind, Time>) {
          json(named.name, format_time(value));
        } else {
          json(named.name, value);
        }
      },
      named.value);
}

void write(JsonWriter& json, const audit::Values& values) {
  const auto says_something = [](const audit::Named& named) { return !audit::is_empty(named.value); };
  if (std::none_of(values.begin(), values.end(), says_something)) return;
  json("values").object([&] {
    for (const auto& named : values) {
      if (says_something(named)) write(json, named);
    }
  });
}

void write(JsonWriter& json, const Document::Location& at) {
  json.object([&] {
    json("path", at.path.text());
    json("line", at.line);
    json("column", at.column);
    json("end_line", at.end_line);
    json("end_column", at.end_column);
  });
}

/// What most findings do not have.
void write_rest(JsonWriter& json, const Document::Finding& finding) {
  if (finding.status == audit::Status::waived) json("waiver_reason", finding.waiver_reason.text());
  if (finding.waived_inline) json("waived_inline", true);
  if (finding.effect != usual_effect(finding)) json("effect", to_string(finding.effect));
  if (finding.blocks_verdict) json("blocks_verdict", true);
  if (finding.record) write(json("record"), *finding.record);
  if (finding.told) {
    json("told").object([&] {
      json("question", fmt::format("{:016x}", finding.told->question));
      json("subject", finding.told->subject);
    });
  }
  if (finding.provisional) json("provisional", true);
}

}  // namespace

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
  json.array([&] {
    for (const auto& text : texts) json.value(text);
  });
}

void write_finding(JsonWriter& json, const Document::Finding& finding) {
  json.object([&] {
    json("rule", finding.rule.text());
    json("severity", to_string(finding.severity));
    json("status", audit::to_string(finding.status));
    json("certainty", audit::to_string(finding.certainty));
    json("scope", audit::to_string(finding.scope));
    write_texts(json("vantages"), finding.vantages);
    json("target").object([&] {
      json("kind", audit::to_string(finding.target.kind));
      json("id", finding.target.id);
    });
    json("message", finding.message());
    json("expected", finding.expected.text());
    json("observed", finding.observed.text());
    if (finding.clears_at)
      json("clears_at", format_time(*finding.clears_at));
    else
      json("clears_at").null();
    write(json("location"), finding.location);
    json("fix", finding.fix.text());
    json("fingerprint", finding.fingerprint.text());
    write(json, finding.values.unpacked());
    write_rest(json, finding);
  });
}

namespace {

void write(JsonWriter& json, const Weakening& one) {
  json.object([&] {
    json("what", one.what);
    json("subject", one.subject);
    json("before", one.before);
    json("now", one.now);
    if (one.path.empty()) return json("location").null();
    json("location").object([&] {
      json("path", one.path);
      json("line", one.line);
    });
  });
}

void write(JsonWriter& json, const ChangedSince& changed) {
  json("changed_since").object([&] {
    json("ref", changed.ref);
    json("judged", changed.judged);
    json("of", changed.of);
  });
  json("weakened").array([&] {
    for (const auto& one : changed.weakened) write(json, one);
  });
}

void write(JsonWriter& json, const audit::NotInGate& left_out) {
  json("not_in_gate").object([&] {
    json("questions", left_out.questions);
    json("addresses", left_out.count(audit::TargetKind::address));
    write_texts(json("zones"), left_out.zones);
  });
}

/// All but the findings.
void write_head(JsonWriter& json, const Document& document) {
  json("schema", "rdnsgate/report/1");
  json("tool").object([&] {
    json("name", "rdnsgate");
    json("version", document.tool_version);
  });
  json("inventory").object([&] {
    json("path", document.inventory_path);
    json("sha256", document.inventory_sha256);
  });
  if (!document.command.empty()) json("command", document.command);
  json("started_at", format_time(document.started_at));
  json("finished_at", format_time(document.finished_at));
  json("verdict", audit::to_string(document.verdict));
  write(json("summary"), document.summary);
  json("vantages").array([&] {
    for (const auto& vantage : document.vantages) write(json, vantage);
  });
  if (!document.config_path.empty()) json("config_path", document.config_path);
  if (document.changed_since) write(json, *document.changed_since);
  if (document.not_in_gate.questions > 0) write(json, document.not_in_gate);
}

}  // namespace

void write_json(const Document& document, Outlet& out) {
  JsonWriter json(out.text(), JsonWriter::Form::laid_out);
  json.object([&] {
    write_head(json, document);
    if (document.part) write_part(json("shard"), *document.part, out);
    // The findings are the document's last member.
    json("findings").array([&] {
      for (const auto& finding : document.findings) {
        write_finding(json, finding);
        out.turn();
      }
    });
  });
  out.text() += '\n';
}

std::string render_json(const Document& document) {
  return whole([&](Outlet& out) { write_json(document, out); });
}

}  // namespace rdnsgate::report
