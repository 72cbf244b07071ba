// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_facts.h"

#include <fmt/format.h>

namespace rdnsgate::mailauth {
namespace {

using dns::Outcome;
using State = SpfLookup::State;

constexpr unsigned most_aliases = 10;

std::string words_for(const dns::Fact& fact) {
  const auto outcome = fact.security == dns::Security::bogus ? Outcome::bogus : fact.outcome;
  if (outcome == Outcome::unanswered) return fact.reason;
  return fmt::format("{}{}{}", dns::to_string(outcome), fact.reason.empty() ? "" : ": ", fact.reason);
}

}  // namespace

SpfLookup spf_lookup(dns::FactDesk& desk, const dns::Name& name, dns::RrType type, bool offline) {
  dns::Name at = name;
  for (unsigned hop = 0; hop <= most_aliases; ++hop) {
    const auto* fact = desk.get(at, type);
    if (fact == nullptr) return {State::missing, {}};
    if (!dns::is_definite(fact->outcome) || fact->security == dns::Security::bogus) {
      const bool unknown = offline && fact->outcome == Outcome::unanswered;
      return {unknown ? State::unknown : State::failed, {}, words_for(*fact)};
    }
    if (const auto* set = fact->rrset()) return {State::known, {set->rdata}};
    const auto aliases = fact->aliases();
    if (fact->outcome == Outcome::nxdomain || fact->soa || aliases.empty()) return {State::known, {{}}};
    at = aliases.back().target;
  }
  return {State::failed, {}, fmt::format("more than {} aliases", most_aliases)};
}

}  // namespace rdnsgate::mailauth
