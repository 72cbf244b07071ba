// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate::dns {

/// `1-9` or `1-9/2` of a $GENERATE directive: both ends belong to it.
struct GenerateRange {
  std::uint32_t start = 0, stop = 0, step = 1;
  std::size_t count() const { return (std::size_t{stop} - start) / step + 1; }
};

/// Fails where BIND 9.18 does, and for what it drops in silence (`1-9x`).
Result<GenerateRange> parse_generate_range(std::string_view text);

/// One that is written as the range token of a directive.
std::string to_string(const GenerateRange& range);

/// A template of $GENERATE: `$` stands for the number, `${offset[,width[,base]]}` for the sum of it and the
/// offset, at least `width` characters long, in base d, o, x or X, or as nibbles from the last on (n, N);
/// `$$` and `\$` for a dollar sign. As in BIND 9.18, a `$` alone has the offset of the one before it.
class GenerateTemplate {
 public:
  explicit GenerateTemplate(std::string_view text) : text_(text) {}

  /// BIND's buffer; more than that is refused.
  static constexpr std::size_t most = 2047;

  /// For a number up to 2147483647. Fails where the template is none, where offset and number are more than a
  /// number can be, and where too much comes out.
  Result<std::string> expand(std::uint32_t number) const;

 private:
  std::string_view text_;
};

}  // namespace rdnsgate::dns
