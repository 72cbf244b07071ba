// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/precheck.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/text/utf8.h"

namespace rdnsgate::yaml {
namespace {

bool is_forbidden_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t' && c != '\n' && c != '\r') || octet == 0x7F;
}

/// The first of them; the size of the text where there is none.
std::size_t find_control(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    const std::uint64_t deleted = eight ^ 0x7F * ones;
    // One of the eight is below 0x20, or DEL. A borrow may say so where none is, and never the other way round.
    const bool suspect = ((((eight - 0x20 * ones) & ~eight) | ((deleted - ones) & ~deleted)) & tops) != 0;
    if (suspect) {
      const auto piece = text.substr(at, sizeof eight);
      const auto found = std::find_if(piece.begin(), piece.end(), is_forbidden_control);
      if (found != piece.end()) return at + static_cast<std::size_t>(found - piece.begin());
    }
  }
  while (at < text.size() && !is_forbidden_control(text[at])) ++at;
  return at;
}

Span at_octet(const Problems& problems, std::size_t at) {
  return {problems.file(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)};
}

/// YAML 1.2.2 §5.1 does not allow control characters; nor does libyaml, which would not say where.
bool check_controls(Problems& problems, std::string_view text) {
  const std::size_t found = find_control(text);
  if (found == text.size()) return true;
  const Span span = at_octet(problems, found);
  if (text.find('\0') != std::string_view::npos) {
    const auto noun = problems.dialect().noun;
    problems.add(code::syntax, span,
                 fmt::format("this is a binary file, not {}: it has an octet of value zero", noun),
                 fmt::format("{} is a YAML file in UTF-8", noun));
  } else {
    problems.add(code::syntax, span,
                 fmt::format("a control character (octet 0x{:02x}) cannot stand in YAML",
                             static_cast<unsigned char>(text[found])),
                 "delete it; an editor may not show it");
  }
  return false;
}

/// No dialect has tags, and libyaml compares each directive with all before it.
bool check_directives(Problems& problems, std::string_view text) {
  constexpr std::string_view directive = "%TAG";
  constexpr std::size_t most = 32;
  std::size_t count = 0;
  for (auto at = text.find(directive); at != std::string_view::npos; at = text.find(directive, at + 1)) {
    const bool begins_line = at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
    if (!begins_line || ++count <= most) continue;
    problems.add(code::limit, at_octet(problems, at), fmt::format("more than {} %TAG directives", most),
                 fmt::format("a YAML tag has no meaning in {}: remove them", problems.dialect().noun));
    return false;
  }
  return true;
}

}  // namespace

bool precheck(Problems& problems) {
  const std::string_view text = problems.sources().text(problems.file());
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    problems.add(code::syntax, at_octet(problems, 0), "the file is in UTF-16, not UTF-8", "save it as UTF-8");
    return false;
  }
  if (!check_controls(problems, text) || !check_directives(problems, text)) return false;
  std::size_t bad_at = 0;
  if (!is_utf8(text, &bad_at)) {
    problems.add(code::syntax, at_octet(problems, bad_at),
                 fmt::format("octet 0x{:02x} is not UTF-8", static_cast<unsigned char>(text[bad_at])),
                 "save the file as UTF-8; it may be in Latin-1 or Windows-1252");
    return false;
  }
  return true;
}

}  // namespace rdnsgate::yaml
