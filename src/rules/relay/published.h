// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/relay.h"
#include "mailauth/spf/spf_published.h"

namespace rdnsgate::rules {

/// The addresses that the SPF term of a relay lets through, as far as the DNS says.
struct RelayRanges {
  mailauth::SpfPublished published;
  const dns::Fact* failed = nullptr;  ///< the first answer that something of it hangs on, and that is none
  bool ready = false;                 ///< nothing has to be asked before
};
/// Nothing, of a relay that has no term.
RelayRanges published_ranges(audit::RelayCase& c);

/// What is in one set of ranges and not in the other, as few blocks as there can be. Both are rising.
std::vector<Prefix> blocks_without(const std::vector<AddressRange>& all,
                                   const std::vector<AddressRange>& without);

}  // namespace rdnsgate::rules
