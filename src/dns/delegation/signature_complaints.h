// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/timestamp.h"
#include "dns/delegation/delegation.h"
#include "dns/delegation/fault.h"
#include "dns/delegation/trust.h"

namespace rdnsgate::dns {

/// By what the signatures of a cut are judged; views that must outlive it.
struct SignatureContext {
  Time now;
  const Trace& trace;
  const Trust& trust;  ///< in the zone's keys
  const Trust* above;  ///< in those of its parent; nullptr where there is none
};

/// What an address of a zone whose keys a DS record fits sent without a signature or a proof that holds, of
/// the zone's own records and of what the trace asked of the zone. Without EDNS it sends none.
void judge_signatures(const Cut& cut, const NameServer& server, const AddressReport& report,
                      const SignatureContext& context, std::vector<Complaint>& complaints);

/// What servers of the parent say of DS records without a proof that holds; and that the chain of trust ends
/// here, where nothing among the complaints so far tells why.
void judge_trust(const Cut& cut, const SignatureContext& context, std::vector<Complaint>& complaints);

}  // namespace rdnsgate::dns
