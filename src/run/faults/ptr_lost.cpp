// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "run/faults/alter.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

/// The lost names, and by vantage the SOA record that each is denied with.
struct Lost {
  std::unordered_map<dns::Name, std::vector<dns::RRset>> soa;
};

std::shared_ptr<const Lost> lose(const Ground& ground, const std::vector<inventory::AddressIndex>& hit) {
  auto lost = std::make_shared<Lost>();
  std::unordered_map<dns::Name, std::vector<dns::RRset>> by_zone;
  for (const auto one : hit) {
    const auto owner = dns::reverse_name(ground.inventory().addresses[one].ip);
    auto& soa = by_zone[ground.zone_of(owner)];
    for (dns::VantageIndex v = 0; soa.size() < ground.vantages().size(); ++v)
      soa.push_back(ground.denial_soa(v, ground.zone_of(owner)));
    lost->soa.emplace(owner, soa);
  }
  return lost;
}

}  // namespace

Result<Fault> lose_ptr(const Ground& ground, const Aim& aim) {
  const auto hit =
      ground.pick(aim, [&](const inventory::Address& address) { return ground.has_declared_ptr(address); });
  if (hit.empty())
    return fail(fmt::format("{} has the PTR record that is declared, so that none can be lost",
                            aim.is_given() ? "nothing that is aimed at" : "no address"));
  const auto lost = lose(ground, hit);
  const auto first = dns::reverse_name(ground.inventory().addresses[hit.front()].ip);
  Fault fault{
      list_addresses(ground, hit),
      fmt::format("{} PTR does not exist any more (NXDOMAIN){}", first.text(),
                  hit.size() > 1 ? fmt::format(", and {} more are gone with it", hit.size() - 1) : "")};
  fault.touches = [lost, outside = ground.outside()](const dns::Question& question) {
    return question.type == dns::RrType::PTR && lost->soa.contains(question.name) &&
           std::find(outside.begin(), outside.end(), question.vantage) != outside.end();
  };
  fault.alter = [lost](dns::Fact& fact) {
    if (dns::is_positive(fact.outcome)) deny(fact, lost->soa.at(fact.question.name)[fact.question.vantage]);
  };
  fault.steps = {{who_holds(ground, first), "restore the PTR record, and say what the migration left out"}};
  const auto& soa = lost->soa.at(first)[ground.outside().front()];
  fault.lingers = seconds(std::min(soa.ttl, dns::soa_in(soa.rdata.front()).value().minimum));
  fault.lingers_why = "resolvers keep NXDOMAIN for the zone's negative TTL (RFC 2308)";
  return fault;
}

}  // namespace rdnsgate::run
