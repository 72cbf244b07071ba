// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>

#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// How many questions libunbound is given at a time. Each takes about 19 KiB of its memory while it is open,
/// and what does not fit into the processor's cache costs a quarter more time: where this thread is busy
/// reading answers, a few are enough. Where it waits for them, because they take their way through the
/// Internet, it takes many.
class Pace {
 public:
  static constexpr std::size_t first = 64;

  explicit Pace(std::size_t most) : most_(std::max<std::size_t>(most, 1)), size_(std::min(first, most_)) {}

  std::size_t size() const { return size_; }

  /// An answer came; true where it was the last of a round, and end_round() is due.
  bool answered() { return ++count_ >= size_; }

  /// `worked`: the processor time of this thread so far.
  void end_round(Clock::time_point now, Clock::duration worked) {
    const bool waited = (worked - worked_) * 2 < now - since_;
    if (begun_ && waited) size_ = std::min(2 * size_, most_);
    begun_ = true;
    count_ = 0;
    since_ = now;
    worked_ = worked;
  }

 private:
  std::size_t most_, size_, count_ = 0;
  bool begun_ = false;  ///< the first round is for finding the servers
  Clock::time_point since_{};
  Clock::duration worked_{};
};

/// Processor time of the calling thread.
inline Clock::duration thread_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace rdnsgate::resolve
