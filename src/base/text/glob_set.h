// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rdnsgate {

/// Many shell-style patterns at once, each as glob_match() reads it: a text is held only against those of which a piece
/// stands in it, so that ten thousand patterns and a hundred thousand texts are no product of the two.
class GlobSet {
 public:
  GlobSet() = default;
  /// Keeps a copy of each.
  explicit GlobSet(const std::vector<std::string_view>& patterns);

  /// The patterns that match the text, as indices, ascending.
  std::vector<std::size_t> matching(std::string_view text) const;
  /// The first of them; the number of patterns where none matches.
  std::size_t first_matching(std::string_view text) const;
  std::size_t size() const { return patterns_.size(); }
  /// How many patterns, at most, are told from each other by no piece: each of their texts is held against all of them.
  std::size_t most_alike() const;

 private:
  /// Where a piece of a pattern stands in what it matches.
  enum class Place : std::uint8_t { begin, end, anywhere };
  struct Piece {
    Place place{};
    std::string text;
    auto operator<=>(const Piece&) const = default;
  };
  using Bucket = std::vector<std::uint32_t>;
  /// By length, so that a text is cut into no pieces of a length that nobody has.
  using Pieces = std::map<std::size_t, std::unordered_map<std::string, Bucket>>;

  static std::vector<Piece> pieces_of(std::string_view pattern);
  /// Calls `visit` with each pattern that may match, perhaps more than once.
  template <typename Visit>
  void for_each_candidate(std::string_view lower, const Visit& visit) const;

  std::vector<std::string> patterns_;  // in lower case
  std::array<Pieces, 3> buckets_;      // by Place
  Bucket without_piece_;               // `*`, `??`
};

}  // namespace rdnsgate
