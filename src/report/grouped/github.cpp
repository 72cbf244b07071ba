// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/formats.h"
#include "report/grouped/group.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

std::string property(std::string_view text) { return github_property(clipped(text, message_limit)); }
std::string body(std::string_view text) { return github_message(clipped(text, message_limit)); }

/// Waived, transient and inconclusive findings inform; they don't colour the check.
std::string_view command_for(const Finding& finding) {
  if (is_accepted(finding) || finding.certainty != audit::Certainty::confirmed) return "notice";
  if (finding.severity == Severity::error) return "error";
  return finding.severity == Severity::warning ? "warning" : "notice";
}

/// GitHub shows ten annotations of a level per step; the rest is in the log alone.
constexpr std::size_t most_shown = 10;

std::string annotation(const Document& document, const Finding& finding, std::size_t more) {
  const auto& at = finding.place();
  const std::string others = more == 0 ? std::string() : fmt::format(" (and {} more of this cause)", more);
  const std::string fix = finding.fix.empty() ? std::string() : "%0A" + body(finding.fix);
  return fmt::format("::{} file={},line={},col={},title=rdnsgate ({})::{}{}{}{}\n", command_for(finding),
                     property(repository_path(document.place, at.path)), at.line, at.column,
                     property(finding.rule), remark(finding), body(finding.message()), others, fix);
}

/// Those of one level: each where all are shown, else one of each cause as far as there is room.
void add_level(std::string& out, const Document& document, const std::vector<std::size_t>& findings,
               std::size_t room) {
  if (findings.size() <= room) {
    for (const auto i : findings) out += annotation(document, document.findings[i], 0);
    return;
  }
  std::size_t shown = 0;
  for (const auto& section : group(document, findings, GroupBy::cause)) {
    for (const auto& entry : section.entries) {
      if (shown++ == room) return;
      out += annotation(document, document.findings[entry.members.front()], entry.findings() - 1);
    }
  }
}

}  // namespace

std::string render_github(const Document& document) {
  const std::size_t weakened = document.changed_since ? document.changed_since->weakened.size() : 0;
  std::string out;
  for (const std::string_view level : {"error", "warning", "notice"}) {
    std::vector<std::size_t> findings;
    for (std::size_t i = 0; i < document.findings.size(); ++i) {
      // What a baseline accepts would crowd out what is new.
      const auto& finding = document.findings[i];
      if (finding.status != audit::Status::baseline && command_for(finding) == level) findings.push_back(i);
    }
    // Of the warnings some say what the change weakens, and the last notice counts.
    const std::size_t taken = level == "warning"  ? std::min(weakened, most_shown / 2)
                              : level == "notice" ? 1
                                                  : 0;
    add_level(out, document, findings, most_shown - taken);
  }
  if (const auto& changed = document.changed_since) {
    for (const auto& one : changed->weakened) {
      const auto place = one.path.empty() ? std::string()
                                          : fmt::format("file={},line={},",
                                                        property(repository_path(document.place, one.path)),
                                                        std::max<std::size_t>(one.line, 1));
      out += fmt::format("::warning {}title=rdnsgate (weakened since {})::{}\n", place,
                         property(changed->ref), body(sentence(one)));
    }
  }
  const auto left_out = sentence(document.not_in_gate);
  const auto more =
      left_out.empty() ? std::string() : fmt::format("; not in this gate: {} ({})", left_out, over_hint);
  out += fmt::format("::notice title=rdnsgate::{}: {}{}\n", audit::to_string(document.verdict),
                     counts(document.summary), body(more));
  return out;
}

}  // namespace rdnsgate::report
