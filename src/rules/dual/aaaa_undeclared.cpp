// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/dual/rules.h"
#include "rules/helo/subject.h"
#include "rules/listing.h"

namespace rdnsgate::rules {

void judge_dual_aaaa_undeclared(audit::SenderCase& c, audit::Findings& findings) {
  if (c.addresses.size() > audit::SenderCase::max_addresses) return;
  if (std::any_of(c.addresses.begin(), c.addresses.end(), [](const auto& address) { return address.ip.is_v6(); })) return;
  for_each_helo(c, [&](const audit::DeclaredAddress& address) {
    const auto* fact = c.ask(address.address.helo, dns::RrType::AAAA);
    if (fact == nullptr || !dns::is_positive(fact->outcome)) return;
    auto undeclared = fact->addresses();
    std::erase_if(undeclared, [&](const IpAddress& ip) { return c.inventory.find(ip) != nullptr; });
    if (undeclared.empty()) return;
    findings.add(about_helo(address, {.observed = listed(undeclared), .detail = address.address.helo.text()}));
  });
}

}  // namespace rdnsgate::rules
