// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/mx/hosts.h"

#include <algorithm>
#include <tuple>

#include "rules/denial.h"

namespace rdnsgate::rules {
namespace {

constexpr std::size_t preference_octets = 2, octets_of_v4 = 4;

/// `192.0.2.1.example.com`: four numbers, and a zone that holds the domain.
std::optional<IpAddress> appended_address(const dns::Name& host, const dns::Name& domain) {
  if (host.label_count() <= octets_of_v4) return std::nullopt;
  dns::Name zone = host;
  std::string text;
  for (std::size_t i = 0; i < octets_of_v4; ++i) {
    if (i > 0) text += '.';
    text += zone.first_label();
    zone = zone.parent();
  }
  const auto address = IpAddress::read(text);
  if (!address || !domain.is_within(zone)) return std::nullopt;
  return *address;
}

}  // namespace

std::vector<Exchange> exchanges_in(const dns::RRset& set) {
  std::vector<Exchange> all;
  for (const auto& rdata : set.rdata) {
    if (rdata.size() <= preference_octets) continue;
    auto host = dns::name_in(rdata.substr(preference_octets));
    if (!host) continue;
    const auto octet = [&](std::size_t i) {
      return static_cast<unsigned>(static_cast<unsigned char>(rdata[i]));
    };
    all.push_back({static_cast<std::uint16_t>(octet(0) << 8U | octet(1)), std::move(*host)});
  }
  std::sort(all.begin(), all.end(), [](const Exchange& a, const Exchange& b) {
    return std::tie(a.preference, a.host) < std::tie(b.preference, b.host);
  });
  return all;
}

std::optional<MailHosts> mail_hosts(const audit::DomainCase& c) {
  const auto* mx = c.ask(c.domain.name, dns::RrType::MX);
  if (mx == nullptr) return std::nullopt;
  if (dns::is_denied(*mx) && mx->outcome == dns::Outcome::nodata) return MailHosts{{c.domain.name}, true};
  if (!dns::is_positive(mx->outcome) || mx->rrset() == nullptr) return std::nullopt;
  MailHosts hosts;
  for (auto& exchange : exchanges_in(*mx->rrset())) {
    if (hosts.names.size() == most_mail_hosts) break;
    const bool known = std::find(hosts.names.begin(), hosts.names.end(), exchange.host) != hosts.names.end();
    if (!exchange.is_null() && !known) hosts.names.push_back(std::move(exchange.host));
  }
  return hosts;
}

std::optional<Literal> literal_in(const dns::Name& host, const dns::Name& domain) {
  if (const auto address = IpAddress::read(host.text())) return Literal{*address};
  if (const auto address = appended_address(host, domain)) return Literal{*address, true};
  return std::nullopt;
}

std::optional<HostAddresses> addresses_of(const audit::DomainCase& c, const dns::Name& host) {
  const auto* a = c.ask(host, dns::RrType::A);
  const auto* aaaa = c.ask(host, dns::RrType::AAAA);
  if (a == nullptr || aaaa == nullptr) return std::nullopt;
  return HostAddresses{*a, *aaaa};
}

bool has_none(const HostAddresses& host) { return dns::is_denied(host.a) && dns::is_denied(host.aaaa); }

const dns::Fact* open_question(const HostAddresses& host) {
  const bool some = dns::is_positive(host.a.outcome) || dns::is_positive(host.aaaa.outcome);
  for (const auto* fact : {&host.a, &host.aaaa}) {
    // Where there is an address, a denial in the other family needs no voucher.
    if (some ? !dns::is_definite(fact->outcome) : is_unknown(*fact)) return fact;
  }
  return nullptr;
}

}  // namespace rdnsgate::rules
