// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "dns/facts/fact.h"

namespace rdnsgate::dns {

/// How questions were answered, in memory that does not grow with them.
class ResponseTimes {
 public:
  /// `rtt_us` counts of what was answered: a server's word that there is nothing is an answer.
  void add(Outcome outcome, std::uint32_t rtt_us);

  std::size_t questions() const { return questions_; }
  std::size_t timeouts() const { return timeouts_; }
  std::size_t failures() const { return failures_; }
  /// Milliseconds within which so many of a hundred answers came, by the nearest rank, and to one part in a hundred. 0
  /// where there was no answer.
  double percentile_ms(unsigned percent) const;

 private:
  std::size_t questions_ = 0, timeouts_ = 0, failures_ = 0;
  std::map<std::uint16_t, std::uint32_t> answers_;  ///< by the logarithm of their time
};

/// How one address of a zone's servers answered what it was asked in a run.
struct ServerTimes {
  VantageIndex vantage = 0;
  Name zone, server;
  IpAddress address;
  ResponseTimes times;
};

}  // namespace rdnsgate::dns
