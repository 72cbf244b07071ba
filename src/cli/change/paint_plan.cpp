// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/change/paint_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.h"
#include "base/text/wrap.h"

namespace rdnsgate::cli {
namespace {

/// How a line begins, without its indent, and the colour of all of it or of its first word.
struct Look {
  std::string_view begins, color;
  bool whole = false;
};

constexpr Look looks[] = {
    {"from ", "31"},
    {"to ", "32"},
    {"by hand:", "33;1"},
    {"then wait ", "33"},
    {"after each wave wait ", "33"},
    {"after wave", "33"},
    {"no wait", "2", true},
    {"wave ", "36"},
    {"rollback: ", "2", true},
    {"before the previous phase is rolled back:", "2", true},
};

std::string_view color_of_head(std::string_view line) {
  if (line.starts_with('+')) return "36;1";
  const auto begins = [&](std::string_view text) { return line.starts_with(text); };
  return begins("Plan ") || begins("Notes") || begins("Nothing to do") || begins("Simulation") ? "1" : "";
}

std::string painted(std::string_view color, std::string_view text) {
  return fmt::format("\x1b[{}m{}\x1b[0m", color, text);
}

/// Where the text begins behind a label of the summary (`  When   ...`), and what stands under it; 0 where there is none.
std::size_t summary_column(std::string_view line) {
  constexpr std::string_view labels[] = {"What", "Where", "When", "Risk"};
  constexpr std::size_t indent = 2, column = 9;
  if (line.size() <= column || line.substr(0, indent) != "  " || line[column] == ' ' ||
      line[column - 1] != ' ')
    return 0;
  const auto label = trimmed(line.substr(0, column));
  return label.empty() || std::ranges::find(labels, label) != std::end(labels) ? column : 0;
}

std::string with_color(std::string_view line, std::size_t indent) {
  if (const auto column = summary_column(line); column > indent)
    return fmt::format("{}{}{}", line.substr(0, indent), painted("1", line.substr(indent, column - indent)),
                       line.substr(column));
  const auto text = line.substr(indent);
  if (indent == 0) {
    const auto color = color_of_head(line);
    return color.empty() ? std::string(line) : painted(color, line);
  }
  for (const auto& look : looks) {
    if (!text.starts_with(look.begins)) continue;
    const auto length = look.whole ? text.size() : look.begins.find_last_not_of(' ') + 1;
    return std::string(line.substr(0, indent)) + painted(look.color, text.substr(0, length)) +
           std::string(text.substr(length));
  }
  return std::string(line);
}

}  // namespace

std::string paint_plan(std::string_view text, const PageLook& look) {
  if (!look.color && look.width == 0) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    const auto indent = std::min(line.find_first_not_of(' '), line.size());
    // Colour first: sequences take no columns, and hold no blank at which a line could end.
    const std::string shown = look.color ? with_color(line, indent) : std::string(line);
    out.append(shown, 0, indent);
    const auto label = summary_column(line);
    const auto column = label > 0 ? label : indent + 2;
    out += wrapped(std::string_view(shown).substr(indent), look.width, std::string(column, ' '), indent);
    out += "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace rdnsgate::cli
