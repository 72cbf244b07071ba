// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "dns/wire/packet.h"

namespace rdnsgate::dns {

/// Keeps messages in the order in which they were sent and received, up to a bound. For several threads: walks have theirs.
class PacketLog {
 public:
  /// `most_octets`: of messages, all together.
  explicit PacketLog(std::size_t most, std::size_t most_octets) : most_(most), most_octets_(most_octets) {}

  void add(Packet&& packet) {
    const std::lock_guard lock(mutex_);
    if (packets_.size() >= most_ || packet.message.size() > most_octets_ - octets_) {
      ++left_out_;
      return;
    }
    octets_ += packet.message.size();
    packets_.push_back(std::move(packet));
  }
  std::vector<Packet> take() {
    const std::lock_guard lock(mutex_);
    octets_ = 0;
    return std::exchange(packets_, {});
  }
  /// How many were not kept, since there were too many.
  std::size_t left_out() const {
    const std::lock_guard lock(mutex_);
    return left_out_;
  }

 private:
  const std::size_t most_, most_octets_;
  mutable std::mutex mutex_;
  std::vector<Packet> packets_;
  std::size_t octets_ = 0, left_out_ = 0;
};

}  // namespace rdnsgate::dns
