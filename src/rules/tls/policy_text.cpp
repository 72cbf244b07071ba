// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/tls/policy_text.h"

#include <algorithm>

#include "base/text/text.h"
#include "dns/rrset.h"
#include "rules/denial.h"
#include "rules/mx/hosts.h"

namespace rdnsgate::rules {

std::optional<dns::Name> policy_name(const audit::DomainCase& c, std::string_view prefix) {
  auto name = dns::Name::parse(std::string(prefix) + c.domain.name.fqdn());
  if (!name) return std::nullopt;
  return std::move(*name);
}

PolicyTexts policy_texts(const audit::DomainCase& c, std::string_view prefix, std::string_view version) {
  PolicyTexts found;
  const auto owner = policy_name(c, prefix);
  if (!owner) return found;
  found.owner = *owner;
  const auto* fact = c.probe(*owner, dns::RrType::TXT);
  if (fact == nullptr) return found;
  found.known = dns::is_positive(fact->outcome) || is_denied(*fact);
  const auto* set = fact->rrset();
  if (!dns::is_positive(fact->outcome) || set == nullptr) return found;
  for (const auto& rdata : set->rdata) {
    auto text = dns::txt_joined(rdata);
    if (ascii_lower(text).starts_with(ascii_lower(version))) found.texts.push_back(std::move(text));
  }
  return found;
}

std::optional<std::string> field_in(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const auto equals = part.find('=');
    if (equals != std::string_view::npos && trimmed(part.substr(0, equals)) == name)
      return std::string(trimmed(part.substr(equals + 1)));
  }
  return std::nullopt;
}

const dns::Fact* tlsa_of(const audit::DomainCase& c, const dns::Name& host) {
  const auto owner = dns::Name::parse("_25._tcp." + host.fqdn());
  return owner ? c.probe(*owner, dns::RrType::TLSA) : nullptr;
}

std::optional<bool> wants_tls(const audit::DomainCase& c) {
  const auto sts = policy_texts(c, mta_sts_prefix, mta_sts_version);
  if (!sts.texts.empty()) return true;
  const auto hosts = mail_hosts(c);
  bool known = sts.known && hosts;
  if (!hosts) return std::nullopt;
  for (const auto& host : hosts->names) {
    const auto* tlsa = tlsa_of(c, host);
    if (tlsa != nullptr && dns::is_positive(tlsa->outcome)) return true;
    known = known && tlsa != nullptr && is_denied(*tlsa);
  }
  return known ? std::optional(false) : std::nullopt;
}

}  // namespace rdnsgate::rules
