// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/text/markup.h"
#include "report/formats.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Effect;
using Finding = Document::Finding;

/// Above that, one passing case a target stands for all its rules: viewers give up on millions of cases.
constexpr std::size_t most_passing_cases = 50000;

/// What a case is about, by name, in texts of the document.
struct TargetName {
  audit::TargetKind kind{};
  std::string_view id;
  auto operator<=>(const TargetName&) const = default;
};

TargetName name_of(const audit::Target& target) { return {target.kind, target.id}; }

/// Targets to be looked up: a sorted list, as there may be hundreds of thousands.
class Targets {
 public:
  Targets() = default;
  explicit Targets(std::vector<TargetName> names) : names_(std::move(names)) {
    std::sort(names_.begin(), names_.end());
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
  }
  bool contains(const TargetName& name) const { return std::binary_search(names_.begin(), names_.end(), name); }
  const std::vector<TargetName>& names() const { return names_; }

 private:
  std::vector<TargetName> names_;
};

/// A rule held against a target: the unit that passes and fails, whose name stays the same from run to run.
struct CaseName {
  std::string_view rule;
  TargetName target;
  auto operator<=>(const CaseName&) const = default;
};

CaseName case_of(const Finding& finding) { return {finding.rule, name_of(finding.target)}; }

/// The findings, case by case: their indices, sorted by the name of the case.
class FoundCases {
 public:
  explicit FoundCases(const std::vector<Finding>& findings) : findings_(findings), sorted_(findings.size()) {
    std::iota(sorted_.begin(), sorted_.end(), 0u);
    std::stable_sort(sorted_.begin(), sorted_.end(), [&](auto a, auto b) { return name(a) < name(b); });
    for (std::uint32_t begin = 0, end = 0; begin < sorted_.size(); begin = end) {
      while (end < sorted_.size() && name(sorted_[end]) == name(sorted_[begin])) ++end;
      cases_.emplace_back(begin, end);
    }
    std::sort(cases_.begin(), cases_.end(),
              [&](const auto& a, const auto& b) { return sorted_[a.first] < sorted_[b.first]; });
  }

  bool contains(const CaseName& sought) const {
    const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), sought,
                                     [&](auto index, const CaseName& other) { return name(index) < other; });
    return at != sorted_.end() && name(*at) == sought;
  }

  /// Calls `visit` with the indices of each case, in the order of its first finding.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (const auto& [begin, end] : cases_) visit(std::span(sorted_).subspan(begin, end - begin));
  }

 private:
  CaseName name(std::uint32_t index) const { return case_of(findings_[index]); }

  const std::vector<Finding>& findings_;
  std::vector<std::uint32_t> sorted_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cases_;  // [begin, end) in that
};

/// How the findings of one case end it.
enum class Outcome { failure, error, skipped, passed };

constexpr std::string_view not_judged = "not judged: questions about it were not answered";
/// In part: which rules had what they needed, the document does not say.
constexpr std::string_view not_in_gate = "not in this gate, or not in full: no zone file holds its records";

struct Case {
  std::string_view rule, name;  ///< no rule: it stands for all
  Outcome outcome = Outcome::passed;
  std::span<const std::uint32_t> findings{};  ///< that end it so
  std::string_view reason{};                  ///< of a skip that none of them is about, as markup
};

/// The head of a suite has how many of its cases ended how: they are gone through once to be counted, and once more
/// to be written.
class Suite {
 public:
  explicit Suite(const Document& document) : document_(document), found_(document.findings) {
    std::vector<TargetName> unclear;
    for (const auto& finding : document.findings) {
      found_kinds_[finding.rule].insert(finding.target.kind);
      if (finding.certainty != Certainty::inconclusive) continue;
      unclear.push_back(name_of(finding.target));
      const bool of_run = finding.target.kind == audit::TargetKind::vantage ||
                          finding.target.kind == audit::TargetKind::inventory;
      all_unclear_ = all_unclear_ || (of_run && finding.blocks_verdict);
    }
    unclear_ = Targets(std::move(unclear));
    std::vector<TargetName> left_out;
    for (const auto& target : document.not_in_gate.targets) left_out.push_back(name_of(target));
    left_out_ = Targets(std::move(left_out));
    std::size_t cases = 0;
    for (const auto& covered : document.coverage) cases += covered.rules.size() * covered.targets.size();
    by_target_ = cases > most_passing_cases;
    if (by_target_) find_passed_targets();
  }

  void write(Outlet& out) {
    for_each_case([&](const Case& one) { count(one); });
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
    for_each_case([&](const Case& one) {
      write(one, out.text());
      out.turn();
    });
    out.text() += "  </testsuite>\n</testsuites>\n";
  }

 private:
  void find_passed_targets() {
    std::vector<TargetName> found, passed;
    for (const auto& finding : document_.findings) found.push_back(name_of(finding.target));
    const Targets known(std::move(found));
    for (const auto& covered : document_.coverage) {
      for (const auto& id : covered.targets) {
        if (const TargetName name{covered.kind, id}; !known.contains(name)) passed.push_back(name);
      }
    }
    passed_targets_ = Targets(std::move(passed));
  }

  /// In the order of the suite, and each time the same.
  template <typename Visit>
  void for_each_case(const Visit& visit) const {
    bool any = false;
    const auto visit_one = [&](const Case& one) {
      any = true;
      visit(one);
    };
    for_each_weakened(visit_one);
    for_each_found(visit_one);
    if (by_target_)
      for_each_passed_target(visit_one);
    else
      for_each_passed(visit_one);
    if (!any) visit({"", document_.inventory_path});
  }

  /// What a change lets the gate find less by is neither passed nor failed: skipped is what viewers show of that.
  template <typename Visit>
  void for_each_weakened(const Visit& visit) const {
    if (!document_.changed_since) return;
    std::map<std::string_view, Markup> subjects;
    for (const auto& one : document_.changed_since->weakened) subjects[one.subject] += described(one);
    for (const auto& [subject, lines] : subjects)
      visit({"gate-weakened", subject, Outcome::skipped, {}, lines.text});
  }

  Markup described(const Weakening& one) const {
    std::string at;
    if (!one.path.empty()) at = shown(repository_path(document_.place, one.path)) + ":";
    if (one.line > 0) at += fmt::format("{}:", one.line);
    return markup("{}{}weakened since {}: {}\n", at, at.empty() ? "" : " ",
                  shown(document_.changed_since->ref), shown(sentence(one)));
  }

  template <typename Visit>
  void for_each_found(const Visit& visit) const {
    found_.for_each([&](std::span<const std::uint32_t> findings) {
      const auto& first = document_.findings[findings.front()];
      visit({first.rule, first.target.id, gravest(findings), findings});
    });
  }

  /// What was judged and not found.
  template <typename Visit>
  void for_each_passed(const Visit& visit) const {
    for (const auto& covered : document_.coverage) {
      for (const auto& id : covered.targets) {
        const TargetName target{covered.kind, id};
        for (const auto& rule : covered.rules) {
          if (found_.contains({rule.id, target}) || found_elsewhere(rule.id, covered.kind)) continue;
          const bool unclear = rule.live && (all_unclear_ || unclear_.contains(target));
          const bool left_out = rule.live && !unclear && left_out_.contains(target);
          visit(without_finding(rule.id, id, unclear, left_out));
        }
      }
    }
  }

  template <typename Visit>
  void for_each_passed_target(const Visit& visit) const {
    for (const auto& target : passed_targets_.names())
      visit(without_finding("", target.id, all_unclear_, left_out_.contains(target)));
  }

  static Case without_finding(std::string_view rule, std::string_view id, bool unclear, bool left_out) {
    if (unclear) return {rule, id, Outcome::skipped, {}, not_judged};
    if (left_out) return {rule, id, Outcome::skipped, {}, not_in_gate};
    return {rule, id};
  }

  /// Some rules are held against one kind of target and name another in what they find: a sender's rule an
  /// address, a rule of the whole inventory one of its zones. No target of the first kind passed it then.
  bool found_elsewhere(std::string_view rule, audit::TargetKind kind) const {
    const auto found = found_kinds_.find(rule);
    if (found == found_kinds_.end()) return false;
    return kind == audit::TargetKind::inventory || found->second.size() > 1 || !found->second.contains(kind);
  }

  Outcome outcome(const Finding& finding) const {
    if (is_accepted(finding)) return Outcome::skipped;
    const bool could_not_find_out = finding.certainty == Certainty::inconclusive;
    if (finding.effect == Effect::none) return could_not_find_out ? Outcome::skipped : Outcome::passed;
    return could_not_find_out || document_.unusable ? Outcome::error : Outcome::failure;
  }

  Outcome gravest(std::span<const std::uint32_t> findings) const {
    Outcome gravest = Outcome::passed;
    for (const auto i : findings) gravest = std::min(gravest, outcome(document_.findings[i]));
    return gravest;
  }

  void count(const Case& one) {
    ++tests_;
    failures_ += one.outcome == Outcome::failure;
    errors_ += one.outcome == Outcome::error;
    skipped_ += one.outcome == Outcome::skipped;
  }

  void write(const Case& one, std::string& out) const {
    const auto class_name = one.rule.empty() ? std::string("rdnsgate") : fmt::format("rdnsgate.{}", one.rule);
    out += markup("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", class_name, shown(one.name)).text;
    const auto content = body(one);
    out += content.empty() ? Markup{"/>\n"}.text : markup(">\n{}    </testcase>\n", content).text;
  }

  /// One element for the gravest outcome; what weighs less is for the log of the case.
  Markup body(const Case& one) const {
    if (one.findings.empty()) return one.outcome == Outcome::skipped ? skip({std::string(one.reason)}) : Markup();
    Markup decisive, log;
    const Finding* first = nullptr;
    for (const auto i : one.findings) {
      const auto& finding = document_.findings[i];
      const bool decides = outcome(finding) == one.outcome && one.outcome != Outcome::passed;
      (decides ? decisive : log) += described(finding);
      if (decides && first == nullptr) first = &finding;
    }
    auto all = first == nullptr ? Markup() : element(one.outcome, *first, decisive);
    if (!log.empty()) all += markup("      <system-out>{}</system-out>\n", log);
    return all;
  }

  /// The jenkins dialect has `message` on failures and errors only; the reason of a skip is its text.
  static Markup element(Outcome outcome, const Finding& finding, const Markup& text) {
    if (outcome == Outcome::skipped) return skip(text);
    const std::string_view tag = outcome == Outcome::failure ? "failure" : "error";
    return markup("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n", tag, shown(finding.message()), finding.rule,
                  text);
  }

  static Markup skip(const Markup& text) { return markup("      <skipped>{}</skipped>\n", text); }

  Markup described(const Finding& finding) const {
    auto text =
        markup("{}:{}:{}: {}: {}{} [{}]\n", shown(repository_path(document_.place, finding.location.path)),
               finding.location.line, finding.location.column, to_string(finding.severity), remark(finding),
               shown(finding.message()), shown(finding.rule));
    const auto add = [&](std::string_view name, std::string_view value) {
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

  const Document& document_;
  FoundCases found_;
  std::map<std::string_view, std::set<audit::TargetKind>> found_kinds_;  // of targets, by rule
  Targets unclear_;         // of which something could not be determined
  Targets left_out_;        // that no zone file holds
  Targets passed_targets_;  // in which nothing was found, where a case stands for one
  bool by_target_ = false;
  bool all_unclear_ = false;  // it cannot be said which targets that is true of
  std::size_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
};

}  // namespace

void write_junit(const Document& document, Outlet& out) { Suite(document).write(out); }

std::string render_junit(const Document& document) {
  return whole([&](Outlet& out) { write_junit(document, out); });
}

}  // namespace rdnsgate::report
