// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "run/faults/alter.h"
#include "run/faults/held_zone.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

std::shared_ptr<const dns::Delegation> without_tcp(const dns::Delegation& delegation) {
  return with_changed(delegation, [](const dns::NameServer&, dns::AddressReport& report) {
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
  const auto held = pick_zone(ground, aim, [](const HeldZone& one) {
    bool any = false;
    each_holder(one.delegation->cut, [&](const auto&, const dns::AddressReport& report) {
      any = any || report.soa_tcp.replied();
    });
    return any;
  });
  if (!held)
    return fail("the snapshot has no zone whose name servers answer over TCP",
                "record one that asks them: a vantage of kind authoritative, and check --record");
  Fault fault{held->zone.text(), fmt::format("no name server of {} answers over TCP", held->zone.text())};
  fault.touches = [&inventory = ground.inventory(), outside = ground.outside(),
                   zone = held->zone](const dns::Question& question) {
    return is_in(inventory, question.name, zone) &&
           std::find(outside.begin(), outside.end(), question.vantage) != outside.end();
  };
  fault.alter = [vantage = held->vantage](dns::Fact& fact) {
    // What does not fit into a datagram is lost; a resolver says so in its own way.
    if (fact.truncated && dns::is_definite(fact.outcome)) {
      const bool is_server = fact.question.vantage == vantage;
      return break_answer(fact, is_server ? dns::Outcome::timeout : dns::Outcome::servfail,
                          "truncated over UDP, and no answer over TCP");
    }
    if (fact.delegation != nullptr) fact.delegation = without_tcp(*fact.delegation);
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
