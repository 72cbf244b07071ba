// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Octets of the wire format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rdnsgate::dns {

/// Of a DNS message, RFC 1035 §4.1.1.
constexpr std::size_t header_size = 12;

/// The octet at `at`, which has to be there.
inline unsigned octet(std::string_view octets, std::size_t at) { return static_cast<unsigned char>(octets[at]); }

/// Appends the lower 16 bits of `value` in network byte order.
inline void append16(std::string& out, std::size_t value) {
  const char octets[] = {static_cast<char>((value >> 8) & 0xff), static_cast<char>(value & 0xff)};
  out.append(octets, sizeof octets);
}

}  // namespace rdnsgate::dns
