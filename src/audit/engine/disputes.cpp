// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/disputes.h"

#include <algorithm>

namespace rdnsgate::audit {
namespace {

using dns::RRset;

bool has_same_records(const RRset& a, const RRset& b) {
  return a.type == b.type && a.owner == b.owner && a.rdata.size() == b.rdata.size() &&
         std::is_permutation(a.rdata.begin(), a.rdata.end(), b.rdata.begin());
}

bool includes(const std::vector<RRset>& all, const std::vector<RRset>& some) {
  return std::all_of(some.begin(), some.end(), [&](const RRset& set) {
    return std::any_of(all.begin(), all.end(), [&](const RRset& it) { return has_same_records(it, set); });
  });
}

/// An answer, or a denial that somebody vouches for: anything else is no word about the records.
bool says_something(const dns::ServerAnswer& said) {
  return dns::is_positive(said.outcome) ||
         (dns::is_negative(said.outcome) && (said.soa || !said.answer.empty()));
}

/// The answer is the one that this server gives, with what its aliases lead to in other zones.
bool is_from(const dns::Fact& fact, const dns::ServerAnswer& said) {
  if (!says_something(said)) return false;
  if (said.answer.empty()) return dns::is_negative(fact.outcome) && fact.soa.has_value();
  return includes(fact.answer, said.answer);
}

}  // namespace

bool is_disputed(const dns::Fact& fact) {
  const dns::ServerAnswer* first = nullptr;
  for (const auto& said : fact.servers) {
    if (!says_something(said)) continue;
    if (first == nullptr) first = &said;
    if (!includes(first->answer, said.answer) || !includes(said.answer, first->answer)) return true;
  }
  return false;
}

void Disputes::note(const dns::Fact& fact) {
  if (vantages_[fact.question.vantage].kind != dns::VantageKind::authoritative) return;
  if (!dns::is_definite(fact.outcome) || fact.servers.empty() || !is_disputed(fact)) return;
  disputed_.try_emplace({fact.question.name, fact.question.type}, fact);
}

bool Disputes::concern(const dns::Fact& fact) const {
  return !disputed_.empty() && disputed_.contains({fact.question.name, fact.question.type});
}

void Disputes::review(dns::Fact& fact) const {
  if (disputed_.empty() || !dns::is_definite(fact.outcome)) return;
  const auto& vantage = vantages_[fact.question.vantage];
  if (vantage.kind == dns::VantageKind::authoritative || vantage.internal) return;
  const auto known = disputed_.find({fact.question.name, fact.question.type});
  if (known == disputed_.end()) return;
  const dns::Fact& newest = known->second;
  const bool is_of_a_server = std::any_of(newest.servers.begin(), newest.servers.end(),
                                          [&](const auto& said) { return is_from(fact, said); });
  const bool has_newest = fact.outcome == newest.outcome && includes(newest.answer, fact.answer) &&
                          includes(fact.answer, newest.answer);
  if (!is_of_a_server || has_newest) return;
  fact.outcome = newest.outcome;
  fact.answer = newest.answer;
  fact.soa = newest.soa;
}

}  // namespace rdnsgate::audit
