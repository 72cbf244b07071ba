// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "report/formats.h"
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

int command_rank(const Finding& finding) {
  const auto name = command_for(finding);
  return name == "error" ? 0 : name == "warning" ? 1 : 2;
}

}  // namespace

std::string render_github(const Document& document) {
  std::vector<const Finding*> order;
  for (const auto& finding : document.findings) {
    // GitHub shows ten annotations of a level: what a baseline accepts would crowd out what is new.
    if (finding.status != audit::Status::baseline) order.push_back(&finding);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return command_rank(*a) < command_rank(*b); });
  std::string out;
  for (const auto* finding : order) {
    const std::string fix = finding->fix.empty() ? std::string() : "%0A" + body(finding->fix);
    out += fmt::format("::{} file={},line={},col={},title=rdnsgate ({})::{}{}{}\n", command_for(*finding),
                       property(repository_path(document.place, finding->location.path)),
                       finding->location.line, finding->location.column, property(finding->rule),
                       remark(*finding), body(finding->message), fix);
  }
  if (const auto& changed = document.changed_since) {
    for (const auto& one : changed->weakened) {
      const auto place = one.path.empty() ? std::string()
                                          : fmt::format("file={},line={},", property(repository_path(document.place, one.path)),
                                                        std::max<std::size_t>(one.line, 1));
      out += fmt::format("::warning {}title=rdnsgate (weakened since {})::{}\n", place, property(changed->ref),
                         body(sentence(one)));
    }
  }
  // GitHub shows ten annotations of a level per step; the count says when some are out of sight.
  out += fmt::format("::notice title=rdnsgate::{}: {}\n", audit::to_string(document.verdict),
                     counts(document.summary));
  return out;
}

}  // namespace rdnsgate::report
