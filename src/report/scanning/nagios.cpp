// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "base/text/text.h"
#include "report/formats.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

constexpr std::size_t line_limit = 300, most_lines = 20;
/// NRPE hands on 4,096 octets of a plugin by default: what is longer is cut there, wherever that is.
constexpr std::size_t text_limit = 3500;

std::string_view word_of(PluginState state) {
  switch (state) {
    case PluginState::ok:
      return "OK";
    case PluginState::warning:
      return "WARNING";
    case PluginState::critical:
      return "CRITICAL";
    case PluginState::unknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

/// A bar ends the text and begins the performance data, and old web pages take the rest for HTML.
std::string plain_text(std::string_view text) {
  auto out = clipped(text, line_limit);
  for (auto& c : out) c = c == '|' ? '/' : c == '<' ? '(' : c == '>' ? ')' : c;
  return out;
}

/// The open ones, the gravest first; what could not be found out weighs as what it would be.
std::vector<const Finding*> open_findings(const Document& document) {
  std::vector<const Finding*> open;
  for (const auto& finding : document.findings) {
    if (!is_accepted(finding) && finding.severity >= Severity::warning) open.push_back(&finding);
  }
  std::stable_sort(open.begin(), open.end(), [](const Finding* a, const Finding* b) {
    return std::tie(a->effect, a->severity) > std::tie(b->effect, b->severity);
  });
  return open;
}

std::string line_of(const Finding& finding) {
  return fmt::format("{}: {}{} [{}]", to_string(finding.severity), remark(finding),
                     plain_text(finding.message()), finding.rule);
}

std::string first_text(const Document& document, const std::vector<const Finding*>& open) {
  if (document.unusable)
    return open.empty() ? "nothing was judged" : "nothing was judged: " + open.front()->message();
  const auto all = fmt::format("{} in {}", counts(document.summary),
                               counted(document.summary.addresses, "address", "addresses"));
  return open.empty() ? all : all + ": " + open.front()->message();
}

/// `'label'=value;warn;crit;min` for each: no error is too few to be critical.
std::string performance_data(const Document& document) {
  const auto& summary = document.summary;
  return fmt::format(
      "errors={};;0;0 warnings={};0;;0 inconclusive={};;;0 waived={};;;0 addresses={};;;0 questions={};;;0 "
      "unanswered={};;;0 time={}s;;;0",
      summary.errors, summary.warnings, summary.inconclusive, summary.waived, summary.addresses,
      summary.questions, summary.unanswered, (document.finished_at - document.started_at).count());
}

}  // namespace

PluginState plugin_state(const Document& document) {
  if (document.unusable) return PluginState::unknown;
  const auto& all = document.findings;
  const auto some = [&](const auto& is) { return std::any_of(all.begin(), all.end(), is); };
  if (some([](const Finding& one) {
        return one.effect == audit::Effect::fails && one.severity == Severity::error;
      }))
    return PluginState::critical;
  // What nobody knows may be worse than a warning.
  if (document.verdict == audit::Verdict::inconclusive ||
      some([](const Finding& one) { return one.effect == audit::Effect::leaves_open; }))
    return PluginState::unknown;
  const bool is_clean = document.verdict == audit::Verdict::pass && document.summary.errors == 0 &&
                        document.summary.warnings == 0;
  return is_clean ? PluginState::ok : PluginState::warning;
}

std::string render_nagios(const Document& document) {
  const auto open = open_findings(document);
  auto out = plugin_line(plugin_state(document), first_text(document, open), performance_data(document));
  std::size_t shown = 0;
  for (; shown < std::min(open.size(), most_lines); ++shown) {
    const auto line = line_of(*open[shown]) + "\n";
    if (out.size() + line.size() > text_limit) break;
    out += line;
  }
  if (shown < open.size()) out += fmt::format("and {} more\n", open.size() - shown);
  return out;
}

std::string plugin_line(PluginState state, std::string_view text, std::string_view figures) {
  return fmt::format("RDNSGATE {} - {}{}{}\n", word_of(state), plain_text(text), figures.empty() ? "" : " | ",
                     figures);
}

}  // namespace rdnsgate::report
