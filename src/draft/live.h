// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "dns/facts/fact_store.h"
#include "draft/estate.h"
#include "draft/known_relays.h"

namespace rdnsgate::draft {

/// What the DNS is to be asked about.
struct Wanted {
  std::vector<IpAddress> addresses;
  std::vector<dns::Name> domains;  ///< their SPF records name more addresses
  /// Also the selectors at which well-known relays have the domains publish keys, and the addresses that relays
  /// publish.
  bool relays = false;
  KnownRelays known{};

  static constexpr std::size_t most_addresses = 65'536;
};

/// Adds what the DNS says to what is known: the domains' SPF and DMARC records, the PTR names of their addresses, of
/// those wanted and of hosts that have none, and the zones that these names are in. Means nothing while the
/// desk is incomplete; run it again on the same estate when what was missing is there. A lookup that failed
/// is not a record that is missing: each is said as what it is.
void read_live(dns::FactDesk& desk, const Wanted& wanted, Estate& estate);

}  // namespace rdnsgate::draft
