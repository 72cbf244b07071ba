// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/authoritative.h"

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

WalkOptions walk_options(const AuthoritativeOptions& authoritative, const PanelOptions& options) {
  WalkOptions walk;
  walk.asking.port = authoritative.port;
  walk.asking.try_timeout = options.try_timeout;
  walk.asking.question_timeout = options.question_timeout;
  walk.asking.tries = options.retries + 1;
  walk.asking.questions_per_second = authoritative.questions_per_second;
  walk.asking.packets = options.packets;
  walk.settle_step = options.settle_step;
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

/// The zone that a name is in, from the answer to a question for its SOA record; nullopt where the answer
/// does not say.
std::optional<Name> zone_said(const Fact& fact) {
  if (!fact.authoritative || !fact.answer.empty()) {
    const bool apex = fact.authoritative && fact.outcome == Outcome::answer && fact.answer.size() == 1;
    return apex ? std::optional(fact.question.name) : std::nullopt;
  }
  return dns::is_denied(fact) ? std::optional(fact.soa->owner) : std::nullopt;
}

std::vector<dns::RRset> without_ttls(std::vector<dns::RRset> sets) {
  for (auto& set : sets) set.ttl = 0;
  return sets;
}

/// Some of the servers have other records than others, whatever the TTLs.
bool differ(const std::vector<ServerSaid>& said) {
  const Fact* first = nullptr;
  for (const auto& it : said) {
    if (!dns::is_definite(it.fact.outcome)) continue;
    if (first == nullptr) first = &it.fact;
    if (without_ttls(it.fact.answer) != without_ttls(first->answer)) return true;
  }
  return false;
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
  finder_ = std::make_unique<ZoneFinder>(loop_, authoritative_.root, authoritative_.anchors,
                                         walk_options(authoritative_, options_),
                                         [this](FoundZone&& zone) { found(std::move(zone)); });
  finder_->allow(walks_of_run);
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
    finder_->allow(walks_of_question);
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
  query.kept.clear();
  query.serials.clear();
  query.serial_rounds = 0;
  query.proofs.clear();
  query.referred = query.placed = false;
  if (zone->found.servers.empty()) return end(slot, zone->found.failure, zone->found.reason);
  ask_servers(slot);
}

/// Looks for the zone of a name about which nothing is known. What is beside the name waits for the same
/// search: it is in the same zone more often than not.
void Authoritative::search(Slot slot) {
  Query& query = queries_[slot];
  if (++query.searches > most_searches)
    return end(slot, Outcome::malformed, "referrals that reach no server of the name");
  if (query.walked >= most_walked)
    return end(slot, Outcome::unanswered,
               fmt::format("the search for its servers took {} questions, and no more are spent on it",
                           query.walked));
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
  if (query.searches >= most_searches || query.walked >= most_walked) return;
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
  const auto wanted = result.wanted;
  const auto questions = result.questions;
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
    if (zone.own != nullptr) zone.times.resize(result.servers.size());
    zone.found = std::move(result);
    if (zone.found.trust.state == dns::Trust::State::secure)
      zone.keys = std::make_unique<dns::TrustedKeys>(zone.found.zone, zone.found.trust.keys);
    zone.state = Zone::State::found;
  }
  for (const auto slot : waiting) {
    if (auto& query = queries_[slot]; query.name == wanted) query.walked += questions;
    place(slot);
  }
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
                      },
                      [this, address](const dns::Question& question, std::string_view message) {
                        inspect(address, question, message);
                      }},
        options, [this, address](Fact&& fact) { answered(address, std::move(fact)); });
  }
  client = opened.get();
  if (zone.keys != nullptr) client->want_signatures();
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
  query.proofs.resize(query.said.size());
  for (std::size_t i = begin; i < begin + count; ++i)
    client_of(zone, i).ask({slot, query.name, query.question.type});
  more_ = true;
}

/// Of zones of ours.
void Authoritative::note_time(Query& query, const ServerSaid& said) {
  auto& times = query.zone->times;
  if (times.empty()) return;
  const auto server = static_cast<std::size_t>(said.server - query.zone->found.servers.data());
  times[server].add(said.fact.outcome, said.fact.rtt_us);
}

std::vector<dns::ServerTimes> Authoritative::server_times() const {
  std::vector<dns::ServerTimes> all;
  for (const auto& [name, zone] : zones_) {
    for (std::size_t i = 0; i < zone.times.size(); ++i) {
      const auto& server = zone.found.servers[i];
      if (zone.times[i].questions() > 0)
        all.push_back({0, zone.found.zone, server.name, server.address, zone.times[i]});
    }
  }
  return all;
}

ServerSaid* Authoritative::said_by(Query& query, const IpAddress& server) {
  const auto place = std::find_if(query.said.begin(), query.said.end(),
                                  [&](const auto& said) { return said.server->address == server; });
  return place == query.said.end() ? nullptr : &*place;
}

void Authoritative::answered(const IpAddress& server, Fact&& fact) {
  const Slot slot = fact.question.vantage;
  if (queries_[slot].placing) return told_whose(slot, zone_said(fact));
  auto& query = queries_[slot];
  auto* said = said_by(query, server);
  refuse_hearsay(fact);
  said->fact = std::move(fact);
  note_time(query, *said);
  arrived(slot);
}

void Authoritative::referred(const IpAddress& server, dns::Question&& question,
                             std::vector<dns::RRset>&& aliases) {
  const Slot slot = question.vantage;
  Query& query = queries_[slot];
  if (query.placing) return told_whose(slot, std::nullopt);
  auto& said = *said_by(query, server);
  auto& fact = said.fact;
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
  } else {
    note_time(query, said);
  }
  arrived(slot);
}

void Authoritative::arrived(Slot slot) {
  Query& query = queries_[slot];
  if (--query.open > 0) return;
  if (!query.kept.empty()) return serials_arrived(slot);
  const bool any = std::any_of(query.said.begin(), query.said.end(),
                               [](const auto& said) { return dns::is_definite(said.fact.outcome); });
  if (!any && query.said.size() < query.zone->found.servers.size()) return ask_servers(slot);
  for (const auto& said : query.said) query.tries = std::max(query.tries, said.fact.tries);
  if (!any && query.referred && query.searches < most_searches) return search(slot);
  const bool asks_serials = query.question.type != RrType::SOA && query.serial_rounds < most_serial_rounds;
  if (asks_serials && differ(query.said)) return ask_serials(slot);
  if (!ask_whose(slot)) conclude(slot);
}

}  // namespace rdnsgate::resolve
