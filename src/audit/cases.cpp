// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/cases.h"

#include <algorithm>

namespace rdnsgate::audit {

using dns::RrType;

std::optional<AddressCase> read_address(const RunContext& run, const Address& address, dns::FactDesk& desk) {
  const Inventory& inventory = *run.inventory;
  const RrType type = address.ip.is_v4() ? RrType::A : RrType::AAAA;
  const RrType other = address.ip.is_v4() ? RrType::AAAA : RrType::A;
  dns::Name reverse = dns::reverse_name(address.ip);
  const dns::Fact* ptr = desk.get(reverse, RrType::PTR);
  // What does not depend on the PTR is asked beside it, not after it.
  const bool has_helo = !address.helo.is_root();
  const dns::Fact* helo = has_helo ? desk.get(address.helo, type) : nullptr;
  const dns::Fact* helo_other = has_helo && address.first_with_helo ? desk.get(address.helo, other) : nullptr;
  if (ptr == nullptr) return std::nullopt;

  std::vector<dns::Name> targets;
  std::vector<AddressCase::Forward> forward;
  if (ptr->outcome == dns::Outcome::answer) {
    targets = ptr->targets();
    std::sort(targets.begin(), targets.end());
    const std::string wanted = dns::rdata_of(address.ip);
    std::size_t looked_up = 0;
    for (const auto& name : targets) {
      if (++looked_up > AddressCase::max_targets) break;  // what is asked counts, not what is there
      const dns::Fact* fact = desk.get(name, type);
      if (fact == nullptr) continue;
      const dns::RRset* set = fact->outcome == dns::Outcome::answer ? fact->rrset() : nullptr;
      const bool confirms =
          set != nullptr && std::find(set->rdata.begin(), set->rdata.end(), wanted) != set->rdata.end();
      forward.push_back({name, fact, confirms});
    }
  }
  if (!desk.complete()) return std::nullopt;
  return AddressCase{{run, inventory, inventory.sender_of(address), address},
                     desk,
                     std::move(reverse),
                     *ptr,
                     std::move(targets),
                     std::move(forward),
                     helo,
                     helo_other};
}

std::optional<SenderCase> read_sender(const RunContext& run, const Sender& sender, dns::FactDesk& desk) {
  const Inventory& inventory = *run.inventory;
  const std::span addresses =
      std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
  std::vector<const dns::Fact*> ptr;
  if (addresses.size() <= SenderCase::max_addresses) {
    for (const auto& address : addresses) ptr.push_back(desk.get(dns::reverse_name(address.ip), RrType::PTR));
  }
  if (!desk.complete()) return std::nullopt;
  return SenderCase{{run, inventory, sender, addresses}, desk, std::move(ptr)};
}

std::optional<ZoneCase> read_zone(const RunContext& run, const inventory::Zone& zone, dns::FactDesk& desk) {
  const dns::Fact* soa = desk.get(zone.name, RrType::SOA);
  if (soa == nullptr) return std::nullopt;
  return ZoneCase{run, *run.inventory, zone, desk, *soa};
}

}  // namespace rdnsgate::audit
