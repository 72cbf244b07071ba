// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/yaml_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace rdnsgate::inventory {
namespace {

struct Wording {
  std::string_view said;  // how yaml-cpp's message begins
  std::string_view message;
  std::string_view hint;
};

constexpr std::array wordings{
    Wording{"illegal map value", "a \":\" stands where no value can follow",
            "look at the indentation here, and for a missing \":\" in the line above; quote a text that has "
            "\": \" in it"},
    Wording{"illegal map key", "a key cannot stand here",
            "look at the indentation of this line and the one above"},
    Wording{"illegal block entry", "a list item (\"- \") cannot stand here",
            "look at the indentation of this line and the one above"},
    Wording{"end of map not found", "this line does not belong to the mapping above it",
            "look at its indentation, and for a missing \":\" after a key"},
    Wording{"end of sequence not found", "this line does not belong to the list above it",
            "look at its indentation, and for a missing \"- \""},
    Wording{"end of map flow not found", "a \"{\" is never closed", "add the missing \"}\" or \",\""},
    Wording{"end of sequence flow not found", "a \"[\" is never closed", "add the missing \"]\" or \",\""},
    Wording{"illegal flow end", "a bracket is closed that was never opened",
            "remove it, or add the opening one"},
    Wording{"illegal document indicator in scalar", "a quote is never closed", "add the closing quote"},
    Wording{"the referenced anchor is not defined", "this alias (*) names no anchor",
            "define it above with & first"},
    Wording{"unknown token", "a character that cannot begin a text here",
            "quote texts that begin with one of @ ` % * & ! | > { } [ ] ,"},
    Wording{"unknown escape character", "an escape that YAML does not know",
            "inside double quotes write a backslash twice, or use single quotes"},
    Wording{"bad character found while scanning hex number", "an escape with too few hexadecimal digits",
            "inside double quotes write a backslash twice, or use single quotes"},
    Wording{"invalid unicode", "an escape that is not a Unicode character", "write the character itself"},
    Wording{"bad file", "the nesting is too deep here", "no file of this kind needs more than six levels"},
};

struct Line {
  std::size_t begin, end;
};

Line line_around(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return {before == std::string_view::npos ? 0 : before + 1, std::min(text.find('\n', at), text.size())};
}

/// A tab in the indentation of the line that holds `at`, or of the line before it.
std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t at) {
  for (int back = 0; back < 2; ++back) {
    const Line line = line_around(text, at);
    const std::string_view content = text.substr(line.begin, line.end - line.begin);
    const std::size_t tab = content.find('\t');
    if (tab != std::string_view::npos && content.find_first_not_of(" \t") > tab) return line.begin + tab;
    if (line.begin == 0) break;
    at = line.begin - 1;
  }
  return std::nullopt;
}

}  // namespace

void explain_yaml_error(Problems& problems, std::string_view said, std::size_t at) {
  const std::string_view text = problems.sources().text(problems.file());
  at = std::min(at, text.size());
  // At the end of the file there is nothing to show: point at the last thing that was written.
  if (at == text.size()) {
    const std::size_t last = text.find_last_not_of(" \r\n\t");
    at = last == std::string_view::npos ? 0 : last;
  }
  const auto span = [&](std::size_t where) {
    return Span{problems.file(), static_cast<std::uint32_t>(where), static_cast<std::uint32_t>(where + 1)};
  };
  if (const auto tab = tab_in_indentation(text, at)) {
    problems.add(code::syntax, span(*tab), "a tab is used for indentation", "YAML wants spaces");
    return;
  }
  for (const auto& wording : wordings) {
    if (said.substr(0, wording.said.size()) != wording.said) continue;
    problems.add(code::syntax, span(at), std::string(wording.message), std::string(wording.hint));
    return;
  }
  problems.add(code::syntax, span(at), fmt::format("this is not YAML: {}", said));
}

}  // namespace rdnsgate::inventory
