// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/denial.h"
#include "rules/public_suffix.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/relay_terms.h"
#include "rules/spf/rules.h"
#include "rules/spf/survey.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfKind;
using mailauth::SpfResult;
using mailauth::SpfTerm;

bool has_term(const SpfSurvey& survey, const SpfTerm& wanted) {
  bool found = false;
  survey.for_each_term([&](const SpfSurvey::Visit& visit, const SpfTerm& term) {
    found = found || (visit.has_pass && term.qualifier == SpfResult::pass && is_same_mechanism(term, wanted));
  });
  return found;
}

/// The domain itself, those below it, and what else the inventory holds: no stranger's.
bool is_own(const audit::DomainCase& c, const dns::Name& name) {
  return name.is_within(c.domain.name) || c.inventory.zone_of(name) != nullptr ||
         organisational_domain(name) == organisational_domain(c.domain.name) ||
         std::any_of(c.inventory.domains.begin(), c.inventory.domains.end(),
                     [&](const auto& domain) { return domain.name == name; });
}

bool gives(const inventory::Relay& relay, const SpfTerm& term) {
  const auto terms = terms_of(relay);
  return std::any_of(terms.begin(), terms.end(),
                     [&](const auto& one) { return is_same_mechanism(one, term); });
}

/// It is a term of a relay that the domain sends through.
bool is_used(const audit::DomainCase& c, const SpfTerm& term) {
  const auto paths = paths_of(c.inventory, c.domain);
  return std::any_of(paths.begin(), paths.end(), [&](const auto& path) {
    const auto* relay = c.inventory.relay_of(path);
    return relay != nullptr && gives(*relay, term);
  });
}

}  // namespace

std::vector<SpfTerm> terms_of(const inventory::Relay& relay) {
  std::vector<SpfTerm> terms;
  for (const auto& word : mailauth::spf_words(relay.spf)) {
    auto term = mailauth::parse_spf_term(word);
    if (term && !term->is_modifier() && term->kind != SpfKind::all) terms.push_back(std::move(*term));
  }
  return terms;
}

bool is_same_mechanism(const SpfTerm& a, const SpfTerm& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == SpfKind::ip4 || a.kind == SpfKind::ip6) return a.block.contains(b.block);
  if (a.fixed && b.fixed) {
    return a.fixed->name == b.fixed->name && a.v4_length == b.v4_length && a.v6_length == b.v6_length;
  }
  return a.domain == b.domain;  // one name or macro is fixed in both or in neither
}

RelayTerms relay_terms(audit::PathCase& c) {
  RelayTerms result;
  if (c.relay == nullptr) return result;
  // Of another domain in MAIL FROM it is not known how it lets the relay through.
  if (inventory::mail_from_of(c.domain, c.relay) != c.domain.name) return result;
  const SpfSurvey survey(c.desk, c.domain.name);
  // Where there is no record that works, the rules about the domain say so.
  if (survey.is_pending() || !survey.top().found.is_good()) return result;
  for (const auto& term : terms_of(*c.relay)) {
    if (has_term(survey, term)) continue;
    (survey.is_partial() ? result.unknown : result.missing).push_back(term.text);
  }
  if (!result.unknown.empty() && !survey.failed().empty()) result.failed = survey.failed().front();
  return result;
}

void judge_spf_relay_missing_include(audit::PathCase& c, audit::Findings& findings) {
  if (c.relay == nullptr) return;
  const auto terms = relay_terms(c);
  const auto values = [&](const std::vector<std::string>& missing) {
    return audit::Values{
        {"domain", c.domain.name}, {"relay", c.relay->name}, {"terms", audit::list_of(missing)}};
  };
  if (terms.is_lacking()) return findings.add({.values = values(terms.missing)});
  // Of what failed otherwise spf-temperror speaks.
  if (terms.failed != nullptr && dns::is_outside(*terms.failed))
    say_unknown(findings, *terms.failed, {.values = values(terms.unknown), .wording = "open"});
}

void judge_spf_relay_orphan_include(audit::DomainCase& c, audit::Findings& findings) {
  if (!sends(c.domain)) return;
  const auto text = spf_text(c.desk, c.domain.name);
  for (const auto& term : text.record.terms) {
    if (term.kind == SpfKind::all) break;
    if (term.kind != SpfKind::include || !term.fixed || term.qualifier != SpfResult::pass) continue;
    if (is_used(c, term) || is_own(c, term.fixed->name)) continue;
    const auto& relays = c.inventory.relays;
    const auto known =
        std::find_if(relays.begin(), relays.end(), [&](const auto& relay) { return gives(relay, term); });
    audit::Args args{.values = {{"domain", c.domain.name}, {"term", shown(term.text)}}};
    if (known != relays.end()) {
      args.values.emplace_back("relay", known->name);
      args.wording = "unused";
    }
    findings.add(std::move(args));
  }
}

}  // namespace rdnsgate::rules
