// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/wrap.h"

#include <algorithm>
#include <vector>

#include "base/text/utf8.h"

namespace rdnsgate {
namespace {

/// Blocks whose characters are wide (Unicode Standard Annex #11, W and F), as far as names and comments have them.
bool is_wide(std::uint32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
         (code >= 0x20000 && code <= 0x3FFFD);
}

bool is_combining(std::uint32_t code) { return code >= 0x0300 && code <= 0x036F; }

/// Octets of the escape sequence that begins here (CSI, or OSC up to its terminator); 0 where none does.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2 || text[0] != '\x1b') return 0;
  if (text[1] == '[') {
    const auto end = text.find_first_of("mKJH", 2);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  const auto end = text.find("\x1b\\", 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

/// One character: where it begins, and the columns that it takes.
struct Glyph {
  std::size_t at = 0;
  std::size_t columns = 0;
};

template <typename Visit>
void for_each_glyph(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (const auto skipped = escape_length(text.substr(at)); skipped > 0) {
      at += skipped;
      continue;
    }
    const auto point = code_point_at(text, at);
    visit(Glyph{at, is_combining(point.code) ? std::size_t{0}
                    : is_wide(point.code)    ? std::size_t{2}
                                             : std::size_t{1}});
    at += std::max<std::size_t>(1, point.octets);
  }
}

/// The columns [from, to) of a text: whole characters.
std::string between(std::string_view text, std::size_t from, std::size_t to) {
  std::size_t column = 0, begin = text.size(), end = text.size();
  for_each_glyph(text, [&](const Glyph& glyph) {
    if (column >= from && begin == text.size()) begin = glyph.at;
    column += glyph.columns;
    if (column > to && end == text.size()) end = glyph.at;
  });
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for_each_glyph(text, [&](const Glyph& glyph) { columns += glyph.columns; });
  return columns;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent, std::size_t used) {
  if (width == 0) return std::string(text);
  std::string out;
  std::size_t column = used;
  bool begins = true;  // nothing of ours stands on this line yet
  while (!text.empty()) {
    const auto blank = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, blank);
    const auto columns = columns_of(word);
    // Where even a line of its own is too short, a word stays where it is.
    const bool fits = column + (begins ? 0 : 1) + columns <= width;
    const bool helps = !begins || (out.empty() && used > indent.size());
    if (!fits && helps) {
      out.append("\n").append(indent);
      column = indent.size();
      begins = true;
    }
    if (!begins) {
      out += ' ';
      ++column;
    }
    out += word;
    column += columns;
    begins = false;
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return out;
}

std::string fitted_excerpt(std::string_view excerpt, std::size_t width) {
  const auto line_end = excerpt.find('\n');
  if (width < 20 || line_end == std::string_view::npos) return std::string(excerpt);
  const auto line = excerpt.substr(0, line_end);
  auto carets = excerpt.substr(line_end + 1);
  if (carets.ends_with('\n')) carets.remove_suffix(1);
  const auto total = columns_of(line);
  if (total <= width && carets.size() <= width) return std::string(excerpt);
  constexpr std::string_view margin = "    ";
  if (!line.starts_with(margin) || !carets.starts_with(margin)) return std::string(excerpt);
  const auto body = line.substr(margin.size());
  const std::size_t room = width - margin.size() - 2;  // and an ellipsis at either end
  const std::size_t columns = total - margin.size();
  const std::size_t caret = carets.find('^') - margin.size();
  const std::size_t marked = carets.size() - margin.size() - caret;
  // The marked part stands in the middle, or its beginning at the left where it is too long.
  const std::size_t before = marked >= room ? 0 : (room - marked) / 2;
  std::size_t from = caret > before ? caret - before : 0;
  if (columns > room) from = std::min(from, columns - room);
  from = std::min(from, caret);
  if (from == 1) from = 0;
  const std::size_t to = std::min(columns, from + room + (from == 0 ? 1 : 0));
  const std::string_view head = from > 0 ? "…" : "", tail = to < columns ? "…" : "";
  std::string out;
  out.append(margin).append(head).append(between(body, from, to)).append(tail).append("\n").append(margin);
  out.append(caret - from + (from > 0 ? 1 : 0), ' ');
  out.append(std::max<std::size_t>(1, std::min(marked, to > caret ? to - caret : 1)), '^').append("\n");
  return out;
}

}  // namespace rdnsgate
