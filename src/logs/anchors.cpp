// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/anchors.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/ascii.h"

namespace rdnsgate::logs {
namespace {

constexpr std::size_t all_blocks = std::size_t{1} << 16;

/// The two ways to write a letter.
std::array<char, 2> cases(char c) { return {c, to_upper(c)}; }

/// How common an octet is in a log.
std::uint64_t commonness(char c) {
  constexpr std::string_view common_first = " etaoinsrlmd=:.cpfhugxw0123456789b<>@vky/";
  const auto found = common_first.find(c);
  return found == std::string_view::npos ? 1 : common_first.size() - found;
}

/// Picks the window of each word so that windows together have few blocks, and rare ones: each is one more at which a
/// search has to look twice.
class Windows {
 public:
  explicit Windows(std::size_t size) : size_(size), used_(all_blocks) {}

  /// Where the window of the word begins.
  std::size_t of(std::string_view word) {
    std::size_t best = 0;
    std::uint64_t least = ~std::uint64_t{0};
    for (std::size_t at = 0; at + size_ <= word.size(); ++at) {
      std::uint64_t sum = 0;
      for (std::size_t i = at; i + 1 < at + size_; ++i) {
        const std::uint64_t pair = commonness(word[i]) * commonness(word[i + 1]);
        if (!used_[block(word, i)]) sum += pair * pair;
      }
      if (sum < least) {
        least = sum;
        best = at;
      }
    }
    for (std::size_t i = best; i + 1 < best + size_; ++i) used_[block(word, i)] = true;
    return best;
  }

 private:
  static std::size_t block(std::string_view word, std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(word[at])) << 8 |
           static_cast<unsigned char>(word[at + 1]);
  }

  std::size_t size_;
  std::vector<bool> used_;
};

}  // namespace

Anchors::Anchors(std::vector<std::string> words) {
  if (!words.empty()) window_ = 255;
  for (const auto& word : words) window_ = std::min(window_, word.size());
  shift_.assign(all_blocks, static_cast<std::uint8_t>(window_ - 1));
  bucket_.assign(all_blocks, 0);
  std::vector<std::size_t> order(words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // A short word has no choice: what it has to have is free for the others.
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return words[a].size() < words[b].size(); });
  Windows windows(window_);
  std::vector<std::size_t> offsets(words.size());
  for (const auto w : order) offsets[w] = windows.of(words[w]);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::size_t offset = offsets[w];
    const auto window = std::string_view(words[w]).substr(offset, window_);
    for (std::size_t i = 0; i + 1 < window_; ++i) {
      const auto shift = static_cast<std::uint8_t>(window_ - 2 - i);
      const std::size_t folded = block(window[i], window[i + 1]);
      if (shift == 0 && bucket_[folded] == 0) {
        buckets_.emplace_back();
        bucket_[folded] = static_cast<std::uint16_t>(buckets_.size());
      }
      if (shift == 0) buckets_[bucket_[folded] - 1U].push_back(static_cast<std::uint16_t>(w));
      for (const char first : cases(window[i])) {
        for (const char second : cases(window[i + 1])) {
          auto& known = shift_[block(first, second)];
          known = std::min(known, shift);
        }
      }
    }
    const bool is_letters = std::all_of(words[w].begin(), words[w].end(), is_letter);
    words_.push_back({std::move(words[w]), offset, is_letters});
  }
}

const std::vector<std::uint16_t>& Anchors::at_block(std::string_view text, std::size_t at) const {
  return buckets_[bucket_[block(to_lower(text[at - 1]), to_lower(text[at]))] - 1U];
}

std::size_t Anchors::begin_of(std::string_view text, std::size_t from, std::size_t at,
                              std::uint16_t word) const {
  const auto& [wanted, offset, is_letters] = words_[word];
  const std::size_t window_begin = at + 1 - window_;
  if (window_begin < from + offset) return std::string_view::npos;
  const std::size_t begin = window_begin - offset;
  if (text.size() - begin < wanted.size()) return std::string_view::npos;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (to_lower(text[begin + i]) != wanted[i]) return std::string_view::npos;
  }
  const std::size_t end = begin + wanted.size();
  return is_letters && end < text.size() && text[end] == '=' ? std::string_view::npos : begin;
}

std::size_t Anchors::next(std::string_view text, std::size_t at) const {
  const auto* const shifts = shift_.data();
  const auto* const octets = text.data();
  const std::size_t most = window_ - 1, ahead = 3 * most;
  const auto shift_at = [&](std::size_t place) -> std::size_t {
    return shifts[block(octets[place - 1], octets[place])];
  };
  while (at < text.size()) {
    // Four windows side by side do not wait for each other; mostly none of them holds a word.
    while (at + ahead < text.size() &&
           shift_at(at) + shift_at(at + most) + shift_at(at + 2 * most) + shift_at(at + ahead) == 4 * most)
      at += 4 * most;
    if (at >= text.size()) break;
    const std::size_t shift = shift_at(at);
    if (shift == 0) return at;
    at += shift;
  }
  return std::string_view::npos;
}

std::size_t Anchors::find(std::string_view text, std::size_t from) const {
  std::size_t at = from + window_ - 1;
  while ((at = next(text, at)) != std::string_view::npos) {
    for (const auto word : at_block(text, at)) {
      if (const auto begin = begin_of(text, from, at, word); begin != std::string_view::npos) return begin;
    }
    ++at;
  }
  return std::string_view::npos;
}

std::size_t count_lines(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, low = 0x7F7F7F7F7F7F7F7F, feeds = ones * '\n';
  std::size_t count = 0, at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    word ^= feeds;
    const std::uint64_t zero = ~(((word & low) + low) | word | low);  // 0x80 where the octet is a line feed
    count += static_cast<std::size_t>(((zero >> 7) * ones) >> 56);
  }
  return count + static_cast<std::size_t>(
                     std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '\n'));
}

}  // namespace rdnsgate::logs
