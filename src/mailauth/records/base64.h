// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rdnsgate::mailauth {

/// What base64 (RFC 4648 §4) with white space in it says, or the first thing that is wrong with it.
struct Base64 {
  enum class Fault : std::uint8_t {
    none,
    character,  ///< one that is not of the alphabet
    padding,    ///< no padding, or too little
    excess,     ///< padding that should not be there, or something behind it
    length,     ///< a character too many or too few
  };
  std::string octets;  ///< as far as it could be read
  Fault fault = Fault::none;
  std::size_t at = 0;  ///< where, as an offset into the text
};
Base64 decode_base64(std::string_view text);

}  // namespace rdnsgate::mailauth
