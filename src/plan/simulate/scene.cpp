// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/scene.h"

#include <algorithm>

#include "dns/delegation/delegation.h"
#include "plan/sides.h"
#include "plan/wildcard_probe.h"

namespace rdnsgate::plan {
namespace {

/// Of a zone that no fact shows: longer than most.
constexpr Moment unknown_negative_ttl = 86400;

/// A TTL with the highest bit set counts as zero (RFC 2181 §8).
std::uint32_t sane_ttl(const dns::RRset& set) { return set.ttl > 0x7FFFFFFFu ? 0 : set.ttl; }

bool is_settled(const Fact& fact) {
  return dns::is_definite(fact.outcome) && fact.security != dns::Security::bogus;
}

/// The name that the answer is about, behind its aliases.
Name subject_of(const Fact& fact) {
  const auto aliases = fact.aliases();
  return aliases.empty() ? fact.question.name : aliases.back().target;
}

const inventory::Domain* domain_in(const Inventory* inventory, const Name& name) {
  if (inventory == nullptr) return nullptr;
  for (const auto& domain : inventory->domains) {
    if (domain.name == name) return &domain;
  }
  return nullptr;
}

/// What the domain sends through that somebody else runs, and that its SPF record is to let through.
std::vector<const inventory::Relay*> spf_relays(const Inventory& inventory, const inventory::Domain& domain) {
  std::vector<const inventory::Relay*> all;
  for (const auto& relay : inventory.relays) {
    const auto is_it = [&](const auto& via) { return via.name == relay.name; };
    if ((!relay.spf.empty() || !relay.addresses.empty()) &&
        std::any_of(domain.via.begin(), domain.via.end(), is_it) &&
        inventory::mail_from_of(domain, &relay) == domain.name)
      all.push_back(&relay);
  }
  return all;
}

const inventory::Relay* relay_named(const std::vector<const inventory::Relay*>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name == name; });
  return found == all.end() ? nullptr : *found;
}

template <typename All, typename One>
bool is_one_of(const All& all, const One& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

RrType address_type(const IpAddress& ip) { return ip.is_v4() ? RrType::A : RrType::AAAA; }

Scene::Scene(const Inventory& present, const Inventory* former, const World& seen)
    : now(present), base(former), world(seen) {
  world.facts.for_each([&](const Fact& fact) {
    if (fact.question.vantage == world.vantage) take(fact);
  });
  find_made_up();
  find_paths();
  find_services();
}

void Scene::take(const Fact& fact) {
  const auto type = fact.question.type;
  const bool is_positive = dns::is_positive(fact.outcome);
  const auto* found = is_settled(fact) && is_positive ? fact.rrset() : nullptr;
  const bool is_known = is_settled(fact) && (found != nullptr || !is_positive);
  if (type == RrType::SOA) take_zone(fact);
  if (is_settled(fact) && type != RrType::CNAME) {
    for (const auto& set : fact.answer) {
      if (set.type == RrType::CNAME)
        put({set.owner, set.type}, true, Version{kept_ttl(fact, set), set.rdata});
    }
  }
  const TrackKey key{found != nullptr ? found->owner : subject_of(fact), type};
  const auto& standing =
      put(key, is_known,
          found != nullptr ? MaybeVersion(Version{kept_ttl(fact, *found), found->rdata}) : std::nullopt);
  if (key.owner != fact.question.name)
    index_.try_emplace({fact.question.name, type}, index_.at(standing.key));
}

Scene::Standing& Scene::put(const TrackKey& key, bool is_known, MaybeVersion version) {
  const auto [place, is_new] = index_.try_emplace(key, standings_.size());
  if (is_new) {
    auto& fresh = standings_.emplace_back();
    fresh.key = key;
    fresh.track.versions.emplace_back();
    fresh.track.timeline.ttl.push_back(-1);
    fresh.track.held.versions.push_back({-for_ever, for_ever});
  }
  auto& standing = standings_[place->second];
  auto& known = standing.track.versions.front();
  if (!standing.is_known && is_known) {
    standing.is_known = true;
    known = std::move(version);
  } else if (known && version) {
    // Answers to several questions had it: whoever kept it kept the one that lasts longest.
    known->ttl = std::max(known->ttl, version->ttl);
  }
  if (known) standing.track.timeline.ttl.front() = known->ttl;
  return standing;
}

/// For how long caches keep the RRset: whichever server gave it to them; and of what a cache has counted down
/// the declared steady TTL is the whole.
std::uint32_t Scene::kept_ttl(const Fact& fact, const dns::RRset& set) const {
  auto ttl = sane_ttl(set);
  for (const auto& said : fact.servers) {
    for (const auto& copy : said.answer) {
      if (copy.type == set.type && copy.owner == set.owner) ttl = std::max(ttl, sane_ttl(copy));
    }
  }
  const bool counts_down = world.info.kind == dns::VantageKind::forward && !fact.authoritative;
  return counts_down ? std::max(ttl, static_cast<std::uint32_t>(now.defaults.ttl.count())) : ttl;
}

void Scene::take_zone(const Fact& fact) {
  if (fact.delegation != nullptr) take_delegation(fact);
  if (!is_settled(fact)) return;
  const auto& name = fact.question.name;
  const auto* set = dns::is_positive(fact.outcome) ? fact.rrset() : nullptr;
  if (set == nullptr && fact.soa && name.is_within(fact.soa->owner)) set = &*fact.soa;
  if (set == nullptr || set->rdata.empty() || !name.is_within(set->owner)) return;
  const auto soa = dns::soa_in(set->rdata.front());
  if (!soa) return;
  // Only who holds the zone shows the TTL of its SOA record; of others MINIMUM is all that is certain.
  const auto ttl = fact.authoritative ? std::min(sane_ttl(*set), soa->minimum) : soa->minimum;
  apexes_.try_emplace(name, Apex{set->owner, ttl > 0x7FFFFFFFu ? 0 : Moment{ttl}});
  negative_.try_emplace(set->owner, ttl > 0x7FFFFFFFu ? 0 : Moment{ttl});
}

/// The parent's NS records, where all of its servers that know them have the same ones.
void Scene::take_delegation(const Fact& fact) {
  const auto& cut = fact.delegation->cut;
  MaybeVersion all;
  for (const auto& side : parent_sides(cut)) {
    if (!side.version) continue;
    if (all && all->rdata != side.version->rdata) return;
    all = Version{std::max(all ? all->ttl : 0, side.version->ttl), side.version->rdata};
  }
  if (all) put({cut.zone, RrType::NS, true}, true, std::move(all));
}

const Scene::Standing* Scene::at(const TrackKey& key) const {
  const auto found = index_.find(key);
  return found == index_.end() || standings_[found->second].key != key ? nullptr : &standings_[found->second];
}

const Scene::Standing* Scene::find(const Name& name, RrType type) const {
  const auto found = index_.find({name, type});
  return found == index_.end() ? nullptr : &standings_[found->second];
}

std::optional<Name> Scene::zone_of(const TrackKey& key) const {
  for (Name name = key.delegation ? key.owner.parent() : key.owner;; name = name.parent()) {
    if (const auto found = apexes_.find(name); found != apexes_.end()) return found->second.name;
    if (name.is_root()) return std::nullopt;
  }
}

Moment Scene::negative_ttl(const Name& zone) const {
  const auto found = negative_.find(zone);
  return found == negative_.end() ? unknown_negative_ttl : found->second;
}

Moment Scene::publish_delay(const Name& zone) const {
  for (const auto* inventory : {&now, base}) {
    const auto* declared = inventory == nullptr ? nullptr : inventory->zone_of(zone);
    if (declared != nullptr && declared->name == zone)
      return declared->publish_delay.value_or(seconds(0)).count();
  }
  return 0;
}

MaybeVersion Scene::wildcard_beside(const Name& name, RrType type) const {
  const auto probe = probe_beside(name);
  const auto* shown = probe ? at({*probe, type}) : nullptr;
  return shown != nullptr ? shown->version() : std::nullopt;
}

void Scene::find_made_up() {
  for (const auto& standing : standings_) {
    const auto& [owner, type, delegation] = standing.key;
    if (!standing.version() || delegation) continue;
    const auto is_same = [&](const MaybeVersion& shown) {
      return shown && shown->rdata == standing.version()->rdata;
    };
    if (!is_same(wildcard_beside(owner, type))) continue;
    const auto probe = probe_below(owner);
    const auto* below = probe ? at({*probe, type}) : nullptr;
    if (below != nullptr && is_same(below->version())) made_up_.insert(owner);
  }
}

void Scene::find_paths() {
  std::unordered_set<IpAddress> known;
  const auto take_in = [&](const IpAddress& ip, const std::string& sender) {
    if (known.insert(ip).second) add_path(ip, sender);
  };
  for (const auto& address : now.addresses) take_in(address.ip, now.sender_of(address).name);
  if (base != nullptr) {
    for (const auto& address : base->addresses) take_in(address.ip, base->sender_of(address).name);
  }
  for (const auto& retired : now.retired_addresses) take_in(retired.ip, {});
}

/// What stands in the earlier inventory sends, as it says there. Without one, what the DNS knows of does; and
/// a host whose names are declared to be the same, and whose PTR record still gives another one of ours that
/// resolves to it, has not been renamed yet.
void Scene::add_path(const IpAddress& ip, const std::string& sender) {
  auto& path = paths.emplace_back(Path{ip, sender, false, {}, others_of(ip)});
  if (base != nullptr) {
    if (const auto* before = base->find(ip)) {
      path.is_sending = true;
      path.helo = before->helo;
    }
    return;
  }
  const auto* reverse = find(dns::reverse_name(ip), RrType::PTR);
  path.is_sending = reverse != nullptr && reverse->version().has_value();
  const auto* declared = now.find(ip);
  if (declared == nullptr) return;
  path.is_sending = path.is_sending || resolves(declared->ptr, ip) || resolves(declared->helo, ip);
  path.helo = declared->helo;
  const auto names = pointers_of(ip);
  if (declared->ptr == declared->helo && names.size() == 1 && now.zone_of(names.front()) != nullptr &&
      resolves(names.front(), ip))
    path.helo = names.front();
}

/// Of an address that several leave from, all of what they say; each of the names was or is declared.
std::vector<Name> Scene::others_of(const IpAddress& ip) const {
  std::vector<Name> said;
  bool several = false;
  for (const auto* inventory : {&now, base}) {
    const auto* declared = inventory == nullptr ? nullptr : inventory->find(ip);
    if (declared == nullptr) continue;
    several = several || !declared->other_helos.empty();
    said.push_back(declared->helo);
    said.insert(said.end(), declared->other_helos.begin(), declared->other_helos.end());
  }
  if (!several || now.find(ip) == nullptr) return {};
  std::erase_if(said, [&](const Name& name) {
    return name.is_root() || std::any_of(now.retired_names.begin(), now.retired_names.end(),
                                         [&](const auto& retired) { return retired.name == name; });
  });
  return said;
}

std::vector<Name> Scene::pointers_of(const IpAddress& ip) const {
  std::vector<Name> names;
  const auto* reverse = find(dns::reverse_name(ip), RrType::PTR);
  if (reverse == nullptr || !reverse->version()) return names;
  for (const auto& rdata : reverse->version()->rdata) {
    if (auto name = dns::name_in(rdata)) names.push_back(std::move(*name));
  }
  return names;
}

bool Scene::resolves(const Name& name, const IpAddress& ip) const {
  const auto* forward = name.is_root() ? nullptr : find(name, address_type(ip));
  return forward != nullptr && has(forward->version(), dns::rdata_of(ip));
}

/// A domain that the earlier inventory does not have, or all of them without one, uses what is declared.
void Scene::find_services() {
  for (const auto& domain : now.domains) {
    const auto* before = domain_in(base, domain.name);
    find_relays(domain, before);
    find_keys(domain, before);
  }
  for (const auto& zone : now.zones) find_servers(zone);
}

/// One that goes on is what it is declared to be now. Of one without a term of SPF nobody says when mail begins to
/// leave through it, or ends to.
void Scene::find_relays(const inventory::Domain& domain, const inventory::Domain* before) {
  const auto declared = spf_relays(now, domain);
  const auto former = before != nullptr ? spf_relays(*base, *before) : declared;
  const auto take = [&](const inventory::Relay& relay, bool is_in_use) {
    services.push_back(
        {domain.name, relay.name, ServiceKind::relay, is_in_use, relay.spf, relay.addresses});
  };
  for (const auto* relay : former) {
    const auto* kept = relay_named(declared, relay->name);
    if (kept != nullptr || !relay->spf.empty()) take(kept != nullptr ? *kept : *relay, true);
  }
  for (const auto* relay : declared) {
    if (!relay->spf.empty() && relay_named(former, relay->name) == nullptr) take(*relay, false);
  }
}

void Scene::find_keys(const inventory::Domain& domain, const inventory::Domain* before) {
  if (domain.dkim_domain || (before != nullptr && before->dkim_domain)) return;
  const auto& in_use = before != nullptr ? before->dkim : domain.dkim;
  for (const auto& selector : in_use) services.push_back({domain.name, selector, ServiceKind::key, true});
  for (const auto& selector : domain.dkim) {
    if (!is_one_of(in_use, selector)) services.push_back({domain.name, selector, ServiceKind::key, false});
  }
}

/// Whoever is named today is led to today; whether the zone is there is not the plan's doing.
void Scene::find_servers(const inventory::Zone& zone) {
  if (zone.name_servers.empty()) return;
  const auto fact = world.facts.find({world.vantage, zone.name, RrType::SOA});
  if (!fact || fact->delegation == nullptr) return;
  std::vector<Name> named;
  for (const bool delegation : {false, true}) {
    const auto* side = at({zone.name, RrType::NS, delegation});
    if (side == nullptr || !side->version()) continue;
    for (const auto& rdata : side->version()->rdata) {
      const auto server = dns::name_in(rdata);
      if (server && !is_one_of(named, *server)) named.push_back(*server);
    }
  }
  for (const auto& server : named) services.push_back({zone.name, server.text(), ServiceKind::server, true});
  for (const auto& server : zone.name_servers) {
    if (!is_one_of(named, server))
      services.push_back({zone.name, server.text(), ServiceKind::server,
                          holds_zone(fact->delegation->cut, server) == Holding::yes});
  }
}

}  // namespace rdnsgate::plan
