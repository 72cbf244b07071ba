// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

namespace rdnsgate::dns {

/// Whether serial `a` is after `b` (RFC 1982 §3.2). Of two that are 2^31 apart neither is defined to be; here
/// the greater number is, so that there is always one that is newest.
constexpr bool is_newer_serial(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t ahead = a - b;
  return ahead == 0x80000000u ? a > b : ahead != 0 && ahead < 0x80000000u;
}

}  // namespace rdnsgate::dns
