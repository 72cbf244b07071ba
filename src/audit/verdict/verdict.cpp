// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "audit/policy/enabled.h"
#include "audit/subject/kinds.h"
#include "audit/verdict/acceptance.h"
#include "base/hash.h"

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
        acceptance_(run, policy, options.baseline) {
    for (const auto& rule : policy.rules()) ids_.emplace_back(rule.info.id);
    said_.resize(ids_.size());
  }

  /// What is said of no answers, or of all of them.
  void add_draft(Draft&& draft, std::vector<dns::VantageIndex> vantages = {}) {
    Compared entry;
    entry.unanswered_everywhere = draft.alone;
    entry.draft = std::move(draft);
    entry.vantages = std::move(vantages);
    add(std::move(entry));
  }

  /// The findings of the vantages. One that answered nothing at all is said once, not once a subject.
  void add_live(std::vector<Compared>&& findings) {
    std::set<dns::VantageIndex> silent;
    for (std::size_t v = 0; v < live_->vantages.size(); ++v) {
      const auto& stats = live_->vantages[v];
      // That a change is about nothing that the files hold is no failure; that all is, is no gate.
      const bool left_out = stats.unanswered == 0 && run_.touched != nullptr;
      if (stats.questions > 0 && stats.unanswered + stats.outside == stats.questions && !left_out)
        silent.insert(static_cast<dns::VantageIndex>(v));
    }
    const bool says_filtered = policy_.is_done(Duty::tells_filters);
    bool all_hidden_blocked = options_.missed;
    for (auto& entry : findings) {
      if (entry.draft.outside) continue;  // said once, of all of them
      const bool only_silent = std::all_of(entry.vantages.begin(), entry.vantages.end(),
                                           [&](dns::VantageIndex v) { return silent.contains(v); });
      if (entry.draft.inconclusive && only_silent) {
        all_hidden_blocked = all_hidden_blocked || entry.unanswered_everywhere;
        const bool is_said_once = entry.draft.filtered && !entry.unanswered_everywhere && says_filtered;
        if (run_.shard && !is_said_once) add_to(remainder_.hidden, std::move(entry));
        continue;
      }
      // Others answered, and that the resolver filters is said of it, once.
      if (entry.draft.filtered && !entry.unanswered_everywhere && says_filtered) continue;
      add(std::move(entry));
    }
    if (run_.shard) set_unused_apart();
    const auto of_subjects = result_.findings.size();
    const bool nobody_answered = !silent.empty() && silent.size() == live_->vantages.size();
    judge_vantages(silent, all_hidden_blocked || nobody_answered);
    judge_run();
    for (auto i = of_subjects; run_.shard && i < result_.findings.size(); ++i)
      result_.findings[i].provisional = true;
  }

  AuditResult finish() {
    auto& findings = result_.findings;
    if (run_.shard && live_ == nullptr) set_unused_apart();
    // Of what was not judged nobody knows whether it would have matched.
    const bool all_judged = run_.touched == nullptr && !run_.shard && !options_.of_whole;
    for (auto& draft : all_judged ? acceptance_.unused(live_) : std::vector<Draft>()) {
      if (!is_said_otherwise(policy_.rules()[draft.rule].unless, draft.at)) add_draft(std::move(draft));
    }
    leave_places();
    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      return a.at != b.at ? a.at < b.at : is_before(a, b);
    });
    result_.summary.addresses = count_addresses(run_);
    if (live_ != nullptr) {
      result_.vantages = live_->vantages;
      for (const auto& vantage : live_->vantages) {
        result_.summary.questions += vantage.questions;
        result_.summary.unanswered += vantage.unanswered;
        result_.summary.outside += vantage.outside;
      }
      result_.not_in_gate = live_->not_in_gate;
    }
    for (auto& finding : findings) {
      finding.effect = effect(finding);
      count(finding);
    }
    result_.verdict = verdict();
    result_.used = acceptance_.used();
    if (run_.shard) {
      for (auto& finding : remainder_.hidden) finding.effect = effect(finding);
      for (auto& unused : remainder_.unused) unused.finding.effect = effect(unused.finding);
      remainder_.waivers = run_.inventory->waivers.size();
      result_.remainder = std::move(remainder_);
    }
    return std::move(result_);
  }

 private:
  /// What one shard has no use for another may have: before it is known what that says of the run as a whole.
  void set_unused_apart() {
    std::vector<std::size_t> which;
    auto drafts = acceptance_.unused(live_, &which);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      Compared entry;
      entry.draft = std::move(drafts[i]);
      std::vector<Finding> made;
      add_to(made, std::move(entry));
      for (auto& finding : made) remainder_.unused.push_back({which[i], std::move(finding)});
    }
  }

  void add(Compared&& entry) { add_to(result_.findings, std::move(entry)); }

  void add_to(std::vector<Finding>& all, Compared&& entry) {
    const Rule& rule = policy_.rules()[entry.draft.rule];
    const Severity severity = policy_.severity(entry.draft.rule, entry.draft.args);
    if (severity == Severity::off) return;
    Draft& draft = entry.draft;
    Finding finding;
    finding.rule = ids_[entry.draft.rule];
    finding.severity = severity;
    finding.certainty = draft.inconclusive ? Certainty::inconclusive : entry.certainty;
    finding.scope = entry.scope;
    finding.vantages = seen_by(entry);
    auto& last = said_[draft.rule];
    if (const auto phrase = phrase_of(rule.info, draft); !last.phrase || *last.phrase != phrase) last.phrase = phrase;
    finding.phrase = last.phrase;
    finding.fix = shared(last.fix, fix_of(rule.info, draft));
    finding.expected = shared(last.expected, draft.expected);
    finding.observed = draft.observed;
    finding.clears_at = entry.clears_at;
    finding.at = draft.at;
    finding.fingerprint =
        fingerprint(rule.info.id, draft.target,
                    draft.apart.empty() ? draft.expected : draft.expected + "\n" + draft.apart);
    finding.blocks_verdict = entry.unanswered_everywhere;
    finding.settled = (draft.inconclusive || draft.settled) && !entry.unanswered_everywhere;
    finding.values = draft.args.values;
    finding.target = std::move(draft.target);
    if (run_.shard && entry.told) finding.told = *entry.told;
    acceptance_.apply(finding);
    all.push_back(std::move(finding));
  }

  /// Most findings of a rule are mended in the same way, and many expect the same.
  static const SharedText& shared(SharedText& last, std::string_view text) {
    if (last != text) last = text;
    return last;
  }

  /// The vantages that saw it; where zone files are laid over them, what of that it stands on.
  std::vector<std::string> seen_by(const Compared& entry) const {
    std::vector<std::string> names;
    const auto& grounds = entry.draft.grounds;
    const bool laid_over = !entry.vantages.empty() && grounds.from_files &&
                           live_->vantages[entry.vantages.front()].kind != dns::VantageKind::zonefiles;
    if (laid_over && !grounds.from_asked) return {std::string(zone_files_name)};
    for (const auto v : entry.vantages) names.push_back(live_->vantages[v].name);
    if (laid_over) names.emplace_back(zone_files_name);
    return names;
  }

  void judge_vantages(const std::set<dns::VantageIndex>& silent, bool missed) {
    const auto rules = enabled<const VantageCase>(policy_);
    const auto silent_rules = enabled<const SilentVantageCase>(policy_);
    for (std::size_t v = 0; v < live_->vantages.size(); ++v) {
      const auto& stats = live_->vantages[v];
      const auto vantage = static_cast<dns::VantageIndex>(v);
      Findings findings;
      findings.begin_subject({TargetKind::vantage, stats.name}, declared_at(stats.name));
      if (silent.contains(vantage)) {
        const SilentVantageCase c{run_, *run_.inventory, stats, missed};
        judge_all(silent_rules, c, findings);
      } else if (v < live_->notes.size()) {
        const VantageCase c{run_, *run_.inventory, stats, live_->notes[v]};
        judge_all(rules, c, findings);
      }
      for (auto& draft : findings.take()) add_draft(std::move(draft), {vantage});
    }
  }

  void judge_run() {
    const RunCase c{run_, *run_.inventory, live_->unjudged};
    Findings findings;
    findings.begin_subject({TargetKind::inventory, run_.inventory->path}, run_.inventory->top);
    judge_all(enabled<const RunCase>(policy_), c, findings);
    for (auto& draft : findings.take()) add_draft(std::move(draft));
  }

  Span declared_at(std::string_view vantage) const {
    Span at = run_.inventory->top;
    for (const auto& declared : run_.inventory->vantages) {
      if (declared.name == vantage) at = declared.at;
    }
    return at;
  }

  /// The rule leaves the place to another one, which has said something of it.
  bool is_said_otherwise(std::string_view unless, const Span& at) {
    if (unless.empty()) return false;
    if (!spoken_at_) {
      spoken_at_.emplace();
      for (const auto& finding : result_.findings) spoken_at_->emplace(finding.rule.text(), finding.at);
    }
    return spoken_at_->contains({unless, at});
  }

  /// Takes out what others have said at the same place, of rules that leave it to them.
  void leave_places() {
    std::map<std::string_view, std::string_view> leaving;
    for (const auto& rule : policy_.rules()) {
      if (!rule.unless.empty()) leaving.emplace(rule.info.id, rule.unless);
    }
    std::erase_if(result_.findings, [&](const Finding& finding) {
      const auto found = leaving.find(finding.rule.text());
      return found != leaving.end() && is_said_otherwise(found->second, finding.at);
    });
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
  /// What was said last, and may be said again.
  struct Said {
    Shared<Phrase> phrase;
    SharedText fix, expected;
  };
  std::vector<SharedText> ids_;  // by rule, as is:
  std::vector<Said> said_;
  AuditResult result_;
  Remainder remainder_;  // of a shard
  std::optional<std::set<std::pair<std::string_view, Span>>> spoken_at_;  // by rules, in all findings
};

}  // namespace

std::string fingerprint(std::string_view rule, const Target& target, std::string_view expected) {
  // Lengths in front of the parts: no two triples can yield the same octets.
  const std::string_view kind = to_string(target.kind);
  return sha256_hex(fmt::format("rdnsgate/1\n{}:{}{}:{}{}:{}{}:{}", rule.size(), rule, kind.size(), kind,
                                target.id.size(), target.id, expected.size(), expected))
      .substr(0, 32);
}

AuditResult conclude(const RunContext& run, const Policy& policy, const Portions& offline, LiveResult* live,
                     const VerdictOptions& options) {
  Conclusion conclusion(run, policy, live, options);
  if (offline) {
    offline([&](std::vector<Draft>&& drafts) {
      for (auto& draft : drafts) conclusion.add_draft(std::move(draft));
    });
  }
  if (live != nullptr) conclusion.add_live(std::move(live->findings));
  return conclusion.finish();
}

}  // namespace rdnsgate::audit
