// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text.h"
#include "report/formats.h"

namespace rdnsgate::report {
namespace {

using audit::Certainty;
using audit::Status;
using Finding = Document::Finding;

class Writer {
 public:
  explicit Writer(const TextStyle& style) : style_(style) {}

  void finding(const Finding& finding) {
    line("{}:{}:{}: {}: {} [{}]\n", escape_terminal(finding.location.path), finding.location.line,
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
      line(" ({} at {})", counted(summary.questions, "question", "questions"),
           counted(document.vantages.size(), "vantage", "vantages"));
    }
    out_ += "\n";
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
  Writer writer(style);
  for (const auto& finding : document.findings) writer.finding(finding);
  writer.summary(document);
  return writer.take();
}

}  // namespace rdnsgate::report
