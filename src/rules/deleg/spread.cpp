// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// How many name servers a zone has, and whether they can fail apart from each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "audit/as_table.h"
#include "dns/delegation/silence.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"
#include "rules/denial.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

/// The block of addresses that one line, one router or one mistake takes away as a whole.
Prefix block_of(const IpAddress& address) {
  const unsigned length = address.is_v4() ? 24 : 48;
  std::array<std::uint8_t, 16> octets{};
  std::copy_n(address.data(), length / 8, octets.begin());
  if (address.is_v6()) return {IpAddress::v6(octets), length};
  return {IpAddress::v4(address.v4_value() & 0xffffff00u), length};
}

std::set<IpAddress> addresses_of(const dns::Cut& cut, bool v4) {
  std::set<IpAddress> addresses;
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (report.address.is_v4() == v4) addresses.insert(report.address);
    }
  }
  return addresses;
}

/// Whether it is known that no name server has an address of the family beside those that were asked.
bool knows_all_addresses(audit::ZoneCase& c, dns::RrType type) {
  bool known = true;
  for (const auto& server : c.delegation()->cut.servers) {
    known = known && server.lookup != dns::Lookup::failed;
    if (server.lookup == dns::Lookup::found) known = known && server.lookup_reason.empty();
    // Glue of a zone beside this one may leave out what the name has.
    if (server.own || server.lookup != dns::Lookup::not_needed) continue;
    const auto* fact = c.ask(server.name, type);
    known = known && fact != nullptr && is_denied(*fact);
  }
  return known;
}

/// No answer, and more than lost packets.
bool is_out_of_reach(const dns::AddressReport& report) {
  if (report.soa().replied()) return false;
  const auto gone = [](const dns::Exchange& exchange) {
    return exchange.silence == dns::Silence::closed || dns::is_lasting_silence(exchange);
  };
  return gone(report.soa_udp) && gone(report.soa_tcp);
}

void judge_family(audit::ZoneCase& c, audit::Findings& findings, bool v4) {
  if (c.delegation() == nullptr || c.delegation()->cut.servers.empty()) return;
  const auto& cut = c.delegation()->cut;
  if (cut.left_out > 0) return;
  const auto addresses = addresses_of(cut, v4);
  if (addresses.empty()) {
    if (knows_all_addresses(c, v4 ? dns::RrType::A : dns::RrType::AAAA))
      findings.add({.wording = "no-address"});
    return;
  }
  if (!c.delegation()->surroundings.udp[v4 ? 0 : 1]) return;  // nothing was reached over it from here
  bool gone = true;
  each_address(cut, [&](const dns::NameServer&, const dns::AddressReport& report) {
    gone = gone && (report.address.is_v4() != v4 || is_out_of_reach(report));
  });
  if (gone) findings.add({.values = {{"addresses", audit::list_of(addresses)}}});
}

}  // namespace

void judge_deleg_ns_count(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  const auto& cut = c.delegation()->cut;
  const bool child_known = std::any_of(cut.servers.begin(), cut.servers.end(),
                                       [](const dns::NameServer& server) { return server.at_child; });
  std::vector<dns::Name> names;
  for (const auto* server : servers_of(cut)) {
    if (child_known ? server->at_child : server->at_parent) names.push_back(server->name);
  }
  if (names.size() == 1 && cut.left_out == 0) findings.add({.values = {{"server", names.front()}}});
}

void judge_deleg_ns_same_ip(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::map<IpAddress, std::vector<dns::Name>> names;
  each_address(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    names[report.address].push_back(server.name);
  });
  std::vector<std::string> items;
  std::vector<IpAddress> addresses;
  for (const auto& [address, shared] : names) {
    if (shared.size() < 2) continue;
    items.push_back(fmt::format(words::is_shared, address.to_string(), listed(shared)));
    addresses.push_back(address);
  }
  if (items.empty()) return;
  findings.add({.values = {{"shared", audit::list_of(items)}, {"addresses", audit::list_of(addresses)}}});
}

void judge_deleg_ns_same_prefix(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::vector<std::string> items, networks;
  for (const bool v4 : {true, false}) {
    const auto addresses = addresses_of(c.delegation()->cut, v4);
    std::set<Prefix> blocks;
    for (const auto& address : addresses) blocks.insert(block_of(address));
    if (addresses.size() < 2 || blocks.size() != 1) continue;
    networks.push_back(blocks.begin()->to_string());
    items.push_back(fmt::format(words::in_network, listed(addresses), networks.back()));
  }
  if (items.empty()) return;
  findings.add({.values = {{"networks", audit::list_of(items)}, {"prefixes", audit::list_of(networks)}}});
}

/// An address that the table does not know may be anywhere: then nothing is said of its family. Of servers in
/// one network deleg-ns-same-prefix speaks.
void judge_deleg_ns_same_as(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr || c.run.as_table == nullptr || c.delegation()->cut.left_out > 0) return;
  std::vector<std::string> items, numbers;
  for (const bool v4 : {true, false}) {
    const auto addresses = addresses_of(c.delegation()->cut, v4);
    std::set<std::optional<std::uint32_t>> systems;
    std::set<Prefix> blocks;
    for (const auto& address : addresses) {
      systems.insert(c.run.as_table->of(address));
      blocks.insert(block_of(address));
    }
    if (blocks.size() < 2 || systems.size() != 1 || !*systems.begin()) continue;
    numbers.push_back(std::to_string(**systems.begin()));
    items.push_back(fmt::format(words::in_system, listed(addresses), numbers.back()));
  }
  if (items.empty()) return;
  findings.add({.values = {{"systems", audit::list_of(items)}, {"as_numbers", audit::list_of(numbers)}}});
}

void judge_deleg_ipv4_ns_none(audit::ZoneCase& c, audit::Findings& findings) {
  judge_family(c, findings, true);
}

void judge_deleg_ipv6_ns_none(audit::ZoneCase& c, audit::Findings& findings) {
  judge_family(c, findings, false);
}

}  // namespace rdnsgate::rules
