// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <event2/event.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "base/duration.h"
#include "base/result.h"
#include "dns/wire/packet_log.h"

namespace rdnsgate::resolve {

using Clock = std::chrono::steady_clock;

/// As a fact says how long a reply took: never negative, and about an hour at most.
std::uint32_t microseconds_between(Clock::time_point from, Clock::time_point to);

/// Microseconds since 1970, for packets that are kept.
std::int64_t now_us();

struct EventFree {
  void operator()(event* handle) const { event_free(handle); }
  void operator()(event_base* base) const { event_base_free(base); }
};

/// The event loop that all vantages of a panel share.
class Loop {
 public:
  static Result<std::unique_ptr<Loop>> make();
  event_base* base() const { return base_.get(); }

  /// Waits until something happens, at most until `deadline`, and serves what is ready.
  void serve(Clock::time_point deadline);

  /// Where messages of all sockets on this loop are kept as they were sent and received; nullptr: nowhere.
  void set_packets(std::shared_ptr<dns::PacketLog> packets) { packets_ = std::move(packets); }
  dns::PacketLog* packets() const { return packets_.get(); }

 private:
  explicit Loop(event_base* base);
  std::unique_ptr<event_base, EventFree> base_;
  std::unique_ptr<event, EventFree> deadline_;
  std::shared_ptr<dns::PacketLog> packets_;
};

/// A one-shot timer on a loop; the callback runs inside Loop::serve.
class Timer {
 public:
  Timer(Loop& loop, std::function<void()> expired);
  /// Runs at `at`, and not at the moment that was set before.
  void set(Clock::time_point at);
  void cancel();

 private:
  std::function<void()> expired_;
  std::unique_ptr<event, EventFree> event_;
};

/// Calls back whenever a descriptor can be read. The descriptor is not owned and must outlive this.
class Readable {
 public:
  Readable(Loop& loop, int descriptor, std::function<void()> ready);

 private:
  std::function<void()> ready_;
  std::unique_ptr<event, EventFree> event_;
};

}  // namespace rdnsgate::resolve
