// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/mail_servers.h"

#include <algorithm>
#include <utility>

#include "rules/mx/hosts.h"
#include "run/paths/signs.h"

namespace rdnsgate::run {
namespace {

void find_host_addresses(dns::FactDesk& desk, const dns::Name& host, dns::RrType type,
                         std::vector<IpAddress>& addresses, std::string& failure) {
  const auto* fact = desk.get(host, type);
  if (fact == nullptr) return;
  if (!is_definite(fact->outcome)) {
    failure = why_unknown(*fact);
  } else {
    addresses = fact->addresses();
  }
}

/// The hosts of MX records, without what cannot be one.
std::vector<dns::Name> mx_hosts_of(const dns::RRset& set) {
  std::vector<dns::Name> names;
  for (auto& exchange : rules::exchanges_in(set)) {
    if (names.size() == rules::most_mail_hosts) break;
    const bool known = std::find(names.begin(), names.end(), exchange.host) != names.end();
    if (!exchange.is_null() && !known) names.push_back(std::move(exchange.host));
  }
  return names;
}

}  // namespace

MailServers find_mail_servers(dns::FactDesk& desk, const dns::Name& domain) {
  MailServers servers;
  const auto* mx = desk.get(domain, dns::RrType::MX);
  if (mx == nullptr) return servers;
  std::vector<dns::Name> names;
  if (!is_definite(mx->outcome)) {
    servers.nobody = why_unknown(*mx);
  } else if (const auto* set = mx->rrset(); set != nullptr) {
    names = mx_hosts_of(*set);
    if (names.empty()) servers.nobody = "the domain takes no mail (null MX, RFC 7505)";
  } else if (mx->outcome == dns::Outcome::nxdomain) {
    servers.nobody = "the domain does not exist";
  } else {
    names = {domain};  // the implicit MX
  }
  for (auto& name : names) {
    MailServers::Host host{std::move(name), {}, {}, {}, {}};
    find_host_addresses(desk, host.name, dns::RrType::A, host.v4, host.failure_v4);
    find_host_addresses(desk, host.name, dns::RrType::AAAA, host.v6, host.failure_v6);
    servers.hosts.push_back(std::move(host));
  }
  return servers;
}

}  // namespace rdnsgate::run
