// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dual/rules.h"
#include "rules/dual/stack.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {

void judge_dual_aaaa_undeclared(audit::AddressCase& c, audit::Findings& findings) {
  if (c.address.ip.is_v6() || c.helo_other == nullptr || !dns::is_positive(c.helo_other->outcome)) return;
  const auto addresses =
      std::span(c.inventory.addresses).subspan(c.sender.first_address, c.sender.address_count);
  if (addresses.size() > audit::SenderCase::max_addresses || has_family(addresses, false)) return;
  auto undeclared = c.helo_other->addresses();
  std::erase_if(undeclared, [&](const IpAddress& ip) { return c.inventory.find(ip) != nullptr; });
  if (undeclared.empty()) return;
  findings.add(
      about_helo(c, {.values = {{"addresses", audit::list_of(undeclared)}, {"helo", c.address.helo}}}));
}

}  // namespace rdnsgate::rules
