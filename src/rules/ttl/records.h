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

bool is_answer(const dns::Fact* fact);
/// Whether it is this address that speaks for the addresses of the name.
bool speaks_of(const audit::AddressCase& c, const audit::AddressCase::Forward& forward);

/// Of the PTR record, the addresses of the declared name, and those of the HELO name where it is another, those
/// that pass a test; of a further HELO name of the address those of that name alone. The test is made first: whose a record is takes longer to see, and nearly none passes.
template <typename Test>
std::vector<TimedRecord> timed_records(const audit::AddressCase& c, const Test& passes) {
  std::vector<TimedRecord> all;
  const auto is_one = [&](const dns::Fact* fact) { return is_answer(fact) && passes(*fact); };
  if (!c.address.is_further && is_one(&c.ptr)) all.push_back({&c.ptr});
  for (const auto& forward : c.forward) {
    if (c.address.is_further) break;
    if (forward.name == c.address.ptr && is_one(forward.fact) && speaks_of(c, forward))
      all.push_back({forward.fact});
  }
  if (!c.address.first_with_helo || c.address.helo == c.address.ptr) return all;
  for (const auto* fact : {c.helo, c.helo_other}) {
    if (is_one(fact)) all.push_back({fact});
  }
  return all;
}

/// Below the TTL that the inventory declares, and below what caches make use of. What a cache hands out is
/// only what is left, so nothing is known unless the answer is authoritative.
bool is_too_low(const audit::AddressCase& c, const dns::Fact& fact);

/// A TTL for the time of a change, long after it or before any: below the one that is declared, and no higher
/// than what a plan lowers to; not so low that it is useless for more than that.
bool is_left_lowered(const audit::AddressCase& c, const dns::Fact& fact);

/// Above the declared TTL and above a day. What is left of a TTL is enough to know.
bool is_too_high(const audit::AddressCase& c, const dns::Fact& fact);

}  // namespace rdnsgate::rules
