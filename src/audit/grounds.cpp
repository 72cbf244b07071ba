// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/grounds.h"

#include "dns/ede.h"

namespace rdnsgate::audit {

bool is_answered(const dns::Fact& fact) { return dns::is_positive(fact.outcome) || dns::is_denied(fact); }

void Grounds::add(const dns::Fact& fact, bool own_walk) {
  const bool definite = dns::is_definite(fact.outcome);
  // That it is bogus is what one's own validator found out, and that it is about another name, whoever asked the server
  // itself; of nobody else is it known what was asked.
  const bool judged = definite || (own_walk && (fact.outcome == dns::Outcome::bogus || fact.other_owner));
  const bool from_source = judged && (own_walk || fact.authoritative);
  from_files = from_files || fact.from_files == dns::FromFiles::all || fact.from_files == dns::FromFiles::part;
  from_asked = from_asked || fact.from_files == dns::FromFiles::none || fact.from_files == dns::FromFiles::part;
  answered = answered && is_answered(fact);
  authoritative = authoritative && (from_source || !definite);
  has_source = has_source || from_source;
  validated =
      validated && (fact.security == dns::Security::secure || fact.security == dns::Security::insecure);
  stale = stale || (fact.ede && dns::ede_is_stale(*fact.ede));
}

}  // namespace rdnsgate::audit
