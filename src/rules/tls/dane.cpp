// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "audit/subject/address.h"
#include "dns/dnssec/tlsa.h"
#include "rules/denial.h"
#include "rules/mx/hosts.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

struct HostTlsa {
  dns::Name host;
  const dns::Fact& answer;
};

/// The TLSA answers of the domain's mail hosts that are there.
std::vector<HostTlsa> all_tlsa(const audit::DomainCase& c) {
  std::vector<HostTlsa> all;
  const auto hosts = mail_hosts(c);
  if (!hosts) return all;
  for (const auto& host : hosts->names) {
    if (const auto* answer = tlsa_of(c, host)) all.push_back({host, *answer});
  }
  return all;
}

bool is_usable_tlsa(const std::string& rdata) {
  const auto record = dns::read_tlsa(rdata);
  return record && record->is_usable_for_smtp();
}

/// dnssec-tlsa-insecure says it of the zone.
bool is_said_of_zone(const audit::DomainCase& c, const dns::Name& host) {
  if (c.inventory.zone_of(host) == nullptr) return false;
  const auto& all = c.inventory.addresses;
  return std::any_of(all.begin(), all.end(),
                     [&](const inventory::Address& one) { return inventory::says_helo(one, host); });
}

bool is_own_tlsa_host(const audit::DomainCase& c, const dns::Name& host) {
  return host.is_within(c.domain.name) || c.inventory.zone_of(host) != nullptr;
}

}  // namespace

void judge_dane_tlsa_missing(audit::DomainCase& c, audit::Findings& findings) {
  std::vector<dns::Name> with, without;
  for (const auto& one : all_tlsa(c)) {
    if (dns::is_positive(one.answer.outcome)) with.push_back(one.host);
    if (is_denied(one.answer)) without.push_back(one.host);
  }
  if (with.empty() || without.empty()) return;
  findings.add({.values = {{"hosts", audit::list_of(without)}, {"others", audit::list_of(with)}}});
}

void judge_dane_tlsa_insecure(audit::DomainCase& c, audit::Findings& findings) {
  for (const auto& one : all_tlsa(c)) {
    if (!dns::is_positive(one.answer.outcome) || one.answer.security != dns::Security::insecure) continue;
    if (is_own_tlsa_host(c, one.host) && !is_said_of_zone(c, one.host))
      findings.add({.values = {{"host", one.host}}});
  }
}

void judge_dane_tlsa_mismatch(audit::DomainCase& c, audit::Findings& findings) {
  for (const auto& one : all_tlsa(c)) {
    const auto* set = one.answer.rrset();
    if (!dns::is_positive(one.answer.outcome) || set == nullptr) continue;
    std::vector<std::string> useless;
    for (const auto& rdata : set->rdata) {
      if (is_usable_tlsa(rdata)) continue;
      const auto number = [&](std::size_t i) {
        return i < rdata.size() ? std::to_string(static_cast<unsigned char>(rdata[i])) : std::string("-");
      };
      useless.push_back(number(0) + " " + number(1) + " " + number(2));
    }
    if (useless.empty()) continue;
    const bool none = useless.size() == set->rdata.size();
    findings.add({.values = {{"host", one.host}, {"records", audit::list_of(useless)}},
                  .wording = none ? "none" : "",
                  .severity = none ? Severity::error : Severity::warning});
  }
}

}  // namespace rdnsgate::rules
