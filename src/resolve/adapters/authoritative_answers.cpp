// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What becomes of the answers of a zone's servers: whether validators believe them, from which copies of the
// zone they are, and where aliases lead.
#include <algorithm>
#include <utility>

#include "resolve/adapters/authoritative.h"

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::Name;
using dns::Outcome;
using dns::RrType;

constexpr std::size_t most_aliases = 8;

/// Of the zones along aliases together.
dns::Security joined(std::optional<dns::Security> before, dns::Security here) {
  using dns::Security;
  if (!before || *before == here) return here;
  return *before == Security::unknown || here == Security::unknown ? Security::unknown : Security::insecure;
}

std::optional<Name> alias_target(const dns::RRset& set) {
  if (set.type != RrType::CNAME) return std::nullopt;
  return dns::name_in(set.rdata.front()).value();  // its shape was checked when it was read
}

}  // namespace

/// What a validator makes of an answer, where the zone has keys to judge it with.
void Authoritative::inspect(const IpAddress& server, const dns::Question& question,
                            std::string_view message) {
  Query& query = queries_[question.vantage];
  if (query.placing || !query.kept.empty() || query.zone->keys == nullptr) return;
  const auto* said = said_by(query, server);
  query.proofs[static_cast<std::size_t>(said - query.said.data())] =
      dns::prove(message, question.name, question.type, *query.zone->keys,
                 std::chrono::floor<seconds>(std::chrono::system_clock::now()));
}

/// A record that is not signed by the zone may be of a zone below it, which the server holds as well and
/// which nobody asked about yet: the SOA record tells. One question is enough, as all of them are about one
/// name.
bool Authoritative::ask_whose(Slot slot) {
  Query& query = queries_[slot];
  if (query.placed) return false;
  for (std::size_t i = 0; i < query.proofs.size(); ++i) {
    const auto& proof = query.proofs[i];
    if (!proof || !proof->if_in_zone || *proof->if_in_zone == query.zone->found.zone) continue;
    query.placing = true;
    client_of(*query.zone, i).ask({slot, *proof->if_in_zone, RrType::SOA});
    more_ = true;
    return true;
  }
  return false;
}

void Authoritative::told_whose(Slot slot, const std::optional<Name>& zone) {
  Query& query = queries_[slot];
  query.placing = false;
  query.placed = true;
  if (zone != query.zone->found.zone) {
    for (auto& proof : query.proofs) {
      if (proof && proof->if_in_zone) proof.reset();
    }
  }
  conclude(slot);
}

/// Notes what validators make of the answers of this zone's servers.
void Authoritative::note_proofs(Query& query) {
  using State = dns::Trust::State;
  const auto& trust = query.zone->found.trust;
  auto here = trust.state == State::insecure ? dns::Security::insecure : dns::Security::unknown;
  bool all_judged = true, all_secure = true;
  for (std::size_t i = 0; i < query.said.size(); ++i) {
    const auto& [server, fact] = query.said[i];
    if (!dns::is_definite(fact.outcome)) continue;
    const auto& proof = query.proofs[i];
    if (trust.state == State::broken)
      query.unproven.push_back({server->name, server->address, dns::Flaw::chain_broken, trust.why});
    else if (proof && proof->flaw)
      query.unproven.push_back({server->name, server->address, *proof->flaw, proof->what});
    else if (proof)
      ++query.proven;
    all_judged = all_judged && proof && !proof->flaw;
    all_secure = all_secure && proof && proof->secure;
  }
  if (query.zone->keys != nullptr && all_judged)
    here = all_secure ? dns::Security::secure : dns::Security::insecure;
  query.security = joined(query.security, here);
}

void Authoritative::conclude(Slot slot) {
  Query& query = queries_[slot];
  note_proofs(query);
  auto fact = join_answers(std::move(query.said));
  query.said.clear();
  if (dns::is_positive(fact.outcome)) fact.soa.reset();  // of its copy; the servers keep it
  leave_to_other_zones(query, fact.servers);
  if (query.differing.empty()) query.differing = std::move(fact.servers);
  follow(slot, std::move(fact));
}

/// What differs is from copies of some age: a denial comes with its SOA record, and for a record that is
/// asked for now. The serial from before the answer has to be there still, or the answer may be of another
/// copy.
void Authoritative::ask_serials(Slot slot) {
  Query& query = queries_[slot];
  auto& zone = *query.zone;
  query.kept = std::move(query.said);
  query.said.clear();
  for (std::size_t i = query.serials.size(); i < query.kept.size(); ++i)
    query.serials.push_back(query.kept[i].server->serial);
  query.open = query.kept.size();
  for (const auto& kept : query.kept) query.said.push_back({kept.server, {}});
  for (std::size_t i = 0; i < query.kept.size(); ++i)
    client_of(zone, i).ask({slot, zone.found.zone, RrType::SOA});
  more_ = true;
}

void Authoritative::serials_arrived(Slot slot) {
  Query& query = queries_[slot];
  bool changed = false;
  for (std::size_t i = 0; i < query.kept.size(); ++i) {
    auto& fact = query.kept[i].fact;
    const auto* set = dns::is_positive(query.said[i].fact.outcome) ? query.said[i].fact.rrset() : nullptr;
    if (set == nullptr || !dns::is_definite(fact.outcome)) continue;
    const auto serial = dns::soa_in(set->rdata.front()).value().serial;  // its shape was checked on reading
    changed = changed || serial != query.serials[i];
    if (serial == query.serials[i] && !fact.soa) fact.soa = *set;
    query.serials[i] = serial;
  }
  query.said = std::move(query.kept);
  query.kept.clear();
  query.open = 1;
  if (!changed || ++query.serial_rounds >= most_serial_rounds) {
    query.serial_rounds = most_serial_rounds;
    return arrived(slot);
  }
  query.said.clear();  // the zone has changed since: what it says now is asked for again
  ask_servers(slot);
}

/// What an alias leads to is not for these servers to say, though one may hold that zone too and another not.
void Authoritative::leave_to_other_zones(const Query& query, std::vector<dns::ServerAnswer>& servers) {
  for (auto& said : servers) {
    const auto outside = std::find_if(said.answer.begin(), said.answer.end(), [&](const dns::RRset& set) {
      return zone_of(set.owner, query.question.type) != query.zone;
    });
    if (outside != said.answer.end() && outside != said.answer.begin()) {
      said.outcome = Outcome::answer;
      said.answer.erase(outside, said.answer.end());
    }
  }
  const bool agree = std::all_of(servers.begin(), servers.end(), [&](const dns::ServerAnswer& it) {
    return dns::is_definite(it.outcome) && !it.answer.empty() && it.answer == servers.front().answer;
  });
  if (agree) servers.clear();
}

/// Takes of an answer what the zone itself says, and goes on where an alias leads out of it.
void Authoritative::follow(Slot slot, Fact&& fact) {
  Query& query = queries_[slot];
  if (!dns::is_definite(fact.outcome)) return finish(slot, std::move(fact));
  const auto followed = query.chain.size();
  std::optional<Name> outside;
  for (auto& set : fact.answer) {
    if (zone_of(set.owner, query.question.type) != query.zone) {
      outside = set.owner;
      break;
    }
    query.chain.push_back(std::move(set));
  }
  const auto last = query.chain.size() > followed ? alias_target(query.chain.back()) : std::nullopt;
  if (!outside && dns::is_negative(fact.outcome) && last) {
    // Where the alias leads nothing is said of its target but by who holds it.
    if (!fact.soa || zone_of(*last, query.question.type) != query.zone) outside = *last;
  }
  if (outside && last) return go_on_at(slot, *last);
  if (outside) {  // its zone came to be known while the question was on its way
    if (++query.searches > most_searches)
      return end(slot, Outcome::malformed, "an answer about another zone");
    return place(slot);
  }
  fact.answer = std::move(query.chain);
  finish(slot, std::move(fact));
}

void Authoritative::go_on_at(Slot slot, Name target) {
  Query& query = queries_[slot];
  const bool seen = std::any_of(query.chain.begin(), query.chain.end(),
                                [&](const dns::RRset& set) { return set.owner == target; });
  if (seen) return end(slot, Outcome::malformed, "CNAME loop");
  if (query.chain.size() > most_aliases) return end(slot, Outcome::malformed, "too many aliases");
  query.name = std::move(target);
  query.searches = 0;
  place(slot);
}

void Authoritative::end(Slot slot, Outcome outcome, std::string reason) {
  Fact fact;
  fact.outcome = outcome;
  fact.reason = std::move(reason);
  fact.tries = 0;
  finish(slot, std::move(fact));
}

void Authoritative::finish(Slot slot, Fact&& fact) {
  Query& query = queries_[slot];
  fact.question = std::move(query.question);
  fact.asked_at = query.asked_at;
  fact.tries = std::max(fact.tries, query.tries);
  fact.servers = std::move(query.differing);
  fact.security = query.security.value_or(dns::Security::unknown);
  if (fact.question.type == RrType::SOA && query.chain.empty()) {
    const auto zone = zones_.find(fact.question.name);
    if (zone != zones_.end()) {
      fact.delegation = zone->second.found.delegation;
      fact.delegation_failure =
          fact.delegation == nullptr ? zone->second.failure : zone->second.found.left_out;
      const auto& unproven = zone->second.found.trust.unproven;
      query.unproven.insert(query.unproven.end(), unproven.begin(), unproven.end());
    }
  }
  if (dns::is_definite(fact.outcome) && !query.unproven.empty()) {
    fact.security = dns::Security::bogus;
    fact.reason = dns::worded(query.unproven, query.proven);
  }
  query = {};
  free_.push_back(slot);
  deliver_(std::move(fact));
}

}  // namespace rdnsgate::resolve
