// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/syntax_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace rdnsgate::yaml {
namespace {

/// What to point at.
enum class Pointer { problem, beginning };

struct Wording {
  std::string_view problem;  // how libyaml's message begins
  std::string_view context;  // how its context begins; empty for any
  Pointer place;
  std::string_view message;
  std::string_view hint;
};

constexpr std::array wordings{
    Wording{"mapping values are not allowed", "", Pointer::problem,
            "a \":\" stands where no value can follow",
            "look at the indentation here, and for a missing \":\" in the line above; quote a text that has "
            "\": \" in it"},
    Wording{"mapping keys are not allowed", "", Pointer::problem, "a key cannot stand here",
            "look at the indentation of this line and the one above"},
    Wording{"block sequence entries are not allowed", "", Pointer::problem,
            "a list item (\"- \") cannot stand here",
            "look at the indentation of this line and the one above"},
    Wording{"could not find expected ':'", "", Pointer::beginning, "no \":\" follows this key",
            "write it as \"key: value\"; quote a text that goes on in the next line"},
    Wording{"did not find expected key", "", Pointer::problem,
            "this line does not belong to the mapping above it",
            "look at its indentation, and for a missing \":\" after a key"},
    Wording{"did not find expected '-' indicator", "", Pointer::problem,
            "this line does not belong to the list above it",
            "look at its indentation, and for a missing \"- \""},
    Wording{"did not find expected ',' or '}'", "", Pointer::beginning, "this \"{\" is never closed",
            "add the missing \"}\" or \",\""},
    Wording{"did not find expected ',' or ']'", "", Pointer::beginning, "this \"[\" is never closed",
            "add the missing \"]\" or \",\""},
    Wording{"did not find expected <document start>", "", Pointer::problem,
            "this does not belong to what stands above it",
            "look at its indentation; the file is one mapping from its first line to its last"},
    Wording{"found unexpected ':'", "", Pointer::problem, "a \":\" cannot stand here",
            "quote a text that has a \":\" before a bracket or comma, such as \"2001:db8::\""},
    Wording{"found unexpected end of stream", "while scanning a quoted scalar", Pointer::beginning,
            "this quote is never closed", "add the closing quote"},
    Wording{"found unexpected document indicator", "while scanning a quoted scalar", Pointer::beginning,
            "this quote is never closed", "add the closing quote"},
    Wording{"the alias names no anchor", "", Pointer::problem, "this alias (*) names no anchor",
            "define it above with & first"},
    Wording{"did not find expected alphabetic or numeric character", "while scanning an", Pointer::problem,
            "a name has to follow & or *", "quote a text that begins with one of them"},
    Wording{"found character that cannot start any token", "", Pointer::problem,
            "a character that cannot begin a text here",
            "quote texts that begin with one of @ ` % * & ! | > { } [ ] ,"},
    Wording{"found unknown escape character", "", Pointer::problem, "an escape that YAML does not know",
            "inside double quotes write a backslash twice, or use single quotes"},
    Wording{"did not find expected hexdecimal number", "", Pointer::problem,
            "an escape with too few hexadecimal digits",
            "inside double quotes write a backslash twice, or use single quotes"},
    Wording{"found invalid Unicode character escape code", "", Pointer::problem,
            "an escape that is not a Unicode character", "write the character itself"},
    Wording{"found incompatible YAML document", "", Pointer::problem, "this version of YAML is not read",
            "remove the line; what is read is YAML 1.2"},
    Wording{"control characters are not allowed", "", Pointer::problem,
            "a control character cannot stand in YAML", "delete it; an editor may not show it"},
};

/// A value was expected and something else is there: what is, says why.
Wording missing_value(char found) {
  if (found == ']' || found == '}')
    return {"", "", Pointer::problem, "a bracket is closed that was never opened",
            "remove it, or add the opening one"};
  if (found == ':')
    return {"", "", Pointer::problem, "a text between brackets cannot begin with \":\"", "quote it"};
  return {"", "", Pointer::problem, "a value is missing before this",
          "write it, or remove what calls for it"};
}

struct LineBounds {
  std::size_t begin, end;
};

LineBounds line_around(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return {before == std::string_view::npos ? 0 : before + 1, std::min(text.find('\n', at), text.size())};
}

/// `{a: b: c}`: the bracket may well be closed. A colon that is the first of its line stands after a line
/// that does not close one.
bool is_second_colon(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != ':') return false;
  const LineBounds line = line_around(text, at);
  return text.substr(line.begin, at - line.begin).find(": ") != std::string_view::npos;
}

/// A tab in the indentation of the line that holds `at`, or of the line before it.
std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t at) {
  for (int back = 0; back < 2; ++back) {
    const LineBounds line = line_around(text, at);
    const std::string_view content = text.substr(line.begin, line.end - line.begin);
    const std::size_t tab = content.find('\t');
    if (tab != std::string_view::npos && content.find_first_not_of(" \t") > tab) return line.begin + tab;
    if (line.begin == 0) break;
    at = line.begin - 1;
  }
  return std::nullopt;
}

}  // namespace

void explain_syntax_error(Problems& problems, const SyntaxError& error) {
  const std::string_view text = problems.sources().text(problems.file());
  const auto clipped = [&](std::size_t at) {
    if (at < text.size()) return at;
    // At the end of the file there is nothing to show: point at the last thing that was written.
    const std::size_t last = text.find_last_not_of(" \r\n\t");
    return last == std::string_view::npos ? 0 : last;
  };
  const std::size_t at = clipped(error.at);
  const auto span = [&](std::size_t where) {
    return Span{problems.file(), static_cast<std::uint32_t>(where), static_cast<std::uint32_t>(where + 1)};
  };
  if (const auto tab = tab_in_indentation(text, at)) {
    problems.add(code::syntax, span(*tab), "a tab is used for indentation", "YAML wants spaces");
    return;
  }
  const auto say = [&](const Wording& wording) {
    const std::size_t where = wording.place == Pointer::beginning ? clipped(error.begun) : at;
    problems.add(code::syntax, span(where), std::string(wording.message), std::string(wording.hint));
  };
  if (error.problem.starts_with("did not find expected ','") && is_second_colon(text, at))
    return say(wordings.front());
  for (const auto& wording : wordings) {
    if (error.problem.starts_with(wording.problem) && error.context.starts_with(wording.context))
      return say(wording);
  }
  if (error.problem.starts_with("did not find expected node content"))
    return say(missing_value(at < text.size() ? text[at] : '\0'));
  problems.add(code::syntax, span(at), fmt::format("this is not YAML: {}", error.problem));
}

}  // namespace rdnsgate::yaml
