// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/mail/paths.h"

namespace rdnsgate::report {
namespace {

using Verdict = PathRow::Verdict;

/// A comment on GitHub may have 65,536 characters. What is left of it is for the statement that there is more.
constexpr std::size_t most_of_page = 65000;
constexpr std::size_t longest_cell = 600;

std::string path_cell(std::string_view text) {
  const auto shown = escape_terminal(text.substr(0, longest_cell));
  return markdown_cell(text.size() > longest_cell ? shown + "..." : shown);
}

std::string matrix_row(const PathRow& row) {
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", to_string(row.verdict),
                     path_cell(row.path), path_cell(row.addresses_text(3)), row.count, row.ptr.word,
                     row.fcrdns.word, row.helo.word, row.spf.word, row.dkim.word, dmarc_text(row));
}

std::string row_details(const PathRow& row) {
  const auto lines = path_lines(row);
  if (lines.empty()) return "";
  auto text = fmt::format("\n**{}**, {}:\n\n", path_cell(row.path), path_cell(row.addresses_text(3)));
  for (const auto& line : lines) text += fmt::format("- {}: {}\n", line.label, path_cell(line.text));
  return text;
}

}  // namespace

std::string render_paths_markdown(const PathsDocument& document) {
  auto out = fmt::format(
      "## rdnsgate: mail paths\n\n{}; of their addresses {} accepted, {} would be refused, {} unknown.\n",
      counted(document.paths, "path", "paths"), document.count(Verdict::accepted),
      document.count(Verdict::refused), document.count(Verdict::unknown));
  if (document.rows.empty()) return out;
  out +=
      "\n| verdict | path | addresses | count | PTR | FCrDNS | HELO | SPF | DKIM | DMARC |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  std::size_t left_out = 0;
  // What would be refused comes first: it is what may not be cut off.
  for (const auto verdict : {Verdict::refused, Verdict::unknown, Verdict::accepted}) {
    for (const auto& row : document.rows) {
      if (row.verdict != verdict) continue;
      auto text = matrix_row(row);
      if (out.size() + text.size() > most_of_page / 2) {
        ++left_out;
      } else {
        out += text;
      }
    }
  }
  for (const auto& row : document.rows) {
    const auto text = row_details(row);
    if (out.size() + text.size() <= most_of_page) out += text;
  }
  if (left_out > 0)
    out += fmt::format("\n**{} not shown here**: the formats text and json have all.\n",
                       counted(left_out, "row is", "rows are"));
  return out;
}

}  // namespace rdnsgate::report
