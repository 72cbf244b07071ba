// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "base/text/markup.h"
#include "report/formats.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Effect;
using audit::Target;
using Finding = Document::Finding;

/// Above that, one passing case a target stands for all its rules: viewers give up on millions of cases.
constexpr std::size_t most_passing_cases = 50000;

/// A rule held against a target: the unit that passes and fails, whose name stays the same from run to run.
struct CaseName {
  std::string_view rule;
  Target target;
  auto operator<=>(const CaseName&) const = default;
};

/// How the findings of one case end it.
enum class Outcome { failure, error, skipped, passed };

class Suite {
 public:
  explicit Suite(const Document& document)
      : document_(document),
        left_out_(document.not_in_gate.targets.begin(), document.not_in_gate.targets.end()) {
    for (const auto& finding : document.findings) {
      if (finding.certainty != Certainty::inconclusive) continue;
      unclear_.insert(finding.target);
      const bool of_run = finding.target.kind == audit::TargetKind::vantage ||
                          finding.target.kind == audit::TargetKind::inventory;
      all_unclear_ = all_unclear_ || (of_run && finding.blocks_verdict);
    }
  }

  void write(Outlet& out) {
    add_weakened();
    add_found();
    add_covered();
    if (tests_ == 0) add_case("rdnsgate", document_.inventory_path, {});
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(document_.finished_at - document_.started_at)
            .count();
    const auto totals = markup(R"(tests="{}" failures="{}" errors="{}")", tests_, failures_, errors_);
    std::string timestamp = format_time(document_.started_at);
    timestamp.pop_back();  // the schema of Ant's dialect knows no zone
    out.text() +=
        markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rdnsgate\" {} time=\"{}\">\n"
               "  <testsuite name=\"{}\" {} skipped=\"{}\" timestamp=\"{}\" time=\"{}\">\n",
               totals, seconds, shown(repository_path(document_.place, document_.inventory_path)), totals, skipped_,
               timestamp, seconds)
            .text;
    for (const auto& one : cases_) {
      out.text() += one.text;
      out.turn();
    }
    out.text() += "  </testsuite>\n</testsuites>\n";
  }

 private:
  /// What a change lets the gate find less by is neither passed nor failed: skipped is what viewers show of that.
  void add_weakened() {
    if (!document_.changed_since) return;
    std::map<std::string_view, Markup> subjects;
    for (const auto& one : document_.changed_since->weakened) subjects[one.subject] += described(one);
    for (const auto& [subject, lines] : subjects) {
      ++skipped_;
      add_case("rdnsgate.gate-weakened", subject, markup("      <skipped>{}</skipped>\n", lines));
    }
  }

  Markup described(const Weakening& one) const {
    std::string at;
    if (!one.path.empty()) at = shown(repository_path(document_.place, one.path)) + ":";
    if (one.line > 0) at += fmt::format("{}:", one.line);
    return markup("{}{}weakened since {}: {}\n", at, at.empty() ? "" : " ",
                  shown(document_.changed_since->ref), shown(sentence(one)));
  }

  void add_found() {
    std::map<CaseName, std::vector<const Finding*>> groups;
    std::vector<std::map<CaseName, std::vector<const Finding*>>::iterator> order;
    for (const auto& finding : document_.findings) {
      const auto [at, is_new] = groups.try_emplace({finding.rule, finding.target});
      at->second.push_back(&finding);
      if (is_new) order.push_back(at);
    }
    for (const auto& group : order) {
      add_case(class_of(group->first.rule), group->first.target.id, body(group->second));
      found_.insert(group->first);
      found_kinds_[group->first.rule].insert(group->first.target.kind);
    }
  }

  /// What was judged and not found.
  void add_covered() {
    std::size_t cases = 0;
    for (const auto& covered : document_.coverage) cases += covered.rules.size() * covered.targets.size();
    if (cases > most_passing_cases) return add_covered_targets();
    for (const auto& covered : document_.coverage) {
      for (const auto& id : covered.targets) {
        const Target target{covered.kind, id};
        for (const auto& rule : covered.rules) {
          if (found_.contains({rule.id, target}) || found_elsewhere(rule.id, covered.kind)) continue;
          const bool unclear = rule.live && (all_unclear_ || unclear_.contains(target));
          const bool left_out = rule.live && !unclear && left_out_.contains(target);
          add_case(class_of(rule.id), id, unclear ? not_judged() : left_out ? not_in_gate() : Markup());
        }
      }
    }
  }

  /// Some rules are held against one kind of target and name another in what they find: a sender's rule an
  /// address, a rule of the whole inventory one of its zones. No target of the first kind passed it then.
  bool found_elsewhere(std::string_view rule, audit::TargetKind kind) const {
    const auto found = found_kinds_.find(rule);
    if (found == found_kinds_.end()) return false;
    return kind == audit::TargetKind::inventory || found->second.size() > 1 || !found->second.contains(kind);
  }

  void add_covered_targets() {
    std::set<Target> targets, found;
    for (const auto& entry : found_) found.insert(entry.target);
    for (const auto& covered : document_.coverage) {
      for (const auto& id : covered.targets) targets.insert({covered.kind, id});
    }
    for (const auto& target : targets) {
      if (!found.contains(target))
        add_case("rdnsgate", target.id,
                 all_unclear_                 ? not_judged()
                 : left_out_.contains(target) ? not_in_gate()
                                              : Markup());
    }
  }

  Markup not_judged() {
    ++skipped_;
    return {"      <skipped>not judged: questions about it were not answered</skipped>\n"};
  }

  /// In part: which rules had what they needed, the document does not say.
  Markup not_in_gate() {
    ++skipped_;
    return {"      <skipped>not in this gate, or not in full: no zone file holds its records</skipped>\n"};
  }

  Outcome outcome(const Finding& finding) const {
    if (is_accepted(finding)) return Outcome::skipped;
    const bool could_not_find_out = finding.certainty == Certainty::inconclusive;
    if (finding.effect == Effect::none) return could_not_find_out ? Outcome::skipped : Outcome::passed;
    return could_not_find_out || document_.unusable ? Outcome::error : Outcome::failure;
  }

  /// One element for the gravest outcome; what weighs less is for the log of the case.
  Markup body(const std::vector<const Finding*>& findings) {
    Outcome gravest = Outcome::passed;
    for (const auto* finding : findings) gravest = std::min(gravest, outcome(*finding));
    Markup decisive, log;
    std::string_view first_message;
    for (const auto* finding : findings) {
      if (outcome(*finding) != gravest || gravest == Outcome::passed) {
        log += described(*finding);
        continue;
      }
      if (decisive.empty()) first_message = finding->message;
      decisive += described(*finding);
    }
    auto all = element(gravest, *findings.front(), first_message, decisive);
    if (!log.empty()) all += markup("      <system-out>{}</system-out>\n", log);
    return all;
  }

  /// The jenkins dialect has `message` on failures and errors only; the reason of a skip is its text.
  Markup element(Outcome outcome, const Finding& finding, std::string_view message, const Markup& text) {
    if (outcome == Outcome::passed) return {};
    if (outcome == Outcome::skipped) {
      ++skipped_;
      return markup("      <skipped>{}</skipped>\n", text);
    }
    ++(outcome == Outcome::failure ? failures_ : errors_);
    const std::string_view tag = outcome == Outcome::failure ? "failure" : "error";
    return markup("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n", tag, shown(message), finding.rule,
                  text);
  }

  Markup described(const Finding& finding) const {
    auto text =
        markup("{}:{}:{}: {}: {}{} [{}]\n", shown(repository_path(document_.place, finding.location.path)),
               finding.location.line, finding.location.column, to_string(finding.severity), remark(finding),
               shown(finding.message), shown(finding.rule));
    const auto add = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) text += markup("{}: {}\n", name, shown(value));
    };
    add("reason", finding.waiver_reason);
    add("expected", finding.expected);
    add("observed", finding.observed);
    if (finding.clears_at) add("clears by", format_time(*finding.clears_at));
    add("fix", finding.fix);
    return text;
  }

  static std::string shown(std::string_view text) { return clipped(text, message_limit); }
  static std::string class_of(std::string_view rule) { return "rdnsgate." + std::string(rule); }

  void add_case(std::string_view class_name, std::string_view name, const Markup& content) {
    ++tests_;
    auto one = markup("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", class_name, shown(name));
    one += content.empty() ? Markup{"/>\n"} : markup(">\n{}    </testcase>\n", content);
    cases_.push_back(std::move(one));
  }

  const Document& document_;
  std::set<CaseName> found_;
  std::map<std::string_view, std::set<audit::TargetKind>> found_kinds_;  // of targets, by rule
  std::set<Target> unclear_;   ///< targets of which something could not be determined
  std::set<Target> left_out_;  // that no zone file holds
  bool all_unclear_ = false;   ///< it cannot be said which targets that is true of
  std::size_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
  std::vector<Markup> cases_;
};

}  // namespace

void write_junit(const Document& document, Outlet& out) { Suite(document).write(out); }

std::string render_junit(const Document& document) {
  return whole([&](Outlet& out) { write_junit(document, out); });
}

}  // namespace rdnsgate::report
