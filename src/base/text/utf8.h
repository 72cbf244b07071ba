// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rdnsgate {

struct CodePoint {
  std::uint32_t code = 0;
  std::size_t octets = 0;  ///< that it takes; 0 where they are not well-formed UTF-8 (RFC 3629)
};

/// The code point that begins at this octet of the text.
CodePoint code_point_at(std::string_view text, std::size_t at);

/// How many octets of the text from there on are ASCII.
std::size_t ascii_run(std::string_view text, std::size_t at);
inline bool is_ascii(std::string_view text) { return ascii_run(text, 0) == text.size(); }

/// True where the bytes are well-formed UTF-8 (RFC 3629); `bad_at` gets the offset of the first bad byte.
bool is_utf8(std::string_view text, std::size_t* bad_at = nullptr);

}  // namespace rdnsgate
