// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/precheck.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"

namespace rdnsgate::inventory {
namespace {

// yaml-cpp keeps every token of a line that may yet turn out to be a key, at about 240 octets each: a line of
// 50 million brackets costs it 11 GB.
constexpr std::size_t max_line = 256 * 1024;

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t' && c != '\n' && c != '\r') || octet == 0x7F;
}

Span at_octet(const Problems& problems, std::size_t at) {
  return {problems.file(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)};
}

/// One pass for control characters (YAML 1.2.2 §5.1; yaml-cpp would also take 0x04 for the end of the file)
/// and for line lengths.
bool check_octets(Problems& problems, std::string_view text) {
  std::size_t line_start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') {
      line_start = at + 1;
    } else if (is_control(text[at])) {
      const Span span = at_octet(problems, at);
      if (text[at] == '\0') {
        problems.add(code::syntax, span, "this is a binary file, not an inventory: it has an octet of value zero",
                     "an inventory is a YAML file in UTF-8");
      } else {
        problems.add(code::syntax, span,
                     fmt::format("a control character (octet 0x{:02x}) cannot stand in YAML", static_cast<unsigned char>(text[at])),
                     "delete it; an editor may not show it");
      }
      return false;
    } else if (at - line_start >= max_line) {
      problems.add(code::limit, at_octet(problems, line_start),
                   fmt::format("this line is longer than {} KiB", max_line / 1024), "write one entry a line");
      return false;
    }
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
  if (!check_octets(problems, text)) return false;
  std::size_t bad_at = 0;
  if (!is_utf8(text, &bad_at)) {
    problems.add(code::syntax, at_octet(problems, bad_at),
                 fmt::format("octet 0x{:02x} is not UTF-8", static_cast<unsigned char>(text[bad_at])),
                 "save the file as UTF-8; it may be in Latin-1 or Windows-1252");
    return false;
  }
  return true;
}

}  // namespace rdnsgate::inventory
