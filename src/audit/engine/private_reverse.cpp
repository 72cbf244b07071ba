// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/private_reverse.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::audit {
namespace {

using dns::Name;
using dns::RrType;

std::vector<Name> private_zones() {
  std::vector<Name> zones{Name::parse("10.in-addr.arpa").value(),
                          Name::parse("168.192.in-addr.arpa").value()};
  for (int octet = 16; octet < 32; ++octet)
    zones.push_back(Name::parse(fmt::format("{}.172.in-addr.arpa", octet)).value());
  return zones;
}

/// Delegated to AS112 (RFC 7534), or led there by a DNAME record (RFC 7535).
bool is_from_as112(const dns::RRset& soa) {
  static const Name delegated = Name::parse("prisoner.iana.org").value();
  static const Name led = Name::parse("blackhole.as112.arpa").value();
  if (soa.rdata.empty()) return false;
  const auto data = dns::soa_in(soa.rdata.front());
  return data && (data->mname == delegated || data->mname == led);
}

}  // namespace

PrivateReverse::PrivateReverse(std::span<const dns::VantageInfo> vantages) {
  for (dns::VantageIndex v = 0; v < vantages.size(); ++v) {
    if (!vantages[v].internal) continue;
    for (auto& zone : private_zones()) questions_.push_back({v, std::move(zone), RrType::SOA});
  }
}

bool PrivateReverse::take(const dns::Fact& fact) {
  if (complete() || std::find(questions_.begin(), questions_.end(), fact.question) == questions_.end())
    return false;
  ++answered_;
  const auto* soa = dns::is_positive(fact.outcome) ? fact.rrset()
                    : dns::is_denied(fact)         ? &*fact.soa
                                                   : nullptr;
  if (soa != nullptr && is_from_as112(*soa)) leaks_.push_back({fact.question.vantage, fact.question.name});
  return true;
}

std::vector<Name> PrivateReverse::leaks(dns::VantageIndex vantage) const {
  std::vector<Name> zones;
  for (const auto& leak : leaks_) {
    if (leak.vantage == vantage) zones.push_back(leak.zone);
  }
  std::sort(zones.begin(), zones.end());
  return zones;
}

}  // namespace rdnsgate::audit
