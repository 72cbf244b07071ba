// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "dns/facts/fact.h"
#include "resolve/net/loop.h"
#include "resolve/net/random.h"

namespace rdnsgate::resolve {

/// What is odd about replies that a try had, none of which was taken: they may be somebody else's.
enum class Doubt : std::uint8_t { none, letter_case, cookie };

/// One time that a question was sent. A reply to any of them answers the question, until its end.
struct Try {
  Clock::time_point sent{};
  std::uint64_t letter_case = 0;  ///< QueryOptions; 0 for lower case
  std::uint16_t id = 0, socket = 0;
  std::uint8_t number = 0;  ///< of the question's tries, from 1
  std::uint8_t form = 0;    ///< Job::form when it was sent
  bool without_edns = false, checking_disabled = false;
  bool overdue = false;  ///< the next one was due, or it was the last and its reply would have come by then
};

/// One question on its way through the direct client, from the first try to its fact.
struct Job {
  /// Tries that wait for a reply at the same time. Of more the oldest is forgotten.
  static constexpr std::size_t most_open = 4;

  dns::Question question;
  Clock::time_point begun{}, sent{};  ///< the first try; the last
  Clock::time_point deadline{};       ///< when something is to be done about it
  Time asked_at{};
  std::unique_ptr<dns::Fact> servfail;  ///< what the resolver said, while it is asked again with CD
  std::unique_ptr<dns::Fact> failed;    ///< SERVFAIL in reply to one try, while others are open
  std::array<Try, most_open> open{};    ///< the first `open_count`, in the order of sending
  std::uint8_t open_count = 0;
  std::uint8_t tries = 0, tries_left = 0;
  std::uint8_t form = 0;  ///< how often it was put in another form: without EDNS, with a cookie, with CD
  std::uint8_t tries_of_form = 0;
  std::uint8_t bad_cookies = 0;  ///< BADCOOKIE replies
  Doubt doubt = Doubt::none;     ///< about the last try
  bool truncated = false, without_edns = false, case_changed = false,
       cookie_missing = false;          ///< see dns::Fact
  bool counted = false;                 ///< among those that the server may have before it
  bool in_line = false;                 ///< to be sent again
  bool timed = false;                   ///< it has a deadline
  std::uint16_t before = 0, after = 0;  ///< neighbours in the order of deadlines
};

/// The jobs of one server: found by message id, and in the order of their deadlines.
class InFlight {
 public:
  static constexpr std::uint16_t none = 0xffff;
  explicit InFlight(std::size_t limit);

  std::size_t size() const { return jobs_.size() - free_.size() - 1; }
  /// Jobs whose last try the server may still have before it.
  std::size_t counted() const { return counted_; }
  bool full() const { return free_.empty() && jobs_.size() > limit_; }
  std::uint16_t create(dns::Question&& question);
  Job& operator[](std::uint16_t job) { return jobs_[job]; }
  /// Forgets the job with its tries and its deadline.
  void destroy(std::uint16_t job);

  /// Opens one more try at a socket, with a fresh random id that is unique among those in flight. The job
  /// must have room for it.
  Try& open(std::uint16_t job, std::uint16_t socket);
  /// Takes the id back: whatever arrives under it from now on is not for this job.
  void close(std::uint16_t job, std::uint16_t id);

  /// Gives the job a place by its deadline.
  void wait_until(std::uint16_t job, Clock::time_point deadline);
  void stop_waiting(std::uint16_t job);
  void count(std::uint16_t job, bool counted);

  struct Found {
    std::uint16_t job = none;
    Try* open = nullptr;
  };
  /// The try that is waiting under this id at this socket; nullptr for none.
  Found find(std::uint16_t id, std::uint16_t socket);
  /// The job with the earliest deadline, or none.
  std::uint16_t first() const { return jobs_[0].after == 0 ? none : jobs_[0].after; }
  /// All that have a try open at this socket.
  std::vector<std::uint16_t> at_socket(std::uint16_t socket) const;

 private:
  std::size_t limit_;
  std::size_t counted_ = 0;
  std::vector<Job> jobs_;  // [0] is the anchor of the ring of deadlines
  std::vector<std::uint16_t> free_;
  std::vector<std::uint16_t> by_id_;
  Random random_;
};

}  // namespace rdnsgate::resolve
