// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

namespace rdnsgate::dns {

/// True where SOA serial `a` is newer than `b` (RFC 1982 §3.2); of two that cannot be compared neither is.
constexpr bool is_newer_serial(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t ahead = a - b;
  return ahead != 0 && ahead < 0x80000000u;
}

}  // namespace rdnsgate::dns
