// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/document.h"
#include "report/outlet.h"
#include "report/view.h"

namespace rdnsgate::report {

struct TextStyle {
  bool color = false;
  /// 0: findings with their source line, fix and a summary; 1: one line a finding; 2: nothing.
  int quiet = 0;
  /// What the run was, for the summary: `check` counts addresses and questions.
  bool asked_dns = false;
  View view{};
  std::size_t width = 0;  ///< columns of the terminal; 0: lines are as long as they are
  bool links = false;     ///< the terminal shows hyperlinks (OSC 8)
};

/// For people, and for editors that read `path:line:column: severity: message [rule]`, with which each entry begins.
/// Findings of one cause are one entry (report/grouped/group.h) unless `quiet`.
void write_text(const Document& document, const TextStyle& style, Outlet& out);
std::string render_text(const Document& document, const TextStyle& style);

/// schemas/report.schema.json, indented by two, a final newline.
void write_json(const Document& document, Outlet& out);
std::string render_json(const Document& document);

/// GitHub workflow commands (`::error file=…`), the gravest first, of each level as many as GitHub shows: where there
/// are more, one of each cause, which says how many there are.
std::string render_github(const Document& document);

/// SARIF 2.1.0 (OASIS) as GitHub's code scanning wants it: the gravest results first, what could not be found
/// out as notifications of the run, what is waived as suppressed.
void write_sarif(const Document& document, Outlet& out);
std::string render_sarif(const Document& document);

/// JUnit XML in the dialect of Jenkins: a test case for each rule and target, passing ones where the document
/// says what was judged (`coverage`). A failure is what fails the run, an error what leaves it inconclusive.
void write_junit(const Document& document, Outlet& out);
std::string render_junit(const Document& document);

/// GitHub Flavored Markdown for a job summary or a comment, of less than 65,536 characters: what is left out
/// is counted.
std::string render_markdown(const Document& document);

/// GitLab Code Quality: open findings only.
void write_gitlab(const Document& document, Outlet& out);
std::string render_gitlab(const Document& document);

/// What a plugin of Nagios, Icinga and their kin ends with; their words are a contract of those.
enum class PluginState { ok = 0, warning = 1, critical = 2, unknown = 3 };

/// Critical for errors that fail the run; unknown where it is inconclusive, which is looked at before warnings; a warning for
/// whatever else is open from a warning up, or fails the run.
PluginState plugin_state(const Document& document);

/// What such a plugin prints: a line with the state and performance data, and behind it a line for each of the first open
/// findings.
std::string render_nagios(const Document& document);
/// The first line alone, for whoever has no report. `text` may be foreign; `figures` may be empty.
std::string plugin_line(PluginState state, std::string_view text, std::string_view figures = {});

/// A form that reports are written in. The help of --format, what --output takes and the configuration's schema
/// follow the table; a new one is its file and its line there.
struct Format {
  std::string_view name;
  void (*write)(const Document& document, const TextStyle& style, Outlet& out);
  bool needs_coverage = false;  ///< also what was judged and found right: Document::coverage
  bool of_plugin = false;       ///< whoever reads it goes by the exit codes of plugins (PluginState)
};

std::span<const Format> formats();
/// nullptr where there is none of that name.
const Format* find_format(std::string_view name);

}  // namespace rdnsgate::report
