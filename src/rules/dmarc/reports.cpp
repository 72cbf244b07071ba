// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <vector>

#include "mailauth/txt_answer.h"
#include "rules/denial.h"
#include "rules/dmarc/policy_of.h"
#include "rules/dmarc/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::DomainCase;
using audit::Findings;
using dns::RrType;

/// Preference 0, and no host (RFC 7505 §3).
bool is_null_mx(const dns::Fact& mx) {
  const auto* set = mx.rrset();
  return set != nullptr && set->rdata.size() == 1 && set->rdata.front() == std::string(3, '\0');
}

}  // namespace

void judge_dmarc_rua_no_mx(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto text = text_of(c, found);
  if (!text || text->record() == nullptr) return;
  for (const auto& host : report_hosts(*text->record())) {
    const auto* mx = c.ask(host, RrType::MX);
    if (mx == nullptr) continue;
    const bool refuses = is_positive(mx->outcome) && is_null_mx(*mx);
    if (!refuses) {
      if (!is_denied(*mx)) continue;
      const auto* a = c.ask(host, RrType::A);
      const auto* aaaa = c.ask(host, RrType::AAAA);
      if (a == nullptr || aaaa == nullptr || !is_denied(*a) || !is_denied(*aaaa)) continue;
    }
    findings.add(
        {.values = {{"owner", text->stop->owner}, {"host", host}}, .wording = refuses ? "null" : ""});
  }
}

void judge_dmarc_rua_external_unverified(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto text = text_of(c, found);
  if (!text || text->stop != found.applying()) return;
  for (const auto& consent : found.consents) {
    if (consent.given || consent.owner == consent.host) continue;
    const auto* fact = c.ask(consent.owner, RrType::TXT);
    if (fact == nullptr || is_unknown(*fact)) continue;
    findings.add({.values = {{"host", consent.host},
                             {"domain", text->stop->domain},
                             {"consent", consent.owner},
                             {"owner", text->stop->owner}}});
  }
}

}  // namespace rdnsgate::rules
