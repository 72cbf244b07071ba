// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "audit/subject/address.h"
#include "rules/mx/hosts.h"
#include "rules/mx/rules.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

/// Calls `visit` for each host that has a name of its own.
template <typename Visit>
void for_each_host(const audit::DomainCase& c, const Visit& visit) {
  const auto hosts = mail_hosts(c);
  if (!hosts) return;
  for (const auto& host : hosts->names) {
    const auto literal = literal_in(host, c.domain.name);
    if (literal && !literal->is_appended) continue;
    if (const auto addresses = addresses_of(c, host)) visit(host, *addresses, hosts->implicit);
  }
}

/// The name that stands in for the host; nullopt where it is no alias.
std::optional<dns::Name> alias_target(const dns::Name& host, const HostAddresses& addresses) {
  for (const auto* fact : {&addresses.a, &addresses.aaaa}) {
    if (!dns::is_definite(fact->outcome)) continue;
    for (const auto& alias : fact->aliases()) {
      if (alias.owner == host) return alias.target;
    }
  }
  return std::nullopt;
}

std::vector<IpAddress> private_addresses(const audit::DomainCase& c, const HostAddresses& host) {
  std::vector<IpAddress> found;
  for (const auto* fact : {&host.a, &host.aaaa}) {
    if (!dns::is_positive(fact->outcome)) continue;
    for (const auto& ip : fact->addresses()) {
      if (is_private(ip) && !is_declared(c.inventory, ip)) found.push_back(ip);
    }
  }
  return found;
}

/// leak-private-in-public, fcrdns-forward-private or fcrdns-mismatch says it of the name.
bool is_name_of_sender(const audit::DomainCase& c, const dns::Name& host) {
  const auto& all = c.inventory.addresses;
  return std::any_of(all.begin(), all.end(),
                     [&](const inventory::Address& one) { return audit::has_name(one, host); });
}

}  // namespace

void judge_mx_ip_literal(audit::DomainCase& c, audit::Findings& findings) {
  const auto hosts = mail_hosts(c);
  if (!hosts || hosts->implicit) return;
  for (const auto& host : hosts->names) {
    const auto literal = literal_in(host, c.domain.name);
    if (!literal) continue;
    if (literal->is_appended) {
      // A host may be called so, and then it has an address.
      const auto addresses = addresses_of(c, host);
      if (!addresses || !has_none(*addresses)) continue;
    }
    findings.add({.values = {{"host", host}, {"address", literal->address}},
                  .wording = literal->is_appended ? "appended" : ""});
  }
}

void judge_mx_target_no_addr(audit::DomainCase& c, audit::Findings& findings) {
  for_each_host(c, [&](const dns::Name& host, const HostAddresses& addresses, bool implicit) {
    if (implicit || !has_none(addresses) || literal_in(host, c.domain.name)) return;
    const bool absent = addresses.a.outcome == dns::Outcome::nxdomain;
    findings.add({.values = {{"host", host}}, .wording = absent ? "nxdomain" : "nodata"});
  });
}

void judge_mx_cname(audit::DomainCase& c, audit::Findings& findings) {
  for_each_host(c, [&](const dns::Name& host, const HostAddresses& addresses, bool implicit) {
    if (implicit) return;  // RFC 5321 §5.1: an alias of the domain itself is followed first
    if (const auto target = alias_target(host, addresses))
      findings.add({.values = {{"host", host}, {"alias_target", *target}}});
  });
}

void judge_mx_private(audit::DomainCase& c, audit::Findings& findings) {
  for_each_host(c, [&](const dns::Name& host, const HostAddresses& addresses, bool) {
    const auto found = private_addresses(c, addresses);
    if (found.empty() || is_name_of_sender(c, host)) return;
    findings.add({.values = {{"host", host}, {"addresses", audit::list_of(found)}}});
  });
}

}  // namespace rdnsgate::rules
