// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/sightings.h"

#include <fmt/format.h>

#include "plan/sides.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr const char* the_parents = "the parent's name servers";

Sighting look(const Wanted& wanted, std::string server, dns::Outcome outcome,
              const std::vector<dns::RRset>& answer, const std::string& reason) {
  const auto& [owner, type, alias_too] = wanted;
  Sighting seen{std::move(server), dns::is_definite(outcome), {}, {}};
  if (!seen.known) {
    seen.shows = std::string(dns::to_string(outcome)) + (reason.empty() ? "" : " (" + reason + ")");
    return seen;
  }
  for (const auto& set : answer) {
    if (set.owner == owner && set.type == type) seen.version = Version{set.ttl, set.rdata};
  }
  const bool alias = !answer.empty() && answer.front().owner == owner && answer.front().type != type;
  seen.shows = alias ? "an alias" : data_of(type, seen.version);
  // An alias is none of the plan's versions, not even the absence that it looks like.
  if (alias && !seen.version && !alias_too) seen.version = Version{0, {}};
  return seen;
}

/// Every server's answer, as far as the vantage tells them apart.
std::vector<Sighting> own_sightings(const Fact& fact, const Wanted& wanted, const dns::VantageInfo& info) {
  std::vector<Sighting> all;
  for (const auto& one : fact.servers) {
    all.push_back(look(wanted, fmt::format("{} ({})", one.server.text(), one.address.to_string()),
                       one.outcome, one.answer, one.reason));
  }
  if (!all.empty()) return all;
  auto outcome = fact.security == dns::Security::bogus ? dns::Outcome::bogus : fact.outcome;
  auto seen = look(wanted, fact.server.empty() ? info.name : fact.server, outcome, fact.answer, fact.reason);
  if (seen.known && info.kind == dns::VantageKind::forward && !fact.authoritative) {
    seen.known = false;
    seen.shows =
        "a cache, which counts TTLs down and shows what was; use a vantage that asks the name servers";
  }
  return {seen};
}

/// From the SOA record of the delegated zone, with which the walk comes.
std::vector<Sighting> parent_sightings(const Fact& soa) {
  if (soa.delegation == nullptr) {
    return {{the_parents,
             false,
             {},
             soa.delegation_failure.empty() ? "only an authoritative vantage sees both sides of a delegation"
                                            : soa.delegation_failure}};
  }
  std::vector<Sighting> all;
  for (auto& side : parent_sides(soa.delegation->cut)) {
    auto shows = side.known ? data_of(RrType::NS, side.version) : std::move(side.shows);
    all.push_back({std::move(side.server), side.known, std::move(side.version), std::move(shows)});
  }
  if (all.empty()) all.push_back({the_parents, false, {}, "its servers hold the zone itself"});
  return all;
}

}  // namespace

bool same(RrType type, const MaybeVersion& a, const MaybeVersion& b) {
  if (type != RrType::SOA) return a == b;
  const auto minimum = [](const MaybeVersion& version) -> std::optional<std::uint32_t> {
    if (!version || version->rdata.size() != 1) return std::nullopt;
    const auto soa = dns::soa_in(version->rdata.front());
    return soa ? std::optional(soa->minimum) : std::nullopt;
  };
  return minimum(a) && minimum(a) == minimum(b);
}

RrType question_for(const Name& zone, const Name& owner, RrType type) {
  return is_delegation(zone, owner, type) ? RrType::SOA : type;
}

std::vector<Sighting> sightings(const Seen& seen, const Name& zone, const Wanted& wanted) {
  const auto question = question_for(zone, wanted.owner, wanted.type);
  const bool at_parent = question != wanted.type;
  const auto fact = seen.facts.find({seen.vantage, wanted.owner, question});
  if (!fact) return {{at_parent ? the_parents : "the name servers", false, {}, "not asked"}};
  return at_parent ? parent_sightings(*fact) : own_sightings(*fact, wanted, seen.info);
}

std::vector<NotServing> not_serving(const Manual& manual, const Seen& seen) {
  std::vector<NotServing> all;
  const auto zone = zone_to_serve(manual);
  if (!zone) return all;
  const auto soa = seen.facts.find({seen.vantage, *zone, RrType::SOA});
  for (const auto& text : manual.starts) {
    const auto server = Name::parse(text);
    std::string shows = "only an authoritative vantage asks it";
    const auto holding = !soa || soa->delegation == nullptr || !server
                             ? Holding::unknown
                             : holds_zone(soa->delegation->cut, *server, &shows);
    if (holding == Holding::yes) continue;
    all.push_back(
        {holding == Holding::no,
         {*zone, *zone, RrType::SOA, text, std::move(shows), "the zone, as its other servers have it"}});
  }
  return all;
}

std::optional<Name> zone_to_serve(const Manual& manual) {
  if (manual.action != HostAction::start_serving) return std::nullopt;
  const auto zone = Name::parse(manual.sender);
  return zone ? std::optional(*zone) : std::nullopt;
}

void read_zones(const Phase& phase, dns::FactDesk& desk) {
  for (const auto& manual : phase.manual) {
    if (const auto zone = zone_to_serve(manual)) desk.get(*zone, RrType::SOA);
  }
}

}  // namespace rdnsgate::plan
