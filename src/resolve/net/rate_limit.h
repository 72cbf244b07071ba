// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/ip.h"
#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// Questions a second for a resolver that nobody set a rate for. A public one belongs to somebody else and is
/// asked politely; one at an address that the Internet does not reach (private, loopback, documentation: RFC
/// 6890) is one's own, and 0, no limit, is for it.
inline unsigned polite_rate(const IpAddress& server, unsigned towards_strangers = 50) {
  const auto* special = special_purpose(server);
  return special == nullptr || special->globally_reachable ? towards_strangers : 0;
}

/// Of a name server that holds zones of ours, but may be a provider's.
inline unsigned rate_for_own_zones(const IpAddress& server) { return polite_rate(server, 500); }

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
    const auto granted = std::min(wanted, static_cast<std::size_t>(std::max(tokens_, 0.0)));
    tokens_ -= static_cast<double>(granted);
    return granted;
  }

  /// What was granted and could not be used.
  void give_back(std::size_t count) {
    if (rate_ != 0) tokens_ = std::min(burst_, tokens_ + static_cast<double>(count));
  }

  /// One that had to go at once, such as over TCP after a truncated reply; what follows waits the longer.
  void spend() {
    if (rate_ != 0) tokens_ -= 1;
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
