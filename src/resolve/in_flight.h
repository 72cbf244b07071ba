// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dns/fact.h"
#include "resolve/loop.h"
#include "resolve/random.h"

namespace rdnsgate::resolve {

/// What is odd about replies that a try had, none of which was taken: they may be somebody else's.
enum class Doubt : std::uint8_t { none, letter_case, cookie };

/// One question on its way through the direct client, from the first try to its fact.
struct Job {
  dns::Question question;
  Clock::time_point begun{}, sent{}, deadline{};  ///< of the first try; of the last try
  Time asked_at{};
  std::unique_ptr<dns::Fact> servfail;  ///< what the resolver said, while it is asked again with CD
  std::uint16_t id = 0, socket = 0;
  std::uint64_t letter_case = 0;  ///< of the last try (QueryOptions); 0 for lower case
  std::uint8_t tries = 0, tries_left = 0;
  std::uint8_t bad_cookies = 0;  ///< BADCOOKIE replies
  Doubt doubt = Doubt::none;     ///< about the last try
  bool truncated = false, without_edns = false, case_changed = false,
       cookie_missing = false;  ///< see dns::Fact
  bool launched = false;
  std::uint16_t before = 0, after = 0;  ///< neighbours in the order of deadlines
};

/// The jobs of one server: found by message id, and in the order of their deadlines.
class InFlight {
 public:
  static constexpr std::uint16_t none = 0xffff;
  explicit InFlight(std::size_t limit);

  std::size_t size() const { return jobs_.size() - free_.size() - 1; }
  /// Jobs that wait for a reply over UDP.
  std::size_t launched() const { return launched_; }
  bool full() const { return free_.empty() && jobs_.size() > limit_; }
  std::uint16_t create(dns::Question&& question);
  Job& operator[](std::uint16_t job) { return jobs_[job]; }
  void destroy(std::uint16_t job);

  /// Gives the job a fresh random id, unique among those in flight, and a place by its deadline.
  void launch(std::uint16_t job, std::uint16_t socket, Clock::time_point deadline);
  /// Takes the id back: whatever arrives under it from now on is not for this job.
  void land(std::uint16_t job);

  /// The job that is waiting for this id at this socket, or none.
  std::uint16_t find(std::uint16_t id, std::uint16_t socket) const;
  /// The launched job with the earliest deadline, or none.
  std::uint16_t first() const { return jobs_[0].after == 0 ? none : jobs_[0].after; }
  /// All that were launched at this socket.
  std::vector<std::uint16_t> at_socket(std::uint16_t socket) const;

 private:
  std::size_t limit_;
  std::size_t launched_ = 0;
  std::vector<Job> jobs_;  // [0] is the anchor of the ring of deadlines
  std::vector<std::uint16_t> free_;
  std::vector<std::uint16_t> by_id_;
  Random random_;
};

}  // namespace rdnsgate::resolve
