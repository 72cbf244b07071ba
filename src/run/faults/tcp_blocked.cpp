// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "run/faults/alter.h"
#include "run/faults/held_zone.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

using Addresses = std::set<IpAddress>;

Addresses servers_of(const HeldZone& held) {
  Addresses all;
  each_holder(held.delegation->cut, [&](const auto&, const dns::AddressReport& report) {
    if (report.soa_tcp.replied()) all.insert(report.address);
  });
  return all;
}

/// The declared zones that have no other server which answers over TCP.
std::vector<dns::Name> zones_behind(const Ground& ground, const Addresses& behind) {
  std::vector<dns::Name> all;
  for (const auto& zone : ground.inventory().zones) {
    const auto held = pick_zone(ground, {zone.name.text(), {}, zone.name}, [&](const HeldZone& one) {
      const auto servers = servers_of(one);
      return !servers.empty() && std::includes(behind.begin(), behind.end(), servers.begin(), servers.end());
    });
    if (held) all.push_back(zone.name);
  }
  return all;
}

/// The firewall stands in front of the servers, whatever zone they are asked for.
std::shared_ptr<const dns::Delegation> without_tcp(const dns::Delegation& delegation,
                                                   const Addresses& behind) {
  return with_changed(delegation, [&](const dns::NameServer&, dns::AddressReport& report) {
    if (!behind.contains(report.address)) return;
    each_exchange(report, [](dns::Exchange& exchange) {
      if (exchange.over_tcp && exchange.replied()) exchange = with_silence(std::move(exchange), true);
    });
    for (auto* exchange : {&report.soa_tcp, &report.transfer}) {
      if (exchange->replied()) *exchange = with_silence(std::move(*exchange), true);
    }
  });
}

}  // namespace

Result<Fault> drop_tcp(const Ground& ground, const Aim& aim) {
  const auto held = pick_zone(ground, aim, [](const HeldZone& one) { return !servers_of(one).empty(); });
  if (!held)
    return fail("the snapshot has no zone whose name servers answer over TCP",
                "record one that asks them: a vantage of kind authoritative, and check --record");
  Fault fault{held->zone.text(), fmt::format("no name server of {} answers over TCP", held->zone.text())};
  fault.touches = [outside = ground.outside()](const dns::Question& question) {
    return std::find(outside.begin(), outside.end(), question.vantage) != outside.end();
  };
  const auto behind = servers_of(*held);
  fault.alter = [&inventory = ground.inventory(), vantage = held->vantage,
                 zones = zones_behind(ground, behind), behind](dns::Fact& fact) {
    const auto is_lost = [&](const dns::Name& zone) { return is_in(inventory, fact.question.name, zone); };
    // What does not fit into a datagram is lost; a resolver says so in its own way.
    if (fact.truncated && dns::is_definite(fact.outcome) &&
        std::any_of(zones.begin(), zones.end(), is_lost)) {
      const bool is_server = fact.question.vantage == vantage;
      return break_answer(fact, is_server ? dns::Outcome::timeout : dns::Outcome::servfail,
                          "truncated over UDP, and no answer over TCP");
    }
    if (fact.delegation != nullptr) fact.delegation = without_tcp(*fact.delegation, behind);
  };
  fault.steps = {
      {"who runs the firewall in front of the name servers",
       "let TCP port 53 through, in both directions (RFC 7766 makes it mandatory)"},
      {who_holds(ground, held->zone), fmt::format("check with rdnsgate trace {}", held->zone.text())},
  };
  fault.lingers = seconds(900);
  fault.lingers_why = "resolvers avoid a server that timed out for a while, by default 15 minutes (Unbound)";
  return fault;
}

}  // namespace rdnsgate::run
