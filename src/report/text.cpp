// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "base/text.h"
#include "report/formats.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Status;
using Finding = Document::Finding;

class TextWriter {
 public:
  explicit TextWriter(const TextStyle& style) : style_(style) {}

  void finding(const Finding& finding) {
    line("{}:{}:{}: {}: {} [{}]\n", path_at_line_start(finding.location.path), finding.location.line,
         finding.location.column, weight(finding), escape_terminal(finding.message), finding.rule);
    // What a baseline accepts is one line, or an old estate would hide what is new.
    if (style_.quiet > 0 || finding.status == Status::baseline) return;
    out_ += finding.excerpt;
    if (!finding.vantages.empty() && finding.scope == audit::Scope::isolated) {
      line("    seen by {} only\n", escape_terminal(fmt::format("{}", fmt::join(finding.vantages, ", "))));
    }
    if (finding.clears_at) line("    clears by {}\n", format_time(*finding.clears_at));
    if (!finding.waiver_reason.empty()) line("    waived: {}\n", escape_terminal(finding.waiver_reason));
    if (!finding.fix.empty()) line("    fix: {}\n", escape_terminal(finding.fix));
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

  void summary(const Document& document) {
    const auto& summary = document.summary;
    if (style_.quiet > 0) return;
    if (!document.findings.empty()) out_ += "\n";
    std::string counts = fmt::format("{}, {}, {}", counted(summary.errors, "error", "errors"),
                                     counted(summary.warnings, "warning", "warnings"),
                                     counted(summary.infos, "note", "notes"));
    if (summary.inconclusive > 0) counts += fmt::format(", {} inconclusive", summary.inconclusive);
    if (summary.waived > 0) counts += fmt::format(", {} waived", summary.waived);
    if (summary.baseline > 0) counts += fmt::format(", {} in the baseline", summary.baseline);
    line("{}: {} in {}", paint(audit::to_string(document.verdict), verdict_color(document.verdict)), counts,
         counted(summary.addresses, "address", "addresses"));
    if (style_.asked_dns) {
      line(" ({} at {}{})", counted(summary.questions, "question", "questions"),
           counted(document.vantages.size(), "vantage", "vantages"),
           summary.unanswered > 0 ? fmt::format(", {} unanswered", summary.unanswered) : "");
    }
    out_ += "\n";
    if (document.verdict != audit::Verdict::pass && met_one_server(document)) {
      line(
          "Each answer is from one name server of its zone, by chance: where they differ, another run may "
          "find "
          "otherwise. A vantage of kind authoritative asks them all.\n");
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <typename... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  /// `error`, or what keeps it from being one.
  std::string weight(const Finding& finding) const {
    const auto severity = to_string(finding.severity);
    if (finding.status != Status::open)
      return paint(fmt::format("{} {}", audit::to_string(finding.status), severity), "2");
    if (finding.certainty == Certainty::inconclusive) return paint("inconclusive", "35");
    const char* color = finding.severity == Severity::error     ? "31;1"
                        : finding.severity == Severity::warning ? "33;1"
                                                                : "36";
    if (finding.certainty == Certainty::transient) return paint(fmt::format("transient {}", severity), color);
    return paint(severity, color);
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

  static const char* verdict_color(audit::Verdict verdict) {
    return verdict == audit::Verdict::pass ? "32;1" : verdict == audit::Verdict::fail ? "31;1" : "35;1";
  }

  std::string paint(std::string_view text, const char* color) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", color, text) : std::string(text);
  }

  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string render_text(const Document& document, const TextStyle& style) {
  if (style.quiet > 1) return {};
  TextWriter writer(style);
  for (const auto& finding : document.findings) writer.finding(finding);
  if (document.changed_since) writer.weakened(*document.changed_since);
  writer.summary(document);
  return writer.take();
}

}  // namespace rdnsgate::report
