// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rdnsgate::lsp {

/// A place in a text as LSP 3.17 counts: lines from 0, which end in CR LF, LF or CR; and on the line UTF-16
/// code units from 0.
struct Position {
  std::size_t line = 0, character = 0;
  bool operator==(const Position&) const = default;
  auto operator<=>(const Position&) const = default;
};

/// Where the lines of a text begin, to go from offsets in octets to positions and back.
class Lines {
 public:
  explicit Lines(std::string_view text);

  /// An offset behind the end is the end.
  Position position(std::size_t offset) const;
  /// A position behind the end of its line is that end, and one behind the last line the end of the text; one
  /// between two surrogates is before both.
  std::size_t offset(Position position) const;
  /// The line without its end; empty behind the last.
  std::string_view line(std::size_t number) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> begins_;
};

}  // namespace rdnsgate::lsp
