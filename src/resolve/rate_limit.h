// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>

#include "resolve/loop.h"

namespace rdnsgate::resolve {

/// A token bucket: at most `per_second` questions a second, a twentieth of that at once. 0 means no limit.
class RateLimit {
 public:
  explicit RateLimit(unsigned per_second)
      : rate_(per_second), burst_(std::max(1.0, rate_ / 20)), tokens_(burst_) {}

  /// How many of `wanted` may go now; they count as gone.
  std::size_t take(std::size_t wanted, Clock::time_point now) {
    if (rate_ == 0) return wanted;
    if (last_ != Clock::time_point{})
      tokens_ = std::min(burst_, tokens_ + rate_ * std::chrono::duration<double>(now - last_).count());
    last_ = now;
    const auto granted = std::min(wanted, static_cast<std::size_t>(tokens_));
    tokens_ -= static_cast<double>(granted);
    return granted;
  }

  /// What was granted and could not be used.
  void give_back(std::size_t count) {
    if (rate_ != 0) tokens_ = std::min(burst_, tokens_ + static_cast<double>(count));
  }

  /// When the next one may go.
  Clock::time_point next(Clock::time_point now) const {
    if (rate_ == 0 || tokens_ >= 1) return now;
    return now + std::chrono::ceil<Clock::duration>(std::chrono::duration<double>((1 - tokens_) / rate_));
  }

 private:
  double rate_, burst_, tokens_;
  Clock::time_point last_{};
};

}  // namespace rdnsgate::resolve
