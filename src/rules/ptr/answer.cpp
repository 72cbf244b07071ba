// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Answers that hold what no right zone gives out.
#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"

namespace rdnsgate::rules {

void judge_ptr_cname_coexist(audit::AddressCase& c, audit::Findings& findings) {
  const auto* set = dns::is_positive(c.ptr.outcome) && c.ptr.alias_beside ? c.ptr.rrset() : nullptr;
  if (set != nullptr) findings.add({.values = {{"owner", set->owner}}});
}

bool is_about_other_owner(const dns::Fact& fact) {
  return fact.other_owner && fact.authoritative && !dns::is_definite(fact.outcome);
}

void judge_ptr_answer_other_owner(audit::AddressCase& c, audit::Findings& findings) {
  if (is_about_other_owner(c.ptr))
    findings.add({.values = {{"reverse", c.reverse}, {"reason", c.ptr.reason}}});
}

}  // namespace rdnsgate::rules
