// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::logs {

/// Finds any of a few hundred words in a text, without ASCII case, and steps over most octets of it (Wu and Manber,
/// "A fast algorithm for multi-pattern searching", 1994), by the rarest octets of each word. What it does at an octet is
/// bounded by the words alone. A word of letters with a `=` behind it is the name of a value, and does not count.
class Anchors {
 public:
  static constexpr std::size_t shortest = 4;

  /// Lower-case words of four octets and more.
  explicit Anchors(std::vector<std::string> words);

  /// Where a word begins, the first by its rarest octets; npos where there is none.
  std::size_t find(std::string_view text, std::size_t from = 0) const;

  /// Calls `visit` with the index of each word that is in the text, as often as it is there.
  template <typename Visit>
  void each(std::string_view text, const Visit& visit) const {
    std::size_t at = window_ - 1;
    while ((at = next(text, at)) != std::string_view::npos) {
      for (const auto word : at_block(text, at)) {
        if (begin_of(text, 0, at, word) != std::string_view::npos) visit(word);
      }
      ++at;
    }
  }

 private:
  struct Word {
    std::string text;
    std::size_t offset = 0;   ///< of the window
    bool is_letters = false;  ///< so that it may be the name of a value
  };

  static std::size_t block(char first, char second) {
    return (static_cast<std::size_t>(static_cast<unsigned char>(first)) << 8) |
           static_cast<unsigned char>(second);
  }
  /// Where the word begins whose window ends at `at`; npos where it is not there, or begins before `from`.
  std::size_t begin_of(std::string_view text, std::size_t from, std::size_t at, std::uint16_t word) const;
  /// The next octet, from `at` on, at which the window of a word may end.
  std::size_t next(std::string_view text, std::size_t at) const;
  const std::vector<std::uint16_t>& at_block(std::string_view text, std::size_t at) const;

  std::vector<Word> words_;
  std::size_t window_ = shortest;                    ///< octets of each word that are looked for at once
  std::vector<std::uint8_t> shift_;                  ///< by block: how far the window may be moved
  std::vector<std::uint16_t> bucket_;                ///< by block, where the shift is 0
  std::vector<std::vector<std::uint16_t>> buckets_;  ///< words whose window ends in the block
};

/// The number of line feeds.
std::size_t count_lines(std::string_view text);

}  // namespace rdnsgate::logs
