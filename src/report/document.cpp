// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/document.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/verdict/verdict.h"
#include "base/text/text.h"
#include "base/version.h"

namespace rdnsgate::report {
namespace {

Document begin(const RunInfo& run) {
  Document document;
  document.tool_version = version;
  document.inventory_path = run.inventory_path;
  document.config_path = run.config_path;
  document.inventory_sha256 = run.inventory_sha256;
  document.started_at = run.started_at;
  document.finished_at = run.finished_at;
  document.place = run.place;
  document.command = run.command;
  return document;
}

/// What is said of the file as a whole points at its start; its first line is no evidence.
std::string excerpt(Span at, const Sources& sources) {
  return at.begin == 0 && at.end == 0 ? std::string() : sources.excerpt(at);
}

std::string path_of(FileId file, const RunInfo& run, const Sources& sources) {
  const auto path = sources.path(file);
  return path == "<stdin>" && !run.stdin_name.empty() ? run.stdin_name : std::string(path);
}

Document::Location locate(Span at, const RunInfo& run, const Sources& sources) {
  const auto [line, column] = sources.locate(at);
  const auto [end_line, end_column] = sources.locate(at.file, std::max(at.begin, at.end));
  const auto number = [](std::size_t count) { return static_cast<std::uint32_t>(count); };
  return {path_of(at.file, run, sources), number(line), number(column), number(end_line), number(end_column)};
}

/// Says where findings point to. In their order many point to one place, which is looked up once.
class Places {
 public:
  Places(const RunInfo& run, const Sources& sources) : run_(run), sources_(sources) {}

  void set(Document::Finding& finding) {
    move_to(finding.at);
    finding.location = location_;
    finding.excerpt = excerpt_;
  }

 private:
  void move_to(Span at) {
    if (at_ == at) return;
    at_ = at;
    location_ = locate(at, run_, sources_);
    excerpt_ = excerpt(at, sources_);
  }

  const RunInfo& run_;
  const Sources& sources_;
  std::optional<Span> at_;
  Document::Location location_;
  SharedText excerpt_;
};

std::shared_ptr<Document::Part> make_part(audit::Remainder&& remainder, const RunInfo& run, const Sources& sources) {
  auto part = std::make_shared<Document::Part>();
  Places places(run, sources);
  part->hidden = std::move(remainder.hidden);
  part->unused = std::move(remainder.unused);
  for (auto& finding : part->hidden) places.set(finding);
  for (auto& unused : part->unused) places.set(unused.finding);
  for (FileId file = 0; file < sources.count(); ++file) part->files.push_back(path_of(file, run, sources));
  return part;
}

}  // namespace

const Document::Rule* Document::rule(std::string_view id) const {
  const auto found =
      std::lower_bound(rules.begin(), rules.end(), id,
                       [](const Rule& rule, std::string_view sought) { return rule.id < sought; });
  return found != rules.end() && found->id == id ? &*found : nullptr;
}

std::string sentence(const Weakening& one) {
  return fmt::format("{}: {} before, {} now", one.subject, one.before, one.now);
}

std::string sentence(const audit::NotInGate& left_out) {
  if (left_out.questions == 0) return {};
  constexpr std::size_t most = 5;
  const auto addresses = left_out.count(audit::TargetKind::address);
  const auto& zones = left_out.zones;
  auto names = fmt::to_string(fmt::join(
      zones.begin(), zones.begin() + static_cast<std::ptrdiff_t>(std::min(most, zones.size())), ", "));
  if (zones.size() > most) names += fmt::format(" and {} more", zones.size() - most);
  const auto what = addresses > 0 ? counted(addresses, "address", "addresses")
                                  : counted(left_out.questions, "question", "questions");
  return fmt::format("{} with records in {}, which no zone file holds", what, names);
}

Document make_document(const RunInfo& run, audit::AuditResult&& result, const Sources& sources) {
  Document document = begin(run);
  document.changed_since = run.changed_since;
  document.verdict = result.verdict;
  document.summary = result.summary;
  document.vantages = std::move(result.vantages);
  document.not_in_gate = std::move(result.not_in_gate);
  document.findings = std::move(result.findings);
  Places places(run, sources);
  for (auto& finding : document.findings) places.set(finding);
  if (result.remainder) {
    auto part = make_part(std::move(*result.remainder), run, sources);
    part->shard = run.shard.value_or(audit::Shard());
    document.part = std::move(part);
  }
  return document;
}

void set_record(Document::Finding& finding, Span at, const RunInfo& run, const Sources& sources) {
  finding.record = locate(at, run, sources);
  finding.record_excerpt = excerpt(at, sources);
}

audit::Effect usual_effect(const Document::Finding& finding) {
  if (finding.status != audit::Status::open || finding.severity != Severity::error) return audit::Effect::none;
  if (finding.certainty == audit::Certainty::transient) return audit::Effect::none;
  return finding.certainty == audit::Certainty::confirmed ? audit::Effect::fails : audit::Effect::leaves_open;
}

Document make_document(const RunInfo& run, const Diagnostics& problems, const Sources& sources) {
  Document document = begin(run);
  document.unusable = true;
  for (const auto& problem : problems) {
    Document::Finding finding;
    finding.rule = problem.code;
    finding.severity = problem.severity;
    finding.target = {audit::TargetKind::inventory, path_of(problem.at.file, run, sources)};
    finding.said = problem.message;
    finding.fix = problem.hint;
    finding.location = locate(problem.at, run, sources);
    finding.excerpt = excerpt(problem.at, sources);
    finding.fingerprint = audit::fingerprint(problem.code, finding.target, problem.message);
    if (problem.severity == Severity::error) {
      finding.effect = audit::Effect::fails;
      document.verdict = audit::Verdict::fail;
      ++document.summary.errors;
    } else {
      ++document.summary.warnings;
    }
    document.findings.push_back(std::move(finding));
  }
  return document;
}

}  // namespace rdnsgate::report
