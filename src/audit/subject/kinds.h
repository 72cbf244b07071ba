// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <type_traits>

#include "audit/subject/acceptance.h"
#include "audit/subject/address.h"
#include "audit/subject/answers.h"
#include "audit/subject/blocklist.h"
#include "audit/subject/domain.h"
#include "audit/subject/further_helo.h"
#include "audit/subject/inventory.h"
#include "audit/subject/path.h"
#include "audit/subject/relay.h"
#include "audit/subject/run.h"
#include "audit/subject/sender.h"
#include "audit/subject/vantage.h"
#include "audit/subject/zone.h"
#include "audit/subject/zone_text.h"

namespace rdnsgate::audit {

template <typename... Kind>
struct KindList {};

/// Every kind of subject. Live ones are judged in this order, and each comes behind those that it makes
/// something of: a domain sends through senders and relays.
using Kinds = KindList<AddressKind,         //
                       SenderKind,          //
                       FurtherAddressKind,  //
                       FurtherSenderKind,   //
                       ZoneKind,            //
                       RelayKind,           //
                       DomainKind,          //
                       PathKind,            //
                       BlocklistKind,       //
                       ZoneTextKind,        //
                       InventoryKind,       //
                       VantageSubjectKind,  //
                       AnswersKind,         //
                       AcceptanceKind,      //
                       RunKind>;

/// Calls `visit.operator()<Kind>()` for each.
template <typename Visit>
void for_each_kind(const Visit& visit) {
  [&]<typename... Kind>(KindList<Kind...>) { (visit.template operator()<Kind>(), ...); }(Kinds());
}
/// The same from the last to the first.
template <typename Visit>
void for_each_kind_backwards(const Visit& visit) {
  [&]<typename... Kind>(KindList<Kind...>) {
    [[maybe_unused]] int last = 0;
    ((visit.template operator()<Kind>(), last) = ... = 0);
  }(Kinds());
}

/// Addresses that fall to the run: of a shard its own, else all.
std::size_t count_addresses(const RunContext& run);

/// Findings about the target are to be shown of a run that judges a change alone. What is said of a vantage
/// is about the run.
bool is_touched(const Touched& touched, const Target& target);

}  // namespace rdnsgate::audit
