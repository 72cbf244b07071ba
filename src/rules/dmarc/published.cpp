// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>

#include "mailauth/records/record_text.h"
#include "rules/denial.h"
#include "rules/dmarc/policy_of.h"
#include "rules/dmarc/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::Args;
using audit::DomainCase;
using audit::Findings;
using dns::RrType;
using mailauth::DmarcDiscovery;
using mailauth::DmarcStop;

/// DMARC records at the domain itself, where nobody looks for them. nullopt while that is not known.
std::optional<bool> has_record_at_apex(const DomainCase& c) {
  const auto* fact = c.desk.probe(c.domain.name, RrType::TXT);
  if (fact == nullptr || is_unknown(*fact)) return std::nullopt;
  const auto texts = mailauth::txt_answer(fact).texts;
  return std::any_of(texts.begin(), texts.end(), mailauth::is_dmarc);
}

/// Some name that decides it has a text, which other rules speak of, or could not be asked.
bool is_settled_elsewhere(const DomainCase& c, const DmarcDiscovery& found) {
  for (const auto* stop : deciding(found)) {
    if (is_open(c, *stop)) return true;
    const bool is_looked_at = stop->domain == found.domain || stop->domain == found.organisational;
    if (is_looked_at && !stop->answer.texts.empty()) return true;
  }
  return false;
}

/// Nothing holds for the domain, by RFC 7489 at least, and no other rule says why.
bool is_missing(const DomainCase& c, const DmarcDiscovery& found) {
  return !found.applies_7489 && !is_settled_elsewhere(c, found);
}

std::vector<dns::Name> names_looked_at(const DmarcDiscovery& found) {
  std::vector<dns::Name> names;
  for (const auto* stop : deciding(found)) names.push_back(stop->owner);
  return names;
}

Args both_generations(const DmarcDiscovery& found) {
  const auto* stop = found.applying();
  Args args{
      .values = {{"tree_policy", in_words(found.policy)}, {"list_policy", in_words(found.policy_7489)}}};
  if (stop != nullptr) args.values.emplace_back("tree_owner", stop->owner);
  if (found.applies_7489) args.values.emplace_back("list_owner", "_dmarc." + found.applies_7489->text());
  return args;
}

}  // namespace

void judge_dmarc_missing(DomainCase& c, Findings& findings) {
  if (is_parked(c.domain)) return;  // dmarc-parked-not-reject
  const auto found = policy_of(c);
  if (!is_missing(c, found) || has_record_at_apex(c) == true) return;
  Args args{.values = {{"names", audit::list_of(names_looked_at(found))}, {"domain", found.domain}}};
  if (const auto* stop = found.applying()) {
    args.values.emplace_back("owner", stop->owner);
    args.wording = "tree-only";
    args.severity = Severity::warning;
  }
  findings.add(std::move(args));
}

void judge_dmarc_lookup_failed(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  std::vector<dns::Name> names;
  const dns::Fact* first = nullptr;
  const auto check = [&](const dns::Name& name, RrType type) {
    const auto* fact = c.ask(name, type);
    if (fact == nullptr || !is_unknown(*fact)) return;
    if (first == nullptr) first = fact;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const auto* stop : deciding(found)) {
    if (stop->owner != stop->domain) check(stop->owner, RrType::TXT);
    if (stop->record) break;  // what is above it decides nothing
  }
  const bool of_policy = first != nullptr;
  if (!of_policy) {
    for (const auto& consent : found.consents) {
      if (consent.owner != consent.host) check(consent.owner, RrType::TXT);
    }
    const auto text = text_of(c, found);
    const auto* record = text ? text->record() : nullptr;
    for (const auto& host : record != nullptr ? report_hosts(*record) : std::vector<dns::Name>()) {
      check(host, RrType::MX);
      const auto* mx = c.ask(host, RrType::MX);
      if (mx == nullptr || !is_denied(*mx)) continue;
      const auto *a = c.ask(host, RrType::A), *aaaa = c.ask(host, RrType::AAAA);
      const auto has_address = [](const dns::Fact* fact) {
        return fact == nullptr || is_positive(fact->outcome);
      };
      if (has_address(a) || has_address(aaaa)) continue;
      check(host, RrType::A);
      check(host, RrType::AAAA);
    }
  }
  if (first == nullptr) return;
  findings.inconclusive(
      *first, {.values = {{"names", audit::list_of(names)}}, .wording = of_policy ? "" : "reports"});
}

void judge_dmarc_multiple(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto text = text_of(c, found);
  if (!text || text->stop->records < 2) return;
  findings.add({.values = {{"owner", text->stop->owner}, {"count", text->stop->records}}});
}

void judge_dmarc_wrong_location(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto& first = found.walk.stops.front();
  if (is_open(c, first)) return;
  if (has_record_at_apex(c) == true) {
    Args args{.values = {{"owner", found.domain}, {"right", first.owner}}, .wording = "apex"};
    if (first.records > 0) args.severity = Severity::warning;
    findings.add(std::move(args));
  }
  const auto text = text_of(c, found);
  if (!text) return;
  for (const auto& one : text->stop->answer.texts) {
    const auto kind = mailauth::kind_of(one);
    if (!kind || kind->version == "v=dmarc1") continue;
    Args args{.values = {{"owner", text->stop->owner}, {"what", kind->words}, {"place", kind->place}}};
    if (text->stop->records > 0) args.severity = Severity::warning;
    findings.add(std::move(args));
    return;
  }
}

void judge_dmarc_parked_not_reject(DomainCase& c, Findings& findings) {
  if (!is_parked(c.domain)) return;
  const auto found = policy_of(c);
  if (is_missing(c, found)) return findings.add({.values = {{"domain", found.domain}}, .wording = "missing"});
  // Where the two generations differ, the weaker one counts: forged mail comes where it is let in.
  if (!found.applies_7489 || !found.decided_7489) return;
  auto weakest = found.policy_7489;
  if (found.walk.decided && found.policy < weakest) weakest = found.policy;
  if (weakest == mailauth::DmarcPolicy::reject) return;
  findings.add({.values = {{"policy", in_words(weakest)}, {"domain", found.domain}}});
}

void judge_dmarc_standards_differ(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto* stop = found.applying();
  if (stop == nullptr || !found.walk.decided || !found.decided_7489 || !found.applies_7489) return;
  if (stop->domain == *found.applies_7489 && found.policy == found.policy_7489) return;
  if (stop->record->absent && !found.exists) return;  // which policy holds is not known
  auto args = both_generations(found);
  args.values.emplace_back("domain", found.domain);
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
