// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What validators make of the very records that an address is judged by.
#include <algorithm>

#include "rules/deleg/cut_words.h"
#include "rules/dnssec/rules.h"

namespace rdnsgate::rules {

void judge_dnssec_answer_refused(audit::AddressCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  const auto look = [&](const dns::Fact* fact) {
    // Who found an answer and proved it wrong; a validator that says only that it is bogus has none.
    if (fact == nullptr || !dns::is_definite(fact->outcome) || fact->security != dns::Security::bogus) return;
    if (std::find(items.begin(), items.end(), fact->reason) == items.end()) items.push_back(fact->reason);
  };
  if (!c.address.is_further) {
    look(&c.ptr);
    for (const auto& forward : c.forward) look(forward.fact);
  }
  look(c.helo);
  look(c.helo_other);
  say(findings, "reasons", items);
}

}  // namespace rdnsgate::rules
