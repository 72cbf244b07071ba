// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/address_at_servers.h"
#include "rules/helo/rules.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {

void judge_helo_servers_differ(audit::AddressCase& c, audit::Findings& findings) {
  if (c.helo == nullptr) return;
  // Of a name that is in the PTR set, fcrdns-servers-differ says the same.
  if (std::binary_search(c.targets.begin(), c.targets.end(), c.address.helo)) return;
  if (!is_host_name(c.address.helo)) return;
  say_address_disputed(c, *c.helo, findings);
}

}  // namespace rdnsgate::rules
