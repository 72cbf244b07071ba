// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

#include "base/timestamp.h"
#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// One answer in short: enough to hold it against the same answer elsewhere while its subject is open.
struct Glance {
  std::uint64_t question = 0;  ///< hash of name and type
  std::uint64_t answer = 0;    ///< hash of the records; 0 for a denial
  std::uint32_t ttl = 0;       ///< of the records; 0 where the answer leads through aliases or is a denial
  std::uint32_t rtt_us = 0;
  Time asked_at{};
  bool usable = false;       ///< a record, or a denial that is vouched for, and not stale
  bool from_source = false;  ///< from who holds the zone
  bool exact = false;        ///< with AA: the TTL is the zone's own
  bool secure = false;       ///< the vantage proved it
};

/// Of its name and type, whichever vantage is asked; the same on every machine.
std::uint64_t question_hash(const dns::Question& question);
Glance glance_at(const dns::Fact& fact, bool own_walk);

}  // namespace rdnsgate::audit
