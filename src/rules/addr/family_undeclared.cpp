// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <span>

#include "rules/addr/rules.h"
#include "rules/dual/stack.h"
#include "rules/strangers.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

std::span<const inventory::Address> siblings_of(const AddressCase& c) {
  return std::span(c.inventory.addresses).subspan(c.sender.first_address, c.sender.address_count);
}

/// The PTR name is judged once, at the first address of the sender that is to have it, and where it is one of
/// this very host: it leads back here.
bool speaks_for_ptr(const AddressCase& c, std::span<const inventory::Address> addresses) {
  if (c.address.is_further || c.address.ptr.is_root() || inventory::says_helo(c.address, c.address.ptr))
    return false;
  const auto first = std::find_if(addresses.begin(), addresses.end(),
                                  [&](const auto& other) { return other.ptr == c.address.ptr; });
  if (first == addresses.end() || first->ip != c.address.ip) return false;
  return std::any_of(c.forward.begin(), c.forward.end(), [&](const AddressCase::Forward& forward) {
    return forward.confirms && forward.name == c.address.ptr;
  });
}

/// What nobody declares of the other family's addresses.
std::vector<IpAddress> not_declared(const AddressCase& c, const dns::Fact* fact) {
  if (fact == nullptr || !dns::is_positive(fact->outcome)) return {};
  auto addresses = fact->addresses();
  std::erase_if(addresses, [&](const IpAddress& ip) { return is_declared(c.inventory, ip); });
  return addresses;
}

void say_family(const AddressCase& c, const dns::Name& name, const std::vector<IpAddress>& addresses,
                audit::Findings& findings) {
  if (addresses.empty()) return;
  findings.add({.values = {{"name", name},
                           {"addresses", audit::list_of(addresses)},
                           {"family", c.address.ip.is_v4() ? "IPv6" : "IPv4"},
                           {"sender", c.sender.name}}});
}

}  // namespace

void judge_addr_family_undeclared(AddressCase& c, audit::Findings& findings) {
  const auto addresses = siblings_of(c);
  if (addresses.size() > audit::SenderCase::max_addresses || is_dual_stack_host(addresses)) return;
  const bool v4 = c.address.ip.is_v4();
  const auto at_helo = not_declared(c, c.helo_other);
  // An AAAA record at the HELO name is dual-aaaa-undeclared.
  if (!v4) say_family(c, c.address.helo, at_helo, findings);
  if (!speaks_for_ptr(c, addresses)) return;
  auto at_ptr = not_declared(c, c.probe(c.address.ptr, v4 ? dns::RrType::AAAA : dns::RrType::A));
  std::erase_if(at_ptr, [&](const IpAddress& ip) {
    return std::find(at_helo.begin(), at_helo.end(), ip) != at_helo.end();
  });
  say_family(c, c.address.ptr, at_ptr, findings);
}

}  // namespace rdnsgate::rules
