// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/at_hand.h"

#include <algorithm>

#include "dns/references.h"
#include "dns/rrset.h"
#include "mailauth/spf/spf_record.h"

namespace rdnsgate::plan {

using dns::RrType;

AtHand::AtHand(const inventory::Inventory& now, const inventory::Inventory* base) {
  for (const auto& retired : now.retired_addresses) going_.insert(dns::rdata_of(retired.ip));
  if (base == nullptr) return;
  for (const auto& address : base->addresses) {
    if (now.find(address.ip) == nullptr) going_.insert(dns::rdata_of(address.ip));
  }
}

void AtHand::add(const dns::ZoneFile& zone) {
  Zone kept{zone.origin, {}, {}};
  for (const auto& open : zone.open) {
    const bool matters = open.type == RrType{} || open.type == RrType::A || open.type == RrType::AAAA ||
                         open.type == RrType::TXT || dns::has_references(open.type);
    if (matters) kept.open.push_back(open);
  }
  for (const auto& set : zone.rrsets) {
    if (is_kept(set)) kept.sets.push_back(set);
  }
  zones_.push_back(std::move(kept));
}

bool AtHand::is_kept(const dns::RRset& set) const {
  if (dns::has_references(set.type)) return true;
  if (set.type == RrType::TXT) return std::any_of(set.rdata.begin(), set.rdata.end(), is_spf_record);
  return (set.type == RrType::A || set.type == RrType::AAAA) &&
         std::any_of(set.rdata.begin(), set.rdata.end(),
                     [&](const std::string& rdata) { return going_.count(rdata) != 0; });
}

const AtHand::Zone* AtHand::zone_of(const dns::Name& name) const {
  const Zone* best = nullptr;
  for (const auto& zone : zones_) {
    if (name.is_within(zone.origin) &&
        (best == nullptr || zone.origin.label_count() > best->origin.label_count()))
      best = &zone;
  }
  return best;
}

bool is_spf_record(const std::string& rdata) { return mailauth::is_spf(dns::txt_joined(rdata)); }

}  // namespace rdnsgate::plan
