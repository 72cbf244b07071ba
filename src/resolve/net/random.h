// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace rdnsgate::resolve {

/// Unpredictable numbers from the kernel, fetched in bulk: message ids and ports are what stands between a
/// resolver and a forged answer (RFC 5452 §9.2).
class Random {
 public:
  std::uint16_t next();
  std::uint64_t next64() {
    std::uint64_t all = 0;
    for (int i = 0; i < 4; ++i) all = (all << 16) | next();
    return all;
  }

 private:
  std::array<std::uint16_t, 1024> numbers_{};
  std::size_t used_ = numbers_.size();
};

}  // namespace rdnsgate::resolve
