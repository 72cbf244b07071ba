// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/glance.h"

#include <algorithm>
#include <string_view>

#include "base/hash.h"
#include "dns/ede.h"

namespace rdnsgate::audit {
namespace {

std::uint64_t mixed(std::uint64_t seed, std::string_view octets) {
  return (seed ^ std::hash<std::string_view>{}(octets)) * 0x9E3779B97F4A7C15u;
}

}  // namespace

std::uint64_t question_hash(const dns::Question& question) {
  return stable_hash(question.name.wire()) ^ (static_cast<std::uint64_t>(question.type) * 0x9E3779B97F4A7C15u);
}

Glance glance_at(const dns::Fact& fact, bool own_walk) {
  const bool positive = dns::is_positive(fact.outcome);
  Glance glance;
  glance.question = question_hash(fact.question);
  glance.rtt_us = fact.rtt_us;
  glance.asked_at = fact.asked_at;
  glance.usable = (positive || dns::is_denied(fact)) && !(fact.ede && dns::ede_is_stale(*fact.ede));
  glance.from_source = dns::is_definite(fact.outcome) && (own_walk || fact.authoritative);
  glance.exact = fact.authoritative;
  glance.secure = fact.security == dns::Security::secure;
  if (const auto* set = positive ? fact.rrset() : nullptr) {
    glance.answer = 1;
    for (const auto& rdata : set->rdata) glance.answer = mixed(glance.answer, rdata);
    if (fact.answer.size() == 1) glance.ttl = set->ttl;
  }
  return glance;
}

}  // namespace rdnsgate::audit
