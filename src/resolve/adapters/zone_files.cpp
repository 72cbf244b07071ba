// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/zone_files.h"

#include <chrono>
#include <deque>
#include <utility>

#include "resolve/net/loop.h"

namespace rdnsgate::resolve {
namespace {

class ZoneFilesAdapter : public Adapter {
 public:
  ZoneFilesAdapter(ZoneSet zones, std::size_t limit, Deliver deliver)
      : zones_(std::move(zones)), limit_(limit), deliver_(std::move(deliver)) {}

  std::size_t room() const override { return queue_.size() < limit_ ? limit_ - queue_.size() : 0; }
  void ask(dns::Question question) override { queue_.push_back(std::move(question)); }

  /// What is asked while facts are delivered waits for the next time.
  void flush() override {
    for (const auto& question : std::exchange(queue_, {})) {
      const auto begun = Clock::now();
      auto fact = zones_.answer(question);
      fact.rtt_us = microseconds_between(begun, Clock::now());
      fact.asked_at = std::chrono::floor<seconds>(std::chrono::system_clock::now());
      deliver_(std::move(fact));
    }
  }

 private:
  ZoneSet zones_;
  std::size_t limit_;
  Deliver deliver_;
  std::deque<dns::Question> queue_;
};

}  // namespace

Result<std::unique_ptr<Adapter>> make_zone_files(std::span<const ZoneSource> zones,
                                                 const PanelOptions& options, Deliver deliver) {
  auto set = ZoneSet::load(zones);
  if (!set) return tl::unexpected(set.error());
  return std::make_unique<ZoneFilesAdapter>(std::move(*set), options.in_flight, std::move(deliver));
}

}  // namespace rdnsgate::resolve
