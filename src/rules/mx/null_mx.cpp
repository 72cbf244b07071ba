// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/mx/hosts.h"
#include "rules/mx/rules.h"

namespace rdnsgate::rules {
namespace {

/// The domain's MX records where a null MX is among them; empty where none is, or nothing is known.
std::vector<Exchange> with_null_mx(const audit::DomainCase& c) {
  const auto* mx = c.ask(c.domain.name, dns::RrType::MX);
  if (mx == nullptr || !dns::is_positive(mx->outcome) || mx->rrset() == nullptr) return {};
  auto all = exchanges_in(*mx->rrset());
  const bool some = std::any_of(all.begin(), all.end(), [](const Exchange& one) { return one.is_null(); });
  if (!some) all.clear();
  return all;
}

bool is_null_alone(const std::vector<Exchange>& all) {
  return !all.empty() &&
         std::all_of(all.begin(), all.end(), [](const Exchange& one) { return one.is_null(); });
}

}  // namespace

void judge_mx_null_sender(audit::DomainCase& c, audit::Findings& findings) {
  if (!c.domain.via.empty() && is_null_alone(with_null_mx(c))) findings.add();
}

void judge_mx_null_with_others(audit::DomainCase& c, audit::Findings& findings) {
  const auto all = with_null_mx(c);
  if (all.empty() || is_null_alone(all)) return;
  std::vector<dns::Name> others;
  for (const auto& one : all) {
    if (!one.is_null()) others.push_back(one.host);
  }
  findings.add({.values = {{"hosts", audit::list_of(others)}}});
}

void judge_mx_null_pref(audit::DomainCase& c, audit::Findings& findings) {
  const auto all = with_null_mx(c);
  if (is_null_alone(all) && all.back().preference != 0)
    findings.add({.values = {{"preference", all.back().preference}}});
}

}  // namespace rdnsgate::rules
