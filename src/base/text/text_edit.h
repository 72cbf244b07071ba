// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate {

/// A stretch of octets [begin, end) that another text stands for; an insertion where both are the same.
struct TextEdit {
  std::size_t begin = 0, end = 0;
  std::string text;
  bool operator==(const TextEdit&) const = default;
};

/// The text with these edits, which must not overlap; in any order, of insertions at one place the first
/// stays first.
std::string apply_edits(std::string_view text, std::vector<TextEdit> edits);

/// What `patch -p1` and `git apply` take from one text to the other, with three lines of context; empty where
/// there is no difference. `edits` are those that lead there: no search for the difference is made. `path` is
/// what both are called, behind a/ and b/.
std::string unified_diff(std::string_view text, std::vector<TextEdit> edits, std::string_view path);

}  // namespace rdnsgate
