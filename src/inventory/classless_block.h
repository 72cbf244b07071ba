// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip.h"

namespace rdnsgate::inventory {

/// An octet as addresses have it (IpAddress::read), without leading zeros, and nothing else.
inline std::optional<unsigned> octet_of(std::string_view text) {
  constexpr std::size_t most_digits = 3;
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  const auto address = IpAddress::read(std::string("0.0.0.").append(text));
  return address && address->is_v4() ? std::optional<unsigned>(address->octet(3)) : std::nullopt;
}

/// The last octets that a label stands for which names a part of a /24 (RFC 2317 §4).
struct ClasslessBlock {
  unsigned first = 0, last = 0;
  bool holds(unsigned octet) const { return first <= octet && octet <= last; }
};

/// `0/26` and `0-26` by first octet and prefix length (the second is RFC 4183's way), `0-63` by first and
/// last. nullopt for any other label, and for what is no block.
inline std::optional<ClasslessBlock> classless_block(std::string_view label) {
  const auto separator = label.find_first_of("/-");
  if (separator == std::string_view::npos) return std::nullopt;
  const auto first = octet_of(label.substr(0, separator)), second = octet_of(label.substr(separator + 1));
  if (!first || !second) return std::nullopt;
  const auto is_block = [&](unsigned size) { return (size & (size - 1)) == 0 && *first % size == 0; };
  if (label[separator] == '-' && *second > *first && is_block(*second - *first + 1))
    return ClasslessBlock{*first, *second};
  if (*second < 25 || *second > 30 || !is_block(1u << (32 - *second))) return std::nullopt;
  return ClasslessBlock{*first, *first + (1u << (32 - *second)) - 1};
}

}  // namespace rdnsgate::inventory
