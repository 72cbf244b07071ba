// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dmarc/policy_of.h"

#include <algorithm>

#include "rules/denial.h"
#include "rules/public_suffix.h"

namespace rdnsgate::rules {
namespace {

using mailauth::DmarcDiscovery;
using mailauth::DmarcStop;

bool is_declared(const audit::DomainCase& c, const dns::Name& domain) {
  return std::any_of(c.inventory.domains.begin(), c.inventory.domains.end(),
                     [&](const auto& one) { return one.name == domain; });
}

/// Whose texts: the domain's own, or those at the name that both generations of receivers look at next.
const DmarcStop* stop_with_text(const audit::DomainCase& c, const DmarcDiscovery& found) {
  const auto& first = found.walk.stops.front();
  if (!first.answer.texts.empty()) return &first;
  if (is_open(c, first)) return nullptr;
  const auto* applying = found.applying();
  for (const auto& stop : found.walk.stops) {
    const bool is_next = applying != nullptr ? &stop == applying : stop.domain == found.organisational;
    if (is_next && !stop.answer.texts.empty()) return is_declared(c, stop.domain) ? nullptr : &stop;
  }
  return nullptr;
}

}  // namespace

DmarcDiscovery policy_of(const audit::DomainCase& c) {
  return mailauth::discover_dmarc(c.desk, c.domain.name, organisational_domain, mailauth::WalkFor::policy);
}

bool is_open(const audit::DomainCase& c, const DmarcStop& stop) {
  if (stop.owner == stop.domain) return false;  // too long for a name
  const auto* fact = c.ask(stop.owner, dns::RrType::TXT);
  return fact == nullptr || is_unknown(*fact);
}

std::vector<const DmarcStop*> deciding(const DmarcDiscovery& found) {
  std::vector<const DmarcStop*> stops;
  for (const auto& stop : found.walk.stops) {
    if (stop.domain.is_within(found.organisational)) stops.push_back(&stop);
  }
  return stops;
}

const mailauth::DmarcRecord* JudgedText::record() const {
  if (!stop->record) return nullptr;
  const auto found = std::find_if(judged.records.begin(), judged.records.end(),
                                  [](const auto& one) { return one.is_dmarc; });
  return &*found;
}

std::optional<JudgedText> text_of(const audit::DomainCase& c, const DmarcDiscovery& found) {
  const auto* stop = stop_with_text(c, found);
  if (stop == nullptr) return std::nullopt;
  return JudgedText{stop, mailauth::judge_dmarc(stop->answer.texts)};
}

std::vector<dns::Name> report_hosts(const mailauth::DmarcRecord& record) {
  constexpr std::size_t most = 10;  // what stands in one record must not decide how much is asked
  std::vector<dns::Name> hosts;
  for (const auto& destination : record.destinations) {
    if (hosts.size() < most && std::find(hosts.begin(), hosts.end(), destination.host) == hosts.end())
      hosts.push_back(destination.host);
  }
  return hosts;
}

std::string in_words(const std::optional<mailauth::DmarcPolicy>& policy) {
  return policy ? std::string(to_string(*policy)) : "nothing";
}

bool is_parked(const inventory::Domain& domain) {
  return domain.via.empty() && domain.dkim.empty();
}

}  // namespace rdnsgate::rules
