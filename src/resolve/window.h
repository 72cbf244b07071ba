// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>

#include "resolve/loop.h"

namespace rdnsgate::resolve {

/// How many questions one server bears at a time, found out by asking it: what overflows its socket is lost,
/// comes back as a timeout a second later, and would be read as "could not find out". The window doubles with
/// every round of replies until the first loss, is halved by a loss, and then grows by one a round (the way
/// of RFC 5681 §3.1, in questions instead of octets).
class Window {
 public:
  static constexpr std::size_t first = 128, least = 32;

  explicit Window(std::size_t most)
      : most_(std::max<std::size_t>(most, 1)), size_(static_cast<double>(std::min(first, most_))) {}

  std::size_t size() const { return static_cast<std::size_t>(size_); }

  void replied() {
    size_ += slow_start_ ? 1.0 : 1.0 / size_;
    size_ = std::min(size_, static_cast<double>(most_));
  }

  /// A question that was sent at `sent` was not answered. Losses among what was sent before the window was
  /// last halved are the same news.
  void lost(Clock::time_point sent, Clock::time_point now) {
    if (sent <= halved_) return;
    halved_ = now;
    slow_start_ = false;
    size_ = std::max(size_ / 2, static_cast<double>(std::min(least, most_)));
  }

 private:
  std::size_t most_;
  double size_;
  bool slow_start_ = true;
  Clock::time_point halved_{};
};

}  // namespace rdnsgate::resolve
