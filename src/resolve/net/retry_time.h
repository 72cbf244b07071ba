// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>

#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// When a question is asked again that nobody has answered yet: after what a server's answers take, as
/// measured (RFC 6298 §2), and never sooner than one that nobody has heard yet is asked again. Every try
/// stays open until the question's end, so that a try too many costs a packet and no answer.
class RetryTime {
 public:
  /// `first`: from the first try to the second, of a server that nobody has heard yet; the third follows
  /// after twice that. `total`: all tries of one question together.
  RetryTime(Clock::duration first, Clock::duration total)
      : first_(std::max<Clock::duration>(first, std::chrono::milliseconds(1))), total_(total), rto_(first_) {}

  /// A reply came so long after the try that it answers: each try has an id of its own, so that there is no
  /// doubt which (§3).
  void measured(Clock::duration took) {
    if (!heard_) {
      smoothed_ = took;
      variation_ = took / 2;
      heard_ = true;
    } else {
      variation_ = (3 * variation_ + std::chrono::abs(smoothed_ - took)) / 4;
      smoothed_ = (7 * smoothed_ + took) / 8;
    }
    rto_ = std::max(first_, smoothed_ + 4 * variation_);
  }

  /// What an answer takes that comes; a guess while there was none.
  Clock::duration typical() const { return heard_ ? smoothed_ : first_; }

  /// From try number `tries` to the next, where it is not answered. Bounded so that the third of a slow
  /// server still has two fifths of the time to be answered in.
  Clock::duration after(unsigned tries) const {
    const auto second = std::min(rto_, std::max(first_, total_ * 2 / 5));
    if (tries < 2) return second;
    return std::max(first_, std::min(2 * second, total_ * 3 / 5 - second));
  }

 private:
  Clock::duration first_, total_, rto_;
  Clock::duration smoothed_{}, variation_{};
  bool heard_ = false;
};

}  // namespace rdnsgate::resolve
