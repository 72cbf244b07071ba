// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dns/delegation/delegation.h"
#include "dns/facts/fact.h"

namespace rdnsgate::run {

// What faults do to answers. Who was asked, when, and how long it took stay as they are.

/// An SOA record for a zone of which none is known: what it denies is kept for an hour.
dns::RRset made_soa(const dns::Name& zone);

/// There is no such name, by this SOA record.
void deny(dns::Fact& fact, const dns::RRset& soa);
/// The RRset asked for is this one alone.
void answer_with(dns::Fact& fact, std::uint32_t ttl, std::string rdata);
/// No answer of use.
void break_answer(dns::Fact& fact, dns::Outcome outcome, std::string reason);

/// Nothing comes back, however often it is tried.
dns::Exchange with_silence(dns::Exchange exchange, bool over_tcp);
dns::Exchange with_refusal(dns::Exchange exchange);

/// Of each address of the zone's servers that holds the zone, in their order.
void each_holder(const dns::Cut& cut,
                 const std::function<void(const dns::NameServer&, const dns::AddressReport&)>& visit);
/// Each reply of an address.
void each_exchange(dns::AddressReport& report, const std::function<void(dns::Exchange&)>& visit);

}  // namespace rdnsgate::run
