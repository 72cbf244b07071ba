// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/position.h"

#include <algorithm>

namespace rdnsgate::lsp {
namespace {

/// UTF-16 code units of the character that begins with this octet of UTF-8; none where it is no beginning.
std::size_t units(char octet) {
  const auto value = static_cast<unsigned char>(octet);
  if (value >= 0x80 && value < 0xC0) return 0;
  return value >= 0xF0 ? 2 : 1;
}

}  // namespace

Lines::Lines(std::string_view text) : text_(text), begins_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
      begins_.push_back(i + 1);
  }
}

std::string_view Lines::line(std::size_t number) const {
  if (number >= begins_.size()) return {};
  const auto begin = begins_[number];
  auto line = text_.substr(begin, (number + 1 < begins_.size() ? begins_[number + 1] : text_.size()) - begin);
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Position Lines::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const auto number = static_cast<std::size_t>(after - begins_.begin()) - 1;
  Position position{number, 0};
  for (const char octet : line(number).substr(0, offset - begins_[number]))
    position.character += units(octet);
  return position;
}

std::size_t Lines::offset(Position position) const {
  if (position.line >= begins_.size()) return text_.size();
  const auto whole = line(position.line);
  std::size_t at = 0, seen = 0;
  while (at < whole.size()) {
    seen += units(whole[at]);
    if (seen > position.character) break;
    ++at;
    while (at < whole.size() && units(whole[at]) == 0) ++at;
  }
  return begins_[position.line] + at;
}

}  // namespace rdnsgate::lsp
