// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/mail_hosts.h"

#include <algorithm>

#include "run/frame/open_panel.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t preference_octets = 2;  // RFC 1035 §3.3.9
constexpr std::size_t most_mail_hosts = 16;   // of one domain

/// Of one domain; the domain itself where there is no MX record (RFC 5321 §5.1).
std::vector<dns::Name> hosts_of(const dns::FactStore& facts, dns::VantageIndex vantage,
                                const dns::Name& domain) {
  const auto mx = facts.find({vantage, domain, dns::RrType::MX});
  if (!mx) return {};
  if (mx->outcome == dns::Outcome::nodata) return {domain};
  const auto* set = dns::is_positive(mx->outcome) ? mx->rrset() : nullptr;
  std::vector<dns::Name> hosts;
  if (set == nullptr) return hosts;
  for (const auto& rdata : set->rdata) {
    if (rdata.size() <= preference_octets || hosts.size() == most_mail_hosts) continue;
    auto host = dns::name_in(rdata.substr(preference_octets));
    if (host && !host->is_root()) hosts.push_back(std::move(*host));
  }
  return hosts;
}

}  // namespace

std::map<IpAddress, std::vector<std::string>> mail_hosts_in(const dns::Snapshot& snapshot,
                                                            const inventory::Inventory& inventory) {
  std::map<IpAddress, std::vector<std::string>> all;
  if (snapshot.head.vantages.empty()) return all;
  const auto vantage = nearest_vantage(snapshot.head.vantages);
  for (const auto& domain : inventory.domains) {
    for (const auto& host : hosts_of(snapshot.facts, vantage, domain.name)) {
      for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) {
        const auto fact = snapshot.facts.find({vantage, host, type});
        if (!fact || !dns::is_positive(fact->outcome)) continue;
        for (const auto& address : fact->addresses()) {
          auto& names = all[address];
          if (std::find(names.begin(), names.end(), host.text()) == names.end()) names.push_back(host.text());
        }
      }
    }
  }
  return all;
}

}  // namespace rdnsgate::run
