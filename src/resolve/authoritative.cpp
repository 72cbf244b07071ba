// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/authoritative.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::Name;
using dns::Outcome;
using dns::RrType;

constexpr std::size_t most_queries = 20'000;
constexpr std::size_t strangers_at_once = 2;      // servers of a zone that is not ours
constexpr std::size_t strangers_in_flight = 100;  // questions to one of them
constexpr unsigned most_searches = 3;             // of one question: each referral leads further down
constexpr std::size_t most_aliases = 8;

WalkOptions walk_options(const AuthoritativeOptions& authoritative, const PanelOptions& options) {
  WalkOptions walk;
  walk.asking.port = authoritative.port;
  walk.asking.try_timeout = options.try_timeout;
  walk.asking.tries = options.retries + 1;
  return walk;
}

/// What leads nowhere because its server does not hold the zone, whatever it has in a cache.
void refuse_hearsay(Fact& fact) {
  if (!dns::is_definite(fact.outcome) || fact.authoritative) return;
  fact.outcome = Outcome::malformed;
  fact.answer.clear();
  fact.soa.reset();
  fact.reason = "answers without authority";
}

std::optional<Name> alias_target(const dns::RRset& set) {
  if (set.type != RrType::CNAME) return std::nullopt;
  return dns::name_in(set.rdata.front()).value();  // its shape was checked when it was read
}

}  // namespace

Authoritative::Authoritative(Loop& loop, const AuthoritativeOptions& authoritative,
                             const PanelOptions& options, Deliver deliver)
    : loop_(loop), authoritative_(authoritative), options_(options), deliver_(std::move(deliver)) {
  options_.in_flight = std::min(options_.in_flight, most_queries);
}

std::size_t Authoritative::room() const {
  const std::size_t busy = queries_.size() - free_.size() + queue_.size();
  return busy < options_.in_flight ? options_.in_flight - busy : 0;
}

void Authoritative::flush() {
  admit();
  do {  // what a client delivers can lead to more questions
    more_ = false;
    for (const auto& [address, client] : clients_) client->flush();
  } while (more_);
}

/// All at once, before the first question: each walk takes a while, and questions wait for theirs.
void Authoritative::begin_zones() {
  finder_ = std::make_unique<ZoneFinder>(loop_, authoritative_.root, walk_options(authoritative_, options_),
                                         [this](FoundZone&& zone) { found(std::move(zone)); });
  for (const auto& own : authoritative_.zones) {
    auto& zone = zones_[own.name];
    if (zone.own != nullptr) continue;
    zone.own = &own;
    zone.state = Zone::State::searching;
    zone.sought = {own.name};
    finder_->inspect(own);
  }
}

void Authoritative::admit() {
  if (!queue_.empty() && !finder_) begin_zones();
  while (!queue_.empty()) {
    if (free_.empty()) {
      if (queries_.size() >= options_.in_flight) return;
      free_.push_back(static_cast<Slot>(queries_.size()));
      queries_.emplace_back();
    }
    const Slot slot = free_.back();
    free_.pop_back();
    Query& query = queries_[slot];
    query.busy = true;
    query.question = std::move(queue_.front());
    query.name = query.question.name;
    query.asked_at = std::chrono::floor<seconds>(std::chrono::system_clock::now());
    queue_.pop_front();
    place(slot);
  }
}

/// The deepest zone known that a name is in, or that is being looked for above it. A DS record is in the zone
/// above the cut (RFC 4035 §2.4).
Authoritative::Zone* Authoritative::zone_of(const Name& name, RrType type) {
  Name at = name;
  if (type == RrType::DS && !at.is_root()) at = at.parent();
  while (true) {
    const auto zone = zones_.find(at);
    if (zone != zones_.end() && zone->second.state != Zone::State::none) return &zone->second;
    if (at.is_root()) return nullptr;
    at = at.parent();
  }
}

void Authoritative::place(Slot slot) {
  Query& query = queries_[slot];
  Zone* zone = zone_of(query.name, query.question.type);
  if (zone == nullptr) return search(slot);
  if (zone->state == Zone::State::searching) return wait_in(slot, *zone);
  query.zone = zone;
  query.said.clear();
  query.referred = false;
  if (zone->found.servers.empty()) return end(slot, zone->found.failure, zone->found.reason);
  ask_servers(slot);
}

/// Looks for the zone of a name about which nothing is known. What is beside the name waits for the same
/// search: it is in the same zone more often than not.
void Authoritative::search(Slot slot) {
  Query& query = queries_[slot];
  if (++query.searches > most_searches)
    return end(slot, Outcome::malformed, "referrals that lead to no server of the name");
  Name key = query.name.is_root() ? query.name : query.name.parent();
  if (const auto known = zones_.find(key); known != zones_.end() && known->second.state == Zone::State::found)
    key = query.name;
  Zone& zone = zones_[key];
  if (zone.state == Zone::State::found)
    return end(slot, Outcome::malformed, "a referral to the zone that was asked");
  zone.waiting.push_back(slot);
  if (zone.state == Zone::State::searching) return;
  zone.state = Zone::State::searching;
  seek(query.name, zone);
}

/// Until what is looked for there is found. Where names beside it were in zones of their own, it is looked
/// for meanwhile.
void Authoritative::wait_in(Slot slot, Zone& zone) {
  zone.waiting.push_back(slot);
  Query& query = queries_[slot];
  const bool sought = std::find(zone.sought.begin(), zone.sought.end(), query.name) != zone.sought.end();
  if (!zone.parted || sought || zone.sought.size() >= ZoneFinder::most_at_once) return;
  if (query.searches >= most_searches) return;
  ++query.searches;
  seek(query.name, zone);
}

void Authoritative::seek(const Name& name, Zone& zone) {
  zone.sought.push_back(name);
  finder_->find(name);
}

/// Where the search for the name was noted: at the name, or above it.
std::pair<const Name, Authoritative::Zone>* Authoritative::noted(const Name& name) {
  for (Name at = name;; at = at.parent()) {
    const auto zone = zones_.find(at);
    if (zone != zones_.end()) {
      const auto& sought = zone->second.sought;
      if (std::find(sought.begin(), sought.end(), name) != sought.end()) return &*zone;
    }
    if (at.is_root()) return nullptr;
  }
}

void Authoritative::found(FoundZone&& result) {
  std::vector<Slot> waiting;
  Zone& zone = zones_[result.zone];
  if (auto* const search = noted(result.wanted)) {
    auto& [key, at] = *search;
    if (at.own != nullptr && result.gave_up && !std::exchange(at.again, true))
      return finder_->inspect(*at.own);
    if (at.own != nullptr && result.gave_up) at.failure = result.reason;
    at.sought.erase(std::find(at.sought.begin(), at.sought.end(), result.wanted));
    if (at.sought.empty()) at.state = Zone::State::none;
    at.parted = result.zone != key && result.zone.is_within(key);
    std::swap(waiting, at.waiting);
  }
  if (zone.state == Zone::State::searching && zone.own == nullptr) {  // found by the way
    zone.state = Zone::State::none;
    zone.sought.clear();
    waiting.insert(waiting.end(), zone.waiting.begin(), zone.waiting.end());
    zone.waiting.clear();
  }
  if (zone.state == Zone::State::none) {
    zone.clients.resize(result.servers.size());
    zone.found = std::move(result);
    zone.state = Zone::State::found;
  }
  for (const auto slot : waiting) place(slot);
}

DirectClient& Authoritative::client_of(Zone& zone, std::size_t server) {
  auto& client = zone.clients[server];
  if (client != nullptr) return *client;
  const auto address = zone.found.servers[server].address;
  auto& opened = clients_[address];
  if (!opened) {
    auto options = options_;
    if (zone.own == nullptr) options.in_flight = std::min(options.in_flight, strangers_in_flight);
    opened = std::make_unique<DirectClient>(
        loop_, Endpoint(address, authoritative_.port),
        ServerOptions{authoritative_.questions_per_second.value_or(
                          zone.own != nullptr ? rate_for_own_zones(address) : polite_rate(address)),
                      authoritative_.mix_case, nullptr,
                      [this, address](dns::Question&& question, std::vector<dns::RRset>&& aliases) {
                        referred(address, std::move(question), std::move(aliases));
                      }},
        options, [this, address](Fact&& fact) { answered(address, std::move(fact)); });
  }
  client = opened.get();
  return *client;
}

/// Asks the servers that were not asked yet: all of a zone of ours, else a few. The vantage of what the
/// clients are asked is the slot, so that a reply finds its way without a search.
void Authoritative::ask_servers(Slot slot) {
  Query& query = queries_[slot];
  auto& zone = *query.zone;
  const auto& servers = zone.found.servers;
  const auto begin = query.said.size();
  const auto count =
      zone.own != nullptr ? servers.size() - begin : std::min(strangers_at_once, servers.size() - begin);
  query.open = count;
  for (std::size_t i = begin; i < begin + count; ++i) query.said.push_back({&servers[i], {}});
  for (std::size_t i = begin; i < begin + count; ++i)
    client_of(zone, i).ask({slot, query.name, query.question.type});
  more_ = true;
}

ServerSaid* Authoritative::said_by(Query& query, const IpAddress& server) {
  const auto place = std::find_if(query.said.begin(), query.said.end(),
                                  [&](const auto& said) { return said.server->address == server; });
  return place == query.said.end() ? nullptr : &*place;
}

void Authoritative::answered(const IpAddress& server, Fact&& fact) {
  const Slot slot = fact.question.vantage;
  auto* said = said_by(queries_[slot], server);
  refuse_hearsay(fact);
  said->fact = std::move(fact);
  arrived(slot);
}

void Authoritative::referred(const IpAddress& server, dns::Question&& question,
                             std::vector<dns::RRset>&& aliases) {
  const Slot slot = question.vantage;
  Query& query = queries_[slot];
  auto& fact = said_by(query, server)->fact;
  fact.question = std::move(question);
  fact.outcome = Outcome::malformed;
  fact.reason = "a referral instead of an answer";
  fact.tries = 1;
  query.referred = true;
  if (!aliases.empty()) {  // the alias is the answer; where it leads is asked for next
    fact.outcome = Outcome::nodata;
    fact.authoritative = true;
    fact.answer = std::move(aliases);
    fact.reason.clear();
  }
  arrived(slot);
}

void Authoritative::arrived(Slot slot) {
  Query& query = queries_[slot];
  if (--query.open > 0) return;
  const bool any = std::any_of(query.said.begin(), query.said.end(),
                               [](const auto& said) { return dns::is_definite(said.fact.outcome); });
  if (!any && query.said.size() < query.zone->found.servers.size()) return ask_servers(slot);
  for (const auto& said : query.said) query.tries = std::max(query.tries, said.fact.tries);
  if (!any && query.referred && query.searches < most_searches) return search(slot);
  auto fact = join_answers(std::move(query.said));
  query.said.clear();
  if (query.differing.empty()) query.differing = std::move(fact.servers);
  follow(slot, std::move(fact));
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
  if (fact.question.type == RrType::SOA && query.chain.empty()) {
    const auto zone = zones_.find(fact.question.name);
    if (zone != zones_.end()) {
      fact.delegation = zone->second.found.delegation;
      if (fact.delegation == nullptr) fact.delegation_failure = zone->second.failure;
    }
  }
  query = {};
  free_.push_back(slot);
  deliver_(std::move(fact));
}

}  // namespace rdnsgate::resolve
