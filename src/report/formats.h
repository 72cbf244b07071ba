// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/document.h"
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
std::string render_text(const Document& document, const TextStyle& style);

/// schemas/report.schema.json, indented by two, a final newline.
std::string render_json(const Document& document);

/// GitHub workflow commands (`::error file=…`), the gravest first, of each level as many as GitHub shows: where there
/// are more, one of each cause, which says how many there are.
std::string render_github(const Document& document);

/// SARIF 2.1.0 (OASIS) as GitHub's code scanning wants it: the gravest results first, what could not be found
/// out as notifications of the run, what is waived as suppressed.
std::string render_sarif(const Document& document);

/// JUnit XML in the dialect of Jenkins: a test case for each rule and target, passing ones where the document
/// says what was judged (`coverage`). A failure is what fails the run, an error what leaves it inconclusive.
std::string render_junit(const Document& document);

/// GitHub Flavored Markdown for a job summary or a comment, of less than 65,536 characters: what is left out
/// is counted.
std::string render_markdown(const Document& document);

/// GitLab Code Quality: open findings only.
std::string render_gitlab(const Document& document);

/// A form that reports are written in. The help of --format, what --output takes and the configuration's schema
/// follow the table; a new one is its file and its line there.
struct Format {
  std::string_view name;
  std::string (*render)(const Document& document, const TextStyle& style);
  bool needs_coverage = false;  ///< also what was judged and found right: Document::coverage
};

std::span<const Format> formats();
/// nullptr where there is none of that name.
const Format* find_format(std::string_view name);

}  // namespace rdnsgate::report
