// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>

#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// How many questions one server bears at a time, found out by asking it: what overflows its socket is lost,
/// and waits a second to be asked again. A socket with the system's default buffer of 212,992 octets holds
/// 277 small datagrams (768 octets each, with what the kernel adds), so that 128 questions never overrun it,
/// and keep any server next door busy. More are of use only where answers take their way from afar or through
/// a resolver that waits for others; there the more are open, the more are answered in a second. So the
/// window is made larger for a moment every now and then, and stays so only where answers came faster by it;
/// else what was added merely stood in line (as BBR finds that a path is full). Of two such moments in a row
/// that chance made look better, the second still fits into the socket. Of a server that never answered at
/// once it is larger with every round, until even the fastest reply of a round takes longer than it did: then
/// questions stand in line there (as HyStart finds it, RFC 9406). A loss halves the window.
class Window {
 public:
  static constexpr std::size_t first = 128, least = 32;

  explicit Window(std::size_t most) : most_(std::max<std::size_t>(most, 1)), size_(std::min(first, most_)) {}

  std::size_t size() const { return size_; }

  /// What was sent at `sent` was answered.
  void replied(Clock::time_point sent, Clock::time_point now) {
    ++replies_;
    fastest_ = std::min(fastest_, now - sent);
    // A round is over when something is answered that was sent in it.
    if (sent >= began_ && now - began_ >= least_round && replies_ >= size_) end_round(now);
  }

  /// A question that was sent at `sent` was not answered. Losses among what was sent before the window was
  /// last halved are the same news.
  void lost(Clock::time_point sent, Clock::time_point now) {
    if (sent <= halved_) return;
    before_ = {size_, halved_, now};
    halved_ = now;
    hold_for_ = std::max(hold_for_, hold_after_loss);
    hold(std::max(size_ / 2, std::min(least, most_)), now);
  }

  /// What was sent at `sent` had been taken for lost, and was only late. Where it may have been what halved
  /// the window, the window is what it was (as RFC 4015 has it for TCP).
  void was_late(Clock::time_point sent) {
    if (!before_ || sent > before_->at || sent <= before_->halved) return;
    size_ = std::max(size_, before_->size);
    rate_ = 0;  // that of a smaller one
    halved_ = before_->halved;
    before_.reset();
  }

 private:
  enum class Phase {
    hold,    ///< nothing is tried: how fast do answers come at this size?
    settle,  ///< the window was enlarged: answers to what was sent before still come
    probe,   ///< how fast do they come at the larger size?
  };
  // What it adds is sent at once.
  static constexpr double growth = 0.4;
  static constexpr std::size_t most_growth = 128;
  static constexpr unsigned hold_after_loss = 4, most_hold = 64;  ///< rounds from one attempt to the next
  // Where answers come at once, a round is long enough that the scheduler's chances are evened out.
  static constexpr std::chrono::milliseconds least_round{50};
  // A server that takes less time for an answer is asked fast enough: more than 12,800 times a second.
  static constexpr std::chrono::milliseconds slow{10};

  void end_round(Clock::time_point now) {
    least_ = std::min(least_, fastest_);
    if (least_ >= slow) return end_far_round(now);
    const double rate = static_cast<double>(replies_) / std::chrono::duration<double>(now - began_).count();
    switch (phase_) {
      case Phase::hold:
        rate_ = std::max(rate_, rate);
        if (++held_ >= hold_for_ && size_ < most_ && (size_ < first || is_slow())) return enlarge(now);
        break;
      case Phase::settle:
        phase_ = Phase::probe;
        break;
      case Phase::probe:
        if (rate >= enough() * rate_) {
          rate_ = rate;
          return enlarge(now);
        }
        hold_for_ = std::min(2 * hold_for_, most_hold);
        return hold(smaller_, now);
    }
    begin_round(now);
  }

  void end_far_round(Clock::time_point now) {
    const bool waits = fastest_ > least_ + least_ / 8;
    if (waits || ++held_ < hold_for_ || size_ == most_) return begin_round(now);
    size_ = larger();
    begin_round(now);
  }

  /// An answer takes that long on the average, as far as one round tells (Little's law).
  bool is_slow() const {
    return static_cast<double>(size_) > std::chrono::duration<double>(slow).count() * rate_;
  }

  std::size_t larger() const {
    const auto added = static_cast<std::size_t>(growth * static_cast<double>(size_));
    return std::min(size_ + std::clamp<std::size_t>(added, 1, most_growth), most_);
  }

  /// A larger window is worth while where half of what it has more is also more in answers a second.
  double enough() const { return (1 + static_cast<double>(size_) / static_cast<double>(smaller_)) / 2; }

  void enlarge(Clock::time_point now) {
    smaller_ = size_;
    if (size_ == most_) return hold(size_, now);
    size_ = larger();
    phase_ = Phase::settle;
    begin_round(now);
  }

  void hold(std::size_t size, Clock::time_point now) {
    size_ = size;
    phase_ = Phase::hold;
    held_ = 0;
    rate_ = 0;
    begin_round(now);
  }

  void begin_round(Clock::time_point now) {
    began_ = now;
    replies_ = 0;
    fastest_ = Clock::duration::max();
  }

  struct Before {
    std::size_t size;
    Clock::time_point halved, at;
  };
  std::size_t most_, size_;
  Phase phase_ = Phase::hold;
  unsigned held_ = 0, hold_for_ = 2;
  std::size_t smaller_ = 0;  ///< the size before it was enlarged
  double rate_ = 0;          ///< answers a second at that size, at best
  std::size_t replies_ = 0;  ///< in this round
  Clock::duration fastest_ = Clock::duration::max(), least_ = fastest_;  ///< reply of this round, and of all
  Clock::time_point began_{}, halved_{};
  std::optional<Before> before_;  ///< the last loss
};

}  // namespace rdnsgate::resolve
