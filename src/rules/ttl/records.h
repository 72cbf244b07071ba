// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// A live record set that the inventory declares the TTL of, at the address that speaks for it.
struct TimedRecord {
  const dns::Fact* fact;
  std::uint32_t ttl() const { return fact->rrset()->ttl; }
  /// `PTR`, `A at mx1.example`. Made when it is asked for: nearly no record has anything to be said of it.
  std::string text() const;
};

/// The PTR record, the addresses of the declared name, and those of the HELO name where it is another.
std::vector<TimedRecord> timed_records(const audit::AddressCase& c);

/// Below the TTL that the inventory declares, and below what caches make use of. What a cache hands out is
/// only what is left, so nothing is known unless the answer is authoritative.
bool is_too_low(const audit::AddressCase& c, const dns::Fact& fact);

/// A TTL for the time of a change, long after it or before any: below the one that is declared, and no higher
/// than what a plan lowers to; not so low that it is useless for more than that.
bool is_left_lowered(const audit::AddressCase& c, const dns::Fact& fact);

/// Above the declared TTL and above a day. What is left of a TTL is enough to know.
bool is_too_high(const audit::AddressCase& c, const dns::Fact& fact);

}  // namespace rdnsgate::rules
