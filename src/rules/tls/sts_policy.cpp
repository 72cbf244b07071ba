// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/sts_policy.h"

#include "audit/heard/sts_policies.h"
#include "rules/mx/hosts.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

using Outcome = audit::FetchedPolicy::Outcome;
using Mode = mailauth::StsPolicy::Mode;

/// What was fetched for the domain, as long as it has a record: without one nobody fetches a policy.
const audit::FetchedPolicy* fetched_for(const audit::DomainCase& c) {
  const auto* found = c.run.sts_policies != nullptr ? c.run.sts_policies->find(c.domain.name) : nullptr;
  if (found == nullptr || policy_texts(c, mta_sts_prefix, mta_sts_version).texts.empty()) return nullptr;
  return found;
}

std::optional<mailauth::StsPolicy> policy_for(const audit::DomainCase& c) {
  const auto* found = fetched_for(c);
  if (found == nullptr || found->outcome != Outcome::fetched) return std::nullopt;
  auto policy = mailauth::read_sts_policy(found->text);
  if (!policy.applies()) return std::nullopt;
  return policy;
}

}  // namespace

void judge_tls_mtasts_policy_invalid(audit::DomainCase& c, audit::Findings& findings) {
  const auto* found = fetched_for(c);
  if (found == nullptr) return;
  if (found->outcome == Outcome::refused)
    return findings.add(
        {.values = {{"faults", found->reason}, {"asked_at", found->asked_at}}, .wording = "refused"});
  if (found->outcome != Outcome::fetched) return;
  const auto policy = mailauth::read_sts_policy(found->text);
  if (!policy.applies())
    findings.add({.values = {{"faults", audit::list_of(policy.faults)}, {"asked_at", found->asked_at}}});
}

void judge_tls_mtasts_mx_mismatch(audit::DomainCase& c, audit::Findings& findings) {
  const auto policy = policy_for(c);
  if (!policy || policy->mode == Mode::none) return;
  const auto hosts = mail_hosts(c);
  if (!hosts) return;
  std::vector<dns::Name> others;
  for (const auto& host : hosts->names) {
    if (!policy->allows(host)) others.push_back(host);
  }
  if (others.empty()) return;
  const bool enforced = policy->mode == Mode::enforce;
  findings.add({.values = {{"hosts", audit::list_of(others)}, {"patterns", audit::list_of(policy->mx)}},
                .wording = enforced ? "" : "testing",
                .severity = enforced ? Severity::error : Severity::warning});
}

void judge_tls_mtasts_weak(audit::DomainCase& c, audit::Findings& findings) {
  const auto policy = policy_for(c);
  if (!policy) return;
  if (policy->mode == Mode::testing) findings.add({.wording = "testing"});
  if (policy->mode == Mode::none) findings.add({.wording = "none"});
  // RFC 8461 §3.2: it is expected to be weeks or more.
  constexpr seconds week{7 * 86400};
  if (policy->mode != Mode::none && *policy->max_age < week)
    findings.add({.values = {{"max_age", *policy->max_age}}, .wording = "short"});
}

void judge_tls_mtasts_id_unchanged(audit::DomainCase& c, audit::Findings& findings) {
  const auto* found = fetched_for(c);
  if (found == nullptr || found->outcome != Outcome::fetched || !found->first) return;
  findings.add({.values = {{"id", found->id},
                           {"asked_at", found->asked_at},
                           {"first_at", found->first->asked_at}}});
}

void judge_tls_mtasts_lookup_failed(audit::DomainCase& c, audit::Findings& findings) {
  const auto* found = fetched_for(c);
  if (found != nullptr && found->outcome == Outcome::unreachable)
    findings.leave_open({.values = {{"why", found->reason}}});
}

}  // namespace rdnsgate::rules
