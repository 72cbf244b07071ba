// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/glob_set.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/text/text.h"

namespace rdnsgate {

GlobSet::GlobSet(const std::vector<std::string_view>& patterns) {
  patterns_.reserve(patterns.size());
  std::map<Piece, std::size_t> owners;
  for (const auto pattern : patterns) {
    patterns_.push_back(ascii_lower(pattern));
    for (auto& piece : pieces_of(patterns_.back())) ++owners[std::move(piece)];
  }
  for (std::uint32_t i = 0; i < patterns_.size(); ++i) {
    const auto pieces = pieces_of(patterns_[i]);
    // The piece that fewest others have, and of those the longest.
    const auto best = std::min_element(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) {
      return std::pair(owners[a], b.text.size()) < std::pair(owners[b], a.text.size());
    });
    Bucket& bucket =
        best == pieces.end()
            ? without_piece_
            : buckets_[static_cast<std::size_t>(best->place)][best->text.size()][best->text];
    bucket.push_back(i);
  }
}

std::vector<GlobSet::Piece> GlobSet::pieces_of(std::string_view pattern) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t end = std::min(pattern.find_first_of("*?", at), pattern.size());
    auto text = pattern.substr(at, end - at);
    if (!text.empty()) {
      const Place place = at == 0                ? Place::begin
                          : end == pattern.size() ? Place::end
                                                  : Place::anywhere;
      // What may stand anywhere is looked for at each character, once for each length that there is: few lengths.
      if (place == Place::anywhere) text = text.substr(0, std::bit_floor(text.size()));
      pieces.push_back({place, std::string(text)});
    }
    at = end + 1;
  }
  return pieces;
}

template <typename Visit>
void GlobSet::for_each_candidate(std::string_view lower, const Visit& visit) const {
  std::string piece;
  const auto look = [&](const auto& bucket_of, std::string_view text) {
    piece = text;
    const auto found = bucket_of.find(piece);
    if (found == bucket_of.end()) return;
    for (const auto i : found->second) visit(i);
  };
  for (const auto i : without_piece_) visit(i);
  for (const auto& [length, bucket_of] : buckets_[static_cast<std::size_t>(Place::begin)]) {
    if (length > lower.size()) break;
    look(bucket_of, lower.substr(0, length));
  }
  for (const auto& [length, bucket_of] : buckets_[static_cast<std::size_t>(Place::end)]) {
    if (length > lower.size()) break;
    look(bucket_of, lower.substr(lower.size() - length));
  }
  for (const auto& [length, bucket_of] : buckets_[static_cast<std::size_t>(Place::anywhere)]) {
    for (std::size_t at = 0; at + length <= lower.size(); ++at) look(bucket_of, lower.substr(at, length));
  }
}

std::vector<std::size_t> GlobSet::matching(std::string_view text) const {
  std::vector<std::size_t> found;
  const std::string lower = ascii_lower(text);
  for_each_candidate(lower, [&](std::size_t i) {
    if (glob_match(patterns_[i], lower)) found.push_back(i);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::size_t GlobSet::first_matching(std::string_view text) const {
  std::size_t first = patterns_.size();
  const std::string lower = ascii_lower(text);
  for_each_candidate(lower, [&](std::size_t i) {
    if (i < first && glob_match(patterns_[i], lower)) first = i;
  });
  return first;
}

std::size_t GlobSet::most_alike() const {
  std::size_t most = without_piece_.size();
  for (const auto& pieces : buckets_) {
    for (const auto& [length, bucket_of] : pieces) {
      for (const auto& [piece, bucket] : bucket_of) most = std::max(most, bucket.size());
    }
  }
  return most;
}

}  // namespace rdnsgate
