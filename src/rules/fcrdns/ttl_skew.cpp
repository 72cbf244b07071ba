// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/fcrdns/rules.h"
#include "rules/ttl/records.h"

namespace rdnsgate::rules {
namespace {

/// A cache hands out what is left of a TTL, so the larger figure is a lower bound in any case, but the
/// smaller one is the zone's own only in an authoritative answer.
bool is_skewed(const dns::Fact& one, const dns::Fact& other) {
  const auto *small = &one, *large = &other;
  if (large->rrset()->ttl < small->rrset()->ttl) std::swap(small, large);
  constexpr std::uint64_t times = 10;
  return small->authoritative &&
         large->rrset()->ttl > times * std::max<std::uint64_t>(small->rrset()->ttl, 1);
}

bool is_unsteady(const audit::AddressCase& c, const dns::Fact& fact) {
  return is_too_low(c, fact) || is_too_high(c, fact) || is_left_lowered(c, fact);
}

}  // namespace

void judge_fcrdns_ttl_skew(audit::AddressCase& c, audit::Findings& findings) {
  for (const auto& forward : c.forward) {
    if (!forward.confirms || !is_skewed(c.ptr, *forward.fact)) continue;
    // One of the two is wrong by itself, and a rule of its own says so.
    if (is_unsteady(c, c.ptr) || is_unsteady(c, *forward.fact)) continue;
    findings.add({.values = {{"name", forward.name},
                             {"type", dns::to_string(c.forward_type())},
                             {"ptr_ttl", seconds(c.ptr.rrset()->ttl)},
                             {"forward_ttl", seconds(forward.fact->rrset()->ttl)}}});
    return;
  }
}

}  // namespace rdnsgate::rules
