// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ttl/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/shared_name.h"
#include "rules/ttl/limits.h"

namespace rdnsgate::rules {

using audit::AddressCase;

bool is_answer(const dns::Fact* fact) {
  return fact != nullptr && dns::is_positive(fact->outcome) && fact->rrset() != nullptr;
}

bool speaks_of(const AddressCase& c, const AddressCase::Forward& forward) {
  return speaks_for(c, forward.name, forward.fact->addresses());
}

std::string TimedRecord::text() const {
  const auto type = dns::to_string(fact->question.type);
  if (fact->question.type == dns::RrType::PTR) return std::string(type);
  return fmt::format("{} at {}", type, fact->question.name.text());
}

bool is_too_low(const AddressCase& c, const dns::Fact& fact) {
  if (!fact.authoritative || !is_answer(&fact)) return false;
  return fact.rrset()->ttl < std::min(low_ttl, c.address.ttl);
}

bool is_left_lowered(const AddressCase& c, const dns::Fact& fact) {
  if (!c.address.ttl_declared || !fact.authoritative || !is_answer(&fact) || is_too_low(c, fact)) return false;
  const auto& set = *fact.rrset();
  if (set.ttl >= c.address.ttl) return false;
  const auto* zone = c.inventory.zone_of(set.owner);
  auto lowered = c.inventory.defaults.rollout.ttl;
  if (zone != nullptr && zone->min_ttl) lowered = std::max(lowered, *zone->min_ttl);
  return set.ttl <= lowered.count();
}

bool is_too_high(const AddressCase& c, const dns::Fact& fact) {
  return is_answer(&fact) && fact.rrset()->ttl > std::max(high_ttl, std::min(c.address.ttl, absurd_ttl));
}

}  // namespace rdnsgate::rules
