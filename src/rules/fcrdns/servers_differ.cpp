// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/address_at_servers.h"
#include "rules/fcrdns/rules.h"

namespace rdnsgate::rules {

void judge_fcrdns_servers_differ(audit::AddressCase& c, audit::Findings& findings) {
  for (const auto& forward : c.forward) say_address_disputed(c, *forward.fact, findings);
}

}  // namespace rdnsgate::rules
