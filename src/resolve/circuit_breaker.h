// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "resolve/loop.h"

namespace rdnsgate::resolve {

/// Sets a server aside for a while that says nothing at all. Counts the tries that nobody answered while
/// nobody else was answered either: a server that loses single packets is only busy. Of a question that will
/// be asked again the first try does not count.
class CircuitBreaker {
 public:
  static constexpr unsigned limit = 20;
  /// One that was set aside and is still silent is believed sooner: as many tries as one question has.
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

  /// A try that was sent at `sent` has had its time.
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
  unsigned silent_ = 0, limit_ = limit;  ///< tries in a row without any reply
};

}  // namespace rdnsgate::resolve
