// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text/escape.h"
#include "base/text/json_writer.h"
#include "report/formats.h"
#include "report/json_text.h"
#include "report/machine.h"
#include "report/scanning/sarif_rule.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Effect;
using Finding = Document::Finding;

/// What GitHub's code scanning takes of one run; it refuses the whole file where there is more.
constexpr std::size_t most_results = 25000;

/// Waived, transient and inconclusive findings inform; they weigh nothing.
std::string_view level(const Finding& finding) {
  if (finding.certainty != Certainty::confirmed) return "note";
  return sarif_level(finding.severity);
}

int rank(const Finding& finding) {
  const auto name = level(finding);
  return (is_accepted(finding) ? 3 : 0) + (name == "error" ? 0 : name == "warning" ? 1 : 2);
}

std::string finding_sentence(const Finding& finding) {
  std::string text = fmt::format("{}{}.", remark(finding), finding.message());
  if (!finding.fix.empty()) text += fmt::format(" Fix: {}.", finding.fix);
  return sarif_text(text, message_limit);
}

class Run {
 public:
  explicit Run(const Document& document) : document_(document) {
    for (const auto& finding : document.findings) {
      if (finding.certainty == Certainty::inconclusive && !is_accepted(finding)) {
        open_questions_.push_back(&finding);
      } else {
        results_.push_back(&finding);
      }
    }
    std::stable_sort(results_.begin(), results_.end(),
                     [](const Finding* a, const Finding* b) { return rank(*a) < rank(*b); });
    if (results_.size() > most_results) {
      left_out_ = results_.size() - most_results;
      results_.resize(most_results);
    }
    for (const auto* finding : results_) index_.try_emplace(finding->rule, index_.size());
    for (const auto* finding : open_questions_) index_.try_emplace(finding->rule, index_.size());
    ids_.resize(index_.size());
    for (const auto& [id, index] : index_) ids_[index] = id;
  }

  void write(Outlet& out) {
    Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
    log["runs"] =
        Json::array({{{"tool", {{"driver", driver()}}},
                      {"automationDetails", {{"id", category()}}},
                      {"columnKind", "unicodeCodePoints"},
                      {"originalUriBaseIds",
                       {{"%SRCROOT%", {{"description", {{"text", "The root of the repository."}}}}}}},
                      {"invocations", Json::array({invocation()})},
                      {"results", Json::array()}}});
    auto& text = out.text();
    text = dump(log);
    constexpr std::string_view tail = "[]\n    }\n  ]\n}";
    text.resize(text.size() - tail.size());
    JsonWriter json(text, JsonWriter::Form::laid_out, 3);
    json.array([&] {
      for (const auto* finding : results_) {
        write(json, *finding);
        out.turn();
      }
    });
    text.append("\n    }\n  ]\n}\n");
  }

 private:
  Json driver() const {
    Json driver{{"name", "rdnsgate"},
                {"version", document_.tool_version},
                {"semanticVersion", document_.tool_version},
                {"notifications", sarif_notifications()},
                {"rules", Json::array()}};
    if (!document_.homepage.empty()) driver["informationUri"] = document_.homepage;
    for (const auto& id : ids_) {
      const auto* known = document_.rule(id);
      driver["rules"].push_back(known != nullptr ? sarif_rule(*known) : sarif_reading_problem(id));
    }
    return driver;
  }

  /// What tells two uploads for one commit apart; the final slash makes all of it the category.
  std::string category() const {
    if (!document_.category.empty()) return percent_encoded(document_.category) + "/";
    const std::string command = document_.command.empty() ? "" : document_.command + "/";
    return "rdnsgate/" + command + repository_uri(document_.place, document_.inventory_path) + "/";
  }

  Json invocation() const {
    const bool all_clear = std::none_of(open_questions_.begin(), open_questions_.end(), [](const Finding* f) {
      return f->blocks_verdict || f->effect != Effect::none;
    });
    Json notifications = Json::array();
    if (left_out_ > 0) {
      notifications.push_back(
          {{"descriptor", sarif_reference(SarifNotification::results_truncated)},
           {"level", "warning"},
           {"message",
            {{"text", fmt::format("{} results are left out, those that weigh least: a run may have {}.",
                                  left_out_, most_results)}}}});
    }
    if (const auto& changed = document_.changed_since) {
      for (const auto& one : changed->weakened) {
        if (notifications.size() == most_results) break;
        notifications.push_back(
            {{"descriptor", sarif_reference(SarifNotification::gate_weakened)},
             {"level", "warning"},
             {"message", {{"text", fmt::format("Weakened since {}: {}.", changed->ref, sentence(one))}}}});
      }
    }
    for (const auto* finding : open_questions_) {
      if (notifications.size() == most_results) break;
      notifications.push_back(
          {{"descriptor", sarif_reference(SarifNotification::question_unanswered)},
           {"associatedRule", {{"id", finding->rule}, {"index", index_.at(finding->rule)}}},
           {"level", finding->effect == Effect::none ? "note" : "error"},
           {"message", {{"text", finding_sentence(*finding)}}},
           {"locations", Json::array({location(finding->place())})}});
    }
    return {{"executionSuccessful", all_clear && !document_.unusable},
            {"startTimeUtc", format_time(document_.started_at)},
            {"endTimeUtc", format_time(document_.finished_at)},
            {"toolExecutionNotifications", notifications}};
  }

  /// Of a notification.
  Json location(const Document::Location& at) const {
    std::string text;
    JsonWriter json(text, JsonWriter::Form::dense);
    json.object([&] { write(json, at); });
    return Json::parse(text);
  }

  void write(JsonWriter& json, const Finding& finding) {
    json.object([&] {
      json("ruleId", finding.rule.text());
      json("ruleIndex", index_.at(finding.rule));
      json("level", level(finding));
      write_text(json("message"), finding_sentence(finding));
      json("locations").array([&] { json.object([&] { write(json, finding.place()); }); });
      write_fingerprints(json("partialFingerprints"), finding);
      if (finding.record) write_related(json("relatedLocations"), finding.location);
      if (is_accepted(finding)) write_suppression(json("suppressions"), finding);
      write_properties(json("properties"), finding);
    });
  }

  static void write_text(JsonWriter& json, std::string_view text) {
    json.object([&] { json("text", text); });
  }

  void write_related(JsonWriter& json, const Document::Location& at) const {
    json.array([&] {
      json.object([&] {
        write(json, at);
        json("id", 1);
        write_text(json("message"), "The inventory declares it here.");
      });
    });
  }

  static void write_suppression(JsonWriter& json, const Finding& finding) {
    json.array([&] {
      json.object([&] {
        json("kind", finding.waived_inline ? "inSource" : "external");
        json("status", "accepted");
        json("justification", justification(finding));
      });
    });
  }

  static std::string justification(const Finding& finding) {
    if (finding.status == audit::Status::waived && !finding.waiver_reason.empty())
      return clipped(finding.waiver_reason, message_limit);
    return finding.status == audit::Status::waived ? "waived" : "in the baseline";
  }

  /// The members of a location.
  void write(JsonWriter& json, const Document::Location& at) const {
    const bool one_line = at.end_line == at.line;
    // Never empty: an editor shows nothing of a region without a character.
    const std::size_t end_column = one_line ? std::max(at.end_column, at.column + 1) : at.end_column;
    const std::string uri = repository_uri(document_.place, at.path);
    json("physicalLocation").object([&] {
      json("artifactLocation").object([&] {
        json("uri", uri);
        if (!uri.starts_with("file:")) json("uriBaseId", "%SRCROOT%");
      });
      json("region").object([&] {
        json("startLine", at.line);
        json("startColumn", at.column);
        json("endLine", std::max(at.end_line, at.line));
        json("endColumn", end_column);
      });
    });
  }

  /// GitHub matches alerts by the first alone; both are ours, so that neither lines nor answers move them.
  void write_fingerprints(JsonWriter& json, const Finding& finding) {
    const auto same = fmt::format("{}:{}", finding.fingerprint, ++seen_[finding.fingerprint]);
    json.object([&] {
      json("primaryLocationLineHash", same);
      json("rdnsgate/v1", same);
    });
  }

  static void write_properties(JsonWriter& json, const Finding& finding) {
    const auto text = [](std::string_view value) { return clipped(value, message_limit); };
    json.object([&] {
      json("target", fmt::format("{} {}", audit::to_string(finding.target.kind), text(finding.target.id)));
      json("certainty", audit::to_string(finding.certainty));
      json("scope", audit::to_string(finding.scope));
      if (!finding.vantages.empty()) {
        json("vantages").array([&] {
          for (const auto& vantage : finding.vantages) json.value(text(vantage));
        });
      }
      if (!finding.expected.empty()) json("expected", text(finding.expected));
      if (!finding.observed.empty()) json("observed", text(finding.observed));
      if (finding.clears_at) json("clearsAt", format_time(*finding.clears_at));
    });
  }

  const Document& document_;
  std::vector<const Finding*> results_, open_questions_;
  std::size_t left_out_ = 0;
  std::map<std::string_view, std::size_t> index_;  // of rules, in the order in which results need them
  std::vector<std::string_view> ids_;
  std::map<std::string_view, std::size_t> seen_;
};

}  // namespace

void write_sarif(const Document& document, Outlet& out) { Run(document).write(out); }

std::string render_sarif(const Document& document) {
  return whole([&](Outlet& out) { write_sarif(document, out); });
}

}  // namespace rdnsgate::report
