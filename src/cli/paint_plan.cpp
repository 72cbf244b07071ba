// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/paint_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wrap.h"

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
    {"no wait", "2", true},
    {"rollback: ", "2", true},
    {"before the previous phase is rolled back:", "2", true},
};

std::string_view color_of_head(std::string_view line) {
  if (line.starts_with('+')) return "36;1";
  return line.starts_with("Plan ") || line.starts_with("Notes") || line.starts_with("Nothing to do") ? "1"
                                                                                                     : "";
}

std::string painted(std::string_view color, std::string_view text) {
  return fmt::format("\x1b[{}m{}\x1b[0m", color, text);
}

std::string with_color(std::string_view line, std::size_t indent) {
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
    out += wrapped(std::string_view(shown).substr(indent), look.width, std::string(indent + 2, ' '), indent);
    out += "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace rdnsgate::cli
