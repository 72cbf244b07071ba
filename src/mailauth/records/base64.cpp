// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/base64.h"

#include "base/ascii.h"

namespace rdnsgate::mailauth {
namespace {

/// 0 to 63; -1 where it is none of them.
int digit_of(char c) {
  if (is_upper(c)) return c - 'A';
  if (is_lower(c)) return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

Base64 decode_base64(std::string_view text) {
  Base64 out;
  out.octets.reserve(text.size() / 4 * 3);
  const auto broken = [&](Base64::Fault fault, std::size_t at) {
    if (out.fault == Base64::Fault::none) out.fault = fault, out.at = at;
  };
  std::uint32_t bits = 0;
  std::size_t digits = 0, padding = 0, last = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') {
      if (++padding > 2 || digits % 4 < 2 || digits % 4 + padding > 4) broken(Base64::Fault::excess, at);
      last = at;
      continue;
    }
    const int digit = digit_of(c);
    if (digit < 0) {
      broken(Base64::Fault::character, at);
      continue;
    }
    if (padding > 0) broken(Base64::Fault::excess, last);
    last = at;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    // Each digit but the first of four completes an octet.
    if (digits++ % 4 != 0) out.octets += static_cast<char>(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xFF);
  }
  if (digits % 4 == 1) broken(Base64::Fault::length, last);
  if (digits % 4 != 0 && digits % 4 + padding < 4) broken(Base64::Fault::padding, last);
  return out;
}

}  // namespace rdnsgate::mailauth
