// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/text/wrap.h"
#include "report/formats.h"
#include "report/grouped/group.h"
#include "report/grouped/selection.h"
#include "report/grouped/statistics.h"
#include "report/grouped/subjects.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Status;
using Finding = Document::Finding;

constexpr std::string_view indent = "    ";
constexpr std::size_t most_listed = 12;  // ranges or names of an entry

std::string_view of_severity(Severity severity, std::size_t count) {
  switch (severity) {
    case Severity::error:
      return count == 1 ? "error" : "errors";
    case Severity::warning:
      return count == 1 ? "warning" : "warnings";
    case Severity::info:
    case Severity::off:
      break;
  }
  return count == 1 ? "note" : "notes";
}

class TextWriter {
 public:
  TextWriter(const Document& document, const TextStyle& style, Outlet& outlet)
      : document_(document), style_(style), outlet_(outlet) {}

  /// Before what fills more than a screen: what it comes to, and how to see more or less of it.
  void head(std::size_t shown, std::size_t entries, bool joined) {
    constexpr std::size_t fits_a_screen = 10;
    if (style_.quiet > 0 || document_.unusable || (!joined && entries <= fits_a_screen)) return;
    std::string text =
        fmt::format("{}: {}", paint(audit::to_string(document_.verdict), verdict_color(document_.verdict)),
                    counted(shown, "finding", "findings"));
    if (joined)
      text += fmt::format(
          " in {}, those that weigh most first; --group-by none shows each, --only what one is about",
          counted(entries, "entry", "entries"));
    else
      text += "; --only and --level show fewer of them";
    out_ += wrapped(text, style_.width, "  ") + "\n\n";
  }

  void title(const std::string& title, GroupBy by) {
    const std::string_view kind = by == GroupBy::zone ? "zone" : by == GroupBy::sender ? "sender" : "owner";
    const std::string text =
        title.empty() ? fmt::format("no {}", kind) : fmt::format("{} {}", kind, escape_terminal(title));
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
    line("{}\n", paint(text, "1"));
  }

  void entry(const Entry& entry) {
    outlet_.turn();
    const auto& finding = document_.findings[entry.members.front()];
    if (!entry.is_group()) return this->finding(finding);
    const auto subjects = subjects_of(document_, entry.members, most_listed);
    const auto* rule = document_.rule(finding.rule);
    first_line(finding, fmt::format("{}: {}", subjects.count,
                                    rule != nullptr ? rule->summary : escape_terminal(finding.message())));
    out_ += fitted_excerpt(finding.shown_excerpt(), style_.width);
    list(subjects);
    if (rule != nullptr) detail("such as: ", finding.message());
    details(finding);
    for (const auto& following : entry.following) follows(following);
  }

  void finding(const Finding& finding) {
    first_line(finding, escape_terminal(finding.message()));
    // What a baseline accepts is one line, or an old estate would hide what is new.
    if (style_.quiet > 0 || finding.status == Status::baseline) return;
    out_ += fitted_excerpt(finding.shown_excerpt(), style_.width);
    details(finding);
  }

  void statistics(const std::vector<std::size_t>& shown) {
    for (const auto& row : statistics_of(document_, shown)) {
      line("{:>7}  {}  {}  {}\n", row.findings,
           paint(fmt::format("{:<8}", row.weight), color_of(row.severity)),
           linked(row.rule, fmt::format("{:<28}", row.rule)),
           fmt::format("{}{}", row.subjects, row.summary.empty() ? "" : ": " + row.summary));
    }
  }

  /// What the reader does not see, so that nobody takes a part for all.
  void left_out(const Selection& selection, std::size_t entries, std::size_t findings) {
    if (style_.quiet > 1) return;
    if (entries > 0)
      line("{} not shown: --max-findings {}\n",
           entries == findings ? counted(entries, "more finding is", "more findings are")
                               : fmt::format("{} more entries with {} findings are", entries, findings),
           style_.view.most);
    const std::size_t hidden = document_.findings.size() - selection.shown.size();
    if (hidden > 0 && style_.quiet == 0)
      line("shown: {} of {}\n", selection.shown.size(),
           counted(document_.findings.size(), "finding", "findings"));
    for (const auto& one : selection.idle)
      line("--only {}: no finding is about that\n", escape_terminal(one));
  }

  void weakened(const ChangedSince& changed) {
    for (const auto& one : changed.weakened) {
      if (!one.path.empty()) {
        line("{}:{}: ", path_at_line_start(one.path), std::max<std::size_t>(one.line, 1));
      }
      line("{} since {}: {}\n", paint("weakened", "35;1"), escape_terminal(changed.ref),
           escape_terminal(sentence(one)));
    }
  }

  void not_in_gate(const audit::NotInGate& left_out) {
    if (style_.quiet > 0 || left_out.questions == 0) return;
    const auto text = fmt::format("{} ({})", escape_terminal(sentence(left_out)), over_hint);
    constexpr std::string_view label = "not in this gate: ";
    if (!out_.empty()) out_ += "\n";
    line("{}{}\n", paint(label, "35"), wrapped(text, style_.width, indent, label.size()));
  }

  void summary(const Document& document) {
    const auto& summary = document.summary;
    if (style_.quiet > 0) return;
    if (!out_.empty()) out_ += "\n";
    std::string counts = fmt::format("{}, {}, {}", counted(summary.errors, "error", "errors"),
                                     counted(summary.warnings, "warning", "warnings"),
                                     counted(summary.infos, "note", "notes"));
    if (summary.inconclusive > 0) counts += fmt::format(", {} inconclusive", summary.inconclusive);
    if (summary.waived > 0) counts += fmt::format(", {} waived", summary.waived);
    if (summary.baseline > 0) counts += fmt::format(", {} in the baseline", summary.baseline);
    line("{}: {} in {}", paint(audit::to_string(document.verdict), verdict_color(document.verdict)), counts,
         counted(summary.addresses, "address", "addresses"));
    if (style_.asked_dns) {
      line(" ({} at {}{}{})", counted(summary.questions, "question", "questions"),
           counted(document.vantages.size(), "vantage", "vantages"),
           summary.unanswered > 0 ? fmt::format(", {} unanswered", summary.unanswered) : "",
           summary.outside > 0 ? fmt::format(", {} not in this gate", summary.outside) : "");
    }
    out_ += "\n";
    if (document.verdict != audit::Verdict::pass && met_one_server(document)) {
      line(
          "Each answer is from one name server of its zone, by chance: where they differ, another run may "
          "find "
          "otherwise. A vantage of kind authoritative asks them all.\n");
    }
  }

 private:
  template <typename... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  /// `path:line:column: severity: message [rule]`.
  void first_line(const Finding& finding, const std::string& message) {
    const auto& at = finding.place();
    const std::string before =
        fmt::format("{}:{}:{}: {}: ", path_at_line_start(at.path), at.line, at.column, weight(finding));
    const std::string text = fmt::format("{} [{}]", message, finding.rule);
    std::string shown = wrapped(text, style_.width, indent, columns_of(before));
    // The rule is the last word, whatever was broken before it.
    shown.resize(shown.size() - finding.rule.text().size() - 1);
    line("{}{}{}]\n", before, shown, linked(finding.rule, finding.rule));
  }

  void detail(std::string_view label, std::string_view text) {
    out_.append(indent).append(label);
    out_ += wrapped(escape_terminal(text), style_.width, std::string(indent) + "  ",
                    indent.size() + label.size()) +
            "\n";
  }

  void details(const Finding& finding) {
    if (finding.record) {
      const auto& at = finding.location;
      detail("declared: ", fmt::format("{}:{}:{}", at.path, at.line, at.column));
    }
    if (!finding.vantages.empty() && finding.scope == audit::Scope::isolated)
      detail("seen by ", fmt::format("{} only", fmt::join(finding.vantages, ", ")));
    else if (!finding.vantages.empty() && is_laid_over(document_))
      detail("stands on: ", fmt::to_string(fmt::join(finding.vantages, ", ")));
    if (finding.clears_at) line("    clears by {}\n", format_time(*finding.clears_at));
    if (!finding.waiver_reason.empty()) detail("waived: ", finding.waiver_reason);
    if (!finding.fix.empty()) detail("fix: ", finding.fix);
  }

  void list(const Subjects& subjects) {
    std::string text = escape_terminal(fmt::format("{}", fmt::join(subjects.list, ", ")));
    if (subjects.left_out > 0) text += fmt::format(" and {} more", subjects.left_out);
    out_.append(indent).append(wrapped(text, style_.width, indent, indent.size())).append("\n");
  }

  /// What is gone once the entry is fixed: how much, and what it is.
  void follows(const Following& following) {
    const auto& finding = document_.findings[following.members.front()];
    const auto* rule = document_.rule(finding.rule);
    detail("so also: ", fmt::format("{} {}: {} [{}]", following.members.size(),
                                    of_severity(finding.severity, following.members.size()),
                                    rule != nullptr ? rule->summary : finding.message(), finding.rule));
  }

  static const char* color_of(Severity severity) {
    return severity == Severity::error ? "31;1" : severity == Severity::warning ? "33;1" : "36";
  }

  /// `error`, or what keeps it from being one.
  std::string weight(const Finding& finding) const {
    const auto severity = to_string(finding.severity);
    if (finding.status != Status::open)
      return paint(fmt::format("{} {}", audit::to_string(finding.status), severity), "2");
    if (finding.certainty == Certainty::inconclusive) return paint("inconclusive", "35");
    const char* color = color_of(finding.severity);
    if (finding.certainty == Certainty::transient) return paint(fmt::format("transient {}", severity), color);
    return paint(severity, color);
  }

  /// The rule's name, which leads to its page where the terminal shows that (OSC 8).
  std::string linked(std::string_view id, std::string_view shown) const {
    const auto* rule = style_.links ? document_.rule(id) : nullptr;
    if (rule == nullptr || rule->page_url.empty()) return std::string(shown);
    return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", rule->page_url, shown);
  }

  /// Something was found by resolvers alone, none of which says which server of a zone it met.
  static bool met_one_server(const Document& document) {
    const auto resolves = [](const auto& vantage) {
      return vantage.kind == dns::VantageKind::recursive || vantage.kind == dns::VantageKind::forward;
    };
    const auto found = [](const Finding& finding) {
      return finding.status == Status::open && !finding.vantages.empty() &&
             finding.certainty != Certainty::inconclusive;
    };
    return std::all_of(document.vantages.begin(), document.vantages.end(), resolves) &&
           std::any_of(document.findings.begin(), document.findings.end(), found);
  }

  /// Zone files answered beside others.
  static bool is_laid_over(const Document& document) {
    const auto& all = document.vantages;
    return all.size() > 1 && std::any_of(all.begin(), all.end(), [](const auto& vantage) {
             return vantage.kind == dns::VantageKind::zonefiles;
           });
  }

  static const char* verdict_color(audit::Verdict verdict) {
    return verdict == audit::Verdict::pass ? "32;1" : verdict == audit::Verdict::fail ? "31;1" : "35;1";
  }

  std::string paint(std::string_view text, const char* color) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", color, text) : std::string(text);
  }

  const Document& document_;
  const TextStyle& style_;
  Outlet& outlet_;
  std::string& out_ = outlet_.text();  // never empty again once something was written
};

/// The entries as far as --max-findings lets them; what it leaves out is counted.
struct Shown {
  std::vector<Section> sections;
  std::size_t entries = 0, entries_left_out = 0, findings_left_out = 0;
  bool joined = false;
};

Shown entries_of(const Document& document, const Selection& selection, const TextStyle& style) {
  // Problems with files differ in their words alone, which are no data.
  const bool each = style.quiet > 0 || document.unusable;
  Shown shown{group(document, selection.shown, each ? GroupBy::none : style.view.by)};
  for (auto& section : shown.sections) {
    for (const auto& entry : section.entries) shown.joined = shown.joined || entry.is_group();
    const std::size_t room = style.view.most == 0 ? section.entries.size() : style.view.most - shown.entries;
    for (std::size_t i = room; i < section.entries.size(); ++i) {
      ++shown.entries_left_out;
      shown.findings_left_out += section.entries[i].findings();
    }
    if (section.entries.size() > room) section.entries.resize(room);
    shown.entries += section.entries.size();
  }
  return shown;
}

}  // namespace

void write_text(const Document& document, const TextStyle& style, Outlet& out) {
  if (style.quiet > 1) return;
  TextWriter writer(document, style, out);
  const auto selection = select(document, style.view);
  if (style.view.statistics) {
    writer.statistics(selection.shown);
    writer.left_out(selection, 0, 0);
  } else {
    const auto shown = entries_of(document, selection, style);
    writer.head(selection.shown.size(), shown.entries + shown.entries_left_out, shown.joined);
    for (const auto& section : shown.sections) {
      const bool titled = shown.sections.size() > 1 || !section.title.empty();
      if (titled && !section.entries.empty()) writer.title(section.title, style.view.by);
      for (const auto& entry : section.entries) writer.entry(entry);
    }
    writer.left_out(selection, shown.entries_left_out, shown.findings_left_out);
  }
  if (document.changed_since) writer.weakened(*document.changed_since);
  writer.not_in_gate(document.not_in_gate);
  writer.summary(document);
}

std::string render_text(const Document& document, const TextStyle& style) {
  return whole([&](Outlet& out) { write_text(document, style, out); });
}

}  // namespace rdnsgate::report
