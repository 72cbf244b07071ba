// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "run/faults/alter.h"
#include "run/faults/held_zone.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

using Server = std::pair<dns::Name, IpAddress>;

/// The last one that holds the zone: NS records have no order, and the first may well be the primary.
Server last_holder(const HeldZone& held) {
  Server last;
  each_holder(held.delegation->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    last = {server.name, report.address};
  });
  return last;
}

std::shared_ptr<const dns::Delegation> make_lame(const dns::Delegation& delegation, const Server& lame) {
  return with_changed(delegation, [&](const dns::NameServer& server, dns::AddressReport& report) {
    if (server.name != lame.first || report.address != lame.second) return;
    each_exchange(report, [](dns::Exchange& exchange) { exchange = with_refusal(std::move(exchange)); });
  });
}

}  // namespace

Result<Fault> make_secondary_lame(const Ground& ground, const Aim& aim) {
  const auto held = pick_zone(ground, aim, [](const HeldZone& one) { return count_holders(one) > 1; });
  if (!held)
    return fail("no zone has two name servers that the snapshot knows to hold it",
                "record one that asks them: a vantage of kind authoritative, and check --record");
  const auto lame = last_holder(*held);
  Fault fault{held->zone.text(), fmt::format("{} ({}) answers REFUSED for {}", lame.first.text(),
                                             lame.second.to_string(), held->zone.text())};
  fault.touches = [&inventory = ground.inventory(), vantage = held->vantage,
                   zone = held->zone](const dns::Question& question) {
    return question.vantage == vantage && is_in(inventory, question.name, zone);
  };
  fault.alter = [lame, zone = held->zone](dns::Fact& fact) {
    std::erase_if(fact.servers, [&](const dns::ServerAnswer& said) {
      return said.server == lame.first && said.address == lame.second;
    });
    if (fact.servers.size() < 2) fact.servers.clear();
    if (fact.question.name == zone && fact.delegation != nullptr)
      fact.delegation = make_lame(*fact.delegation, lame);
  };
  fault.steps = {
      {who_holds(ground, held->zone),
       fmt::format("ask the operator of {} whether it still has {} and may transfer it from the primary",
                   lame.first.text(), held->zone.text())},
      {who_holds(ground, held->zone),
       "have it configured again, or take its NS record out of the zone and out of the parent"},
  };
  fault.lingers = seconds(900);
  fault.lingers_why =
      "resolvers leave a server that was lame aside for a while, by default 15 minutes (Unbound)";
  return fault;
}

}  // namespace rdnsgate::run
