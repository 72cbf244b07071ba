// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/alias_chain.h"

#include <algorithm>

namespace rdnsgate::rules {
namespace {

using dns::Outcome;

/// Nobody was silent, but no answer came of it.
bool may_hide_a_chain(Outcome outcome) {
  return outcome == Outcome::servfail || outcome == Outcome::malformed || outcome == Outcome::unanswered;
}

std::optional<dns::Name> alias_at(const audit::AddressCase& c, const dns::Name& owner) {
  const dns::Fact* fact = c.ask(owner, dns::RrType::CNAME);
  if (fact == nullptr || fact->outcome != Outcome::answer) return std::nullopt;
  const dns::RRset* set = fact->rrset();
  if (set == nullptr || set->rdata.size() != 1) return std::nullopt;
  auto target = dns::name_in(set->rdata.front());
  return target ? std::optional(std::move(*target)) : std::nullopt;
}

}  // namespace

AliasChain alias_chain(const audit::AddressCase& c) {
  AliasChain chain{{c.reverse}};
  if (dns::is_definite(c.ptr.outcome)) {
    for (auto& alias : c.ptr.aliases()) chain.names.push_back(std::move(alias.target));
    return chain;
  }
  if (!may_hide_a_chain(c.ptr.outcome)) return chain;
  constexpr std::size_t enough = 2 * safe_hops;
  while (!chain.loops && !chain.cut_off) {
    auto target = alias_at(c, chain.names.back());
    if (!target) break;
    chain.loops = std::find(chain.names.begin(), chain.names.end(), *target) != chain.names.end();
    chain.names.push_back(std::move(*target));
    chain.cut_off = !chain.loops && chain.hops() == enough;
  }
  return chain;
}

bool is_lost_in_aliases(const audit::AddressCase& c) {
  if (dns::is_definite(c.ptr.outcome)) return false;
  const auto chain = alias_chain(c);
  return chain.loops || chain.hops() > safe_hops;
}

}  // namespace rdnsgate::rules
