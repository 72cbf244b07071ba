// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "audit/acceptance.h"
#include "audit/wording.h"
#include "base/hash.h"
#include "base/text.h"

namespace rdnsgate::audit {
namespace {

class Conclusion {
 public:
  Conclusion(const RunContext& run, const Policy& policy, const LiveResult* live,
             const VerdictOptions& options)
      : run_(run),
        policy_(policy),
        live_(live),
        options_(options),
        acceptance_(run, policy, options.baseline) {}

  void add_offline(Draft&& draft) {
    Compared compared;
    compared.draft = std::move(draft);
    add(std::move(compared));
  }

  /// The findings of the vantages. One that answered nothing at all is said once, not once a subject.
  void add_live(std::vector<Compared>&& findings) {
    std::set<dns::VantageIndex> silent;
    for (std::size_t v = 0; v < live_->vantages.size(); ++v) {
      const auto& stats = live_->vantages[v];
      if (stats.questions > 0 && stats.unanswered == stats.questions)
        silent.insert(static_cast<dns::VantageIndex>(v));
    }
    const auto filter_rule = policy_.index_of("resolver-filtered");
    const bool says_filtered = filter_rule != policy_.rules().size() && policy_.is_on(filter_rule);
    bool all_hidden_blocked = false;
    for (auto& entry : findings) {
      const bool only_silent = std::all_of(entry.vantages.begin(), entry.vantages.end(),
                                           [&](dns::VantageIndex v) { return silent.contains(v); });
      if (entry.draft.inconclusive && only_silent) {
        all_hidden_blocked = all_hidden_blocked || entry.unanswered_everywhere;
        continue;
      }
      // Others answered, and that the resolver filters is said of it, once.
      if (entry.draft.filtered && !entry.unanswered_everywhere && says_filtered) continue;
      add(std::move(entry));
    }
    const bool nobody_answered = !silent.empty() && silent.size() == live_->vantages.size();
    for (const auto v : silent) add_silent(v, all_hidden_blocked || nobody_answered);
    for (std::size_t v = 0; v < live_->notes.size(); ++v) {
      const auto vantage = static_cast<dns::VantageIndex>(v);
      if (!silent.contains(vantage)) add_notes(vantage);
    }
    if (live_->unjudged > 0) add_unjudged();
  }

  AuditResult finish() {
    auto& findings = result_.findings;
    std::set<Span> unreachable;  // a waiver that nothing could ever match is not called unused as well
    for (const auto& finding : findings) {
      if (finding.rule == "hygiene-waiver-unreachable") unreachable.insert(finding.at);
    }
    // Of what was not judged nobody knows whether it would have matched.
    for (auto& draft : run_.touched != nullptr ? std::vector<Draft>() : acceptance_.unused(live_)) {
      if (!unreachable.contains(draft.at)) add_offline(std::move(draft));
    }
    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      return std::tie(a.at, a.rule, a.target, a.expected, a.observed, a.vantages, a.message) <
             std::tie(b.at, b.rule, b.target, b.expected, b.observed, b.vantages, b.message);
    });
    result_.summary.addresses = run_.inventory->addresses.size();
    if (live_ != nullptr) {
      result_.vantages = live_->vantages;
      for (const auto& vantage : live_->vantages) {
        result_.summary.questions += vantage.questions;
        result_.summary.unanswered += vantage.unanswered;
      }
    }
    for (auto& finding : findings) {
      finding.effect = effect(finding);
      count(finding);
    }
    result_.verdict = verdict();
    return std::move(result_);
  }

 private:
  void add(Compared&& entry) {
    const Rule& rule = policy_.rules()[entry.draft.rule];
    const Severity severity = policy_.severity(entry.draft.rule, entry.draft.args);
    if (severity == Severity::off) return;
    Args& args = entry.draft.args;
    Finding finding;
    finding.rule = rule.info.id;
    finding.severity = severity;
    finding.certainty = entry.draft.inconclusive ? Certainty::inconclusive : entry.certainty;
    finding.scope = entry.scope;
    for (const auto v : entry.vantages) finding.vantages.push_back(live_->vantages[v].name);
    finding.message = fill(rule.info.message, entry.draft.target, args);
    finding.fix = fill(rule.info.fix, entry.draft.target, args);
    finding.clears_at = entry.clears_at;
    finding.at = entry.draft.at;
    finding.fingerprint = fingerprint(rule.info.id, entry.draft.target, args.expected);
    finding.blocks_verdict = entry.unanswered_everywhere;
    finding.settled = (entry.draft.inconclusive || entry.settled) && !entry.unanswered_everywhere;
    finding.expected = std::move(args.expected);
    finding.observed = std::move(args.observed);
    finding.target = std::move(entry.draft.target);
    acceptance_.apply(finding);
    result_.findings.push_back(std::move(finding));
  }

  void add_silent(dns::VantageIndex vantage, bool blocks) {
    const auto& stats = live_->vantages[vantage];
    Compared entry =
        about_vantage(vantage, {.observed = fmt::format("{} of {} unanswered", stats.unanswered,
                                                        counted(stats.questions, "question", "questions")),
                                .detail = stats.first_failure});
    entry.draft.inconclusive = entry.unanswered_everywhere = blocks;
    entry.settled = !blocks;
    add_engine_finding("resolver-unreachable", std::move(entry));
  }

  void add_notes(dns::VantageIndex vantage) {
    const auto& notes = live_->notes[vantage];
    if (notes.stale.count > 0) {
      add_engine_finding(
          "resolver-stale",
          about_vantage(vantage, {.observed = counted(notes.stale.count, "stale answer", "stale answers"),
                                  .detail = notes.stale.example}));
    }
    if (const auto text = describe_filter(notes); !text.empty()) {
      add_engine_finding("resolver-filtered", about_vantage(vantage, {.observed = text}));
    }
    if (notes.secure > 0 && !notes.validates) {
      add_engine_finding(
          "resolver-not-validating",
          about_vantage(vantage, {.observed = counted(notes.secure, "answer that is", "answers that are")}));
    }
    if (!notes.leaks.empty()) {
      std::vector<std::string> zones;
      for (const auto& zone : notes.leaks) zones.push_back(zone.text());
      add_engine_finding("leak-1918-reverse-upstream",
                         about_vantage(vantage, {.expected = "answers of its own",
                                                 .observed = fmt::format("{}", fmt::join(zones, ", "))}));
    }
    add_latency(vantage);
  }

  static std::string describe_filter(const VantageNotes& notes) {
    std::string text;
    if (notes.filtered.count > 0) {
      text = fmt::format("{} filtered, such as {}", counted(notes.filtered.count, "answer is", "answers are"),
                         notes.filtered.example);
    }
    for (std::size_t i = 0; i < notes.made_up.size(); ++i) {
      text += fmt::format("{}{}",
                          i > 0          ? ", "
                          : text.empty() ? "names that do not exist get "
                                         : "; names that do not exist get ",
                          notes.made_up[i].to_string());
    }
    return text;
  }

  /// The standard is held against the 95th percentile of what was certainly no cache's answer.
  void add_latency(dns::VantageIndex vantage) {
    const auto& standards = run_.inventory->standards;
    const auto& cold = live_->notes[vantage].cold_us;
    if (cold.empty()) return;
    const auto p95 = std::chrono::microseconds(percentile(cold, 95));
    const bool fails = standards.latency_fail && p95 > *standards.latency_fail;
    const bool warns = standards.latency_warn && p95 > *standards.latency_warn;
    if (!fails && !warns) return;
    const milliseconds limit = fails ? *standards.latency_fail : *standards.latency_warn;
    const auto severity = fails ? Severity::error : Severity::warning;
    add_engine_finding("resolver-latency",
                       about_vantage(vantage, {.expected = fmt::format("{} ms", limit.count()),
                                               .observed = fmt::format(
                                                   "{} ms", std::chrono::ceil<milliseconds>(p95).count()),
                                               .detail = counted(cold.size(), "lookup", "lookups"),
                                               .severity = severity}));
  }

  void add_unjudged() {
    Compared entry;
    entry.draft.inconclusive = true;
    entry.draft.target.kind = TargetKind::inventory;
    entry.draft.target.id = run_.inventory->path;
    entry.draft.at = run_.inventory->top;
    entry.draft.args.observed = fmt::format("{} not judged", live_->unjudged);
    entry.unanswered_everywhere = true;
    add_engine_finding("run-incomplete", std::move(entry));
  }

  Compared about_vantage(dns::VantageIndex vantage, Args args) const {
    const auto& name = live_->vantages[vantage].name;
    Span at = run_.inventory->top;
    for (const auto& declared : run_.inventory->vantages) {
      if (declared.name == name) at = declared.at;
    }
    Compared entry;
    entry.draft = {0, false, {TargetKind::vantage, name}, at, std::move(args)};
    entry.vantages = {vantage};
    return entry;
  }

  void add_engine_finding(std::string_view rule, Compared&& entry) {
    entry.draft.rule = policy_.index_of(rule);
    if (entry.draft.rule != policy_.rules().size()) add(std::move(entry));
  }

  void count(const Finding& finding) {
    Summary& summary = result_.summary;
    if (finding.status == Status::waived) {
      ++summary.waived;
    } else if (finding.status == Status::baseline) {
      ++summary.baseline;
    } else if (finding.certainty == Certainty::inconclusive) {
      ++summary.inconclusive;
    } else if (finding.severity == Severity::error) {
      ++summary.errors;
    } else if (finding.severity == Severity::warning) {
      ++summary.warnings;
    } else {
      ++summary.infos;
    }
  }

  bool fails(const Finding& finding) const {
    if (finding.certainty == Certainty::transient && !options_.transient_fails) return false;
    return finding.severity >= options_.fail_on;
  }

  Effect effect(const Finding& finding) const {
    using Inconclusive = VerdictOptions::Inconclusive;
    const bool never = options_.fail_on == Severity::off;
    if (finding.status != Status::open || finding.settled) return Effect::none;
    if (finding.certainty != Certainty::inconclusive)
      return !never && fails(finding) ? Effect::fails : Effect::none;
    // An open question matters where nobody could answer it, or where what one resolver alone says would fail
    // the run if it were confirmed.
    const bool matters = finding.blocks_verdict || (!never && finding.severity >= options_.fail_on);
    if (!matters || options_.inconclusive == Inconclusive::pass) return Effect::none;
    return options_.inconclusive == Inconclusive::fail ? Effect::fails : Effect::leaves_open;
  }

  Verdict verdict() const {
    const auto some = [&](Effect effect) {
      return std::any_of(result_.findings.begin(), result_.findings.end(),
                         [&](const Finding& finding) { return finding.effect == effect; });
    };
    if (some(Effect::fails)) return Verdict::fail;
    return some(Effect::leaves_open) ? Verdict::inconclusive : Verdict::pass;
  }

  const RunContext& run_;
  const Policy& policy_;
  const LiveResult* live_;
  const VerdictOptions& options_;
  Acceptance acceptance_;
  AuditResult result_;
};

}  // namespace

std::string fingerprint(std::string_view rule, const Target& target, std::string_view expected) {
  // Lengths in front of the parts: no two triples can yield the same octets.
  const std::string_view kind = to_string(target.kind);
  return sha256_hex(fmt::format("rdnsgate/1\n{}:{}{}:{}{}:{}{}:{}", rule.size(), rule, kind.size(), kind,
                                target.id.size(), target.id, expected.size(), expected))
      .substr(0, 32);
}

AuditResult conclude(const RunContext& run, const Policy& policy, std::vector<Draft> offline,
                     LiveResult* live, const VerdictOptions& options) {
  Conclusion conclusion(run, policy, live, options);
  for (auto& draft : offline) conclusion.add_offline(std::move(draft));
  if (live != nullptr) conclusion.add_live(std::move(live->findings));
  return conclusion.finish();
}

}  // namespace rdnsgate::audit
