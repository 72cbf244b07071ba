// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/utf8.h"

#include <cstring>

namespace rdnsgate {

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t octets = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + octets > text.size()) return {0, 0};
  std::uint32_t code = lead & (octets == 4 ? 0x07u : octets == 3 ? 0x0Fu : 0x1Fu);
  for (std::size_t i = 1; i < octets; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {0, 0};
    code = (code << 6) | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (octets == 3 && code < 0x800) || (octets == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code > 0x10FFFF) return {0, 0};
  return {code, octets};
}

std::size_t ascii_run(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  // Nearly all of a large text is: eight octets at a time.
  for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - begin;
}

bool is_utf8(std::string_view text, std::size_t* bad_at) {
  for (std::size_t at = 0; at < text.size();) {
    if (const auto plain = ascii_run(text, at); plain > 0) {
      at += plain;
      continue;
    }
    const auto decoded = code_point_at(text, at);
    if (decoded.octets == 0) {
      if (bad_at != nullptr) *bad_at = at;
      return false;
    }
    at += decoded.octets;
  }
  return true;
}

}  // namespace rdnsgate
