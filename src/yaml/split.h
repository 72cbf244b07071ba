// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace rdnsgate::yaml {

/// What is read of a text: a stretch of it, but for a gap.
struct Extent {
  std::size_t begin = 0, end = 0;
  std::size_t gap_begin = 0, gap_end = 0;  ///< alike where there is none

  std::size_t size() const { return end - begin - (gap_end - gap_begin); }
  /// The octet of the text that is the nth of what is read.
  std::size_t octet(std::size_t nth) const {
    const std::size_t at = begin + nth;
    return at < gap_begin || gap_begin == gap_end ? at : at + (gap_end - gap_begin);
  }
};

/// A long list that is the value of a key at the top of a file, cut between its items.
struct Split {
  std::size_t key = 0;     ///< where the key begins
  std::size_t indent = 0;  ///< of the dashes
  Extent around;           ///< the file without the items
  std::vector<Extent> parts;
};

/// The largest such list, where it is in lines that tell by themselves that they begin an item; nullopt where none has
/// `least` octets for two parts at least. It is a guess: a line may stand in a text that goes over several. The list is what
/// the parts say of it where each of them, read by itself, is a whole list of its own, and what is around it has nothing
/// but null for it: then no bracket and no quote was open at a cut.
std::optional<Split> find_split(std::string_view text, std::size_t most_parts, std::size_t least);

}  // namespace rdnsgate::yaml
