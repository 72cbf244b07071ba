// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/grounds.h"

#include <algorithm>

#include "audit/cases.h"
#include "dns/ede.h"

namespace rdnsgate::audit {

void Grounds::add(const dns::Fact& fact, bool own_walk) {
  const bool definite = dns::is_definite(fact.outcome);
  // That it is bogus is what one's own validator found out; of nobody else is it known what was asked.
  const bool judged = definite || (own_walk && fact.outcome == dns::Outcome::bogus);
  const bool from_source = judged && (own_walk || fact.authoritative);
  answered = answered && (dns::is_positive(fact.outcome) || dns::is_denied(fact));
  authoritative = authoritative && (from_source || !definite);
  has_source = has_source || from_source;
  validated =
      validated && (fact.security == dns::Security::secure || fact.security == dns::Security::insecure);
  stale = stale || (fact.ede && dns::ede_is_stale(*fact.ede));
}

namespace {

template <typename Visit>
void for_each_fact(const AddressCase& c, Basis basis, const Visit& visit) {
  if (basis == Basis::delegation) return;  // of zones alone
  const bool all = basis == Basis::everything || basis == Basis::times;
  if (basis != Basis::helo) visit(c.ptr);
  if (all || basis == Basis::forward) {
    for (const auto& forward : c.forward) visit(*forward.fact);
  }
  if (!all && basis != Basis::helo) return;
  for (const auto* fact : {c.helo, c.helo_other}) {
    if (fact != nullptr) visit(*fact);
  }
}

template <typename Visit>
void for_each_fact(const SenderCase& c, Basis, const Visit& visit) {
  for (const auto* fact : c.ptr) visit(*fact);
}

template <typename Visit>
void for_each_fact(const ZoneCase& c, Basis, const Visit& visit) {
  visit(c.soa);
}

/// A delegation is what its parents and its servers said themselves, and answers for itself.
template <typename Case>
bool stands_on_delegation(const Case&, Basis, Grounds&) {
  return false;
}
template <>
bool stands_on_delegation(const ZoneCase& c, Basis basis, Grounds& grounds) {
  if (basis != Basis::delegation) return false;
  grounds.answered = grounds.authoritative = grounds.has_source = c.delegation() != nullptr;
  return true;
}

}  // namespace

template <typename Case>
Grounds grounds_of(const Case& c, Basis basis, bool own_walk) {
  Grounds grounds;
  if (stands_on_delegation(c, basis, grounds)) return grounds;
  for_each_fact(c, basis, [&](const dns::Fact& fact) { grounds.add(fact, own_walk); });
  return grounds;
}

template <typename Case>
Grounds grounds_of_part(const Case& c, Basis basis, bool own_walk) {
  Grounds grounds;
  const auto add = [&](const dns::Fact& fact) {
    grounds.add(fact, own_walk);
    grounds.expires_at = std::max(grounds.expires_at, fact.expires_at());
  };
  if (!stands_on_delegation(c, basis, grounds)) for_each_fact(c, basis, add);
  for (const auto* fact : c.desk.part()) add(*fact);
  grounds.authoritative = grounds.authoritative && grounds.has_source;
  return grounds;
}

template Grounds grounds_of(const AddressCase&, Basis, bool);
template Grounds grounds_of(const InternalCase&, Basis, bool);
template Grounds grounds_of(const SenderCase&, Basis, bool);
template Grounds grounds_of(const ZoneCase&, Basis, bool);
template Grounds grounds_of_part(const AddressCase&, Basis, bool);
template Grounds grounds_of_part(const InternalCase&, Basis, bool);
template Grounds grounds_of_part(const SenderCase&, Basis, bool);
template Grounds grounds_of_part(const ZoneCase&, Basis, bool);

}  // namespace rdnsgate::audit
