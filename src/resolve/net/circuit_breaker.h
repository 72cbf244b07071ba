// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// Sets a server aside for a while that says nothing at all. Counts the questions that nobody answered, to
/// any of their tries until their end, while nobody else was answered either: a server that loses single
/// packets is only busy, and one that is slow is not dead.
class CircuitBreaker {
 public:
  static constexpr unsigned limit = 20;
  /// One that was set aside and is still silent is believed sooner.
  static constexpr unsigned limit_of_return = 3;

  explicit CircuitBreaker(milliseconds aside_time) : aside_time_(aside_time) {}

  /// The server is not to be asked now.
  bool open(Clock::time_point now) const { return now < aside_until_; }

  void replied(Clock::time_point now) {
    last_reply_ = now;
    silent_ = 0;
    limit_ = limit;
  }

  /// There is no point in asking it now.
  void set_aside(Clock::time_point now) { aside_until_ = now + aside_time_; }

  /// A question that was first sent at `sent` has had its time.
  void silent(Clock::time_point sent, Clock::time_point now) {
    if (open(now) || sent <= last_reply_ || sent < aside_until_) return;
    if (++silent_ < limit_) return;
    silent_ = 0;
    limit_ = limit_of_return;
    aside_until_ = now + aside_time_;
  }

 private:
  milliseconds aside_time_;
  Clock::time_point last_reply_{}, aside_until_{};
  unsigned silent_ = 0, limit_ = limit;  ///< questions in a row without any reply
};

}  // namespace rdnsgate::resolve
