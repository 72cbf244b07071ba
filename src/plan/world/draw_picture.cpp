// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/draw_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "inventory/model/classless.h"
#include "mailauth/spf/spf_evaluate.h"
#include "plan/sides.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

/// More names on one PTR than this are no identity but an accident or an attack.
constexpr std::size_t most_ptr_names = 32;

std::string seen_at(const Fact& fact, const dns::VantageInfo& info) {
  const bool original = info.kind != dns::VantageKind::forward || fact.authoritative;
  if (original && !fact.server.empty()) return "observed at " + fact.server;
  return "observed through " + info.name;
}

std::string describe(const Fact& fact) {
  auto outcome = fact.outcome;
  if (dns::is_positive(outcome) && fact.rrset() == nullptr) outcome = dns::Outcome::malformed;
  if (fact.security == dns::Security::bogus) outcome = dns::Outcome::bogus;
  std::string text = fmt::format("{} {}: {}", fact.question.name.text(), dns::to_string(fact.question.type),
                                 dns::to_string(outcome));
  if (!fact.reason.empty()) text += fmt::format(" ({})", fact.reason);
  return text;
}

/// A TTL with the highest bit set counts as zero (RFC 2181 §8).
std::uint32_t sane(std::uint32_t ttl) { return ttl > 0x7FFFFFFFu ? 0 : ttl; }

bool definite(const Fact& fact) {
  return dns::is_definite(fact.outcome) && fact.security != dns::Security::bogus;
}

/// The owner that the answer is about, after its aliases.
Name final_owner(const Fact& fact) {
  if (const auto* set = fact.rrset()) return set->owner;
  const auto aliases = fact.aliases();
  return aliases.empty() ? fact.question.name : aliases.back().target;
}

class Draughtsman {
 public:
  Draughtsman(const Inventory& now, const Inventory* base, const dns::VantageInfo& info, const Asker& ask)
      : now_(now), base_(base), info_(info), ask_(ask) {}

  Picture run() {
    add_paths();
    for (auto& path : picture_.paths) look_at(path);
    for (const auto& retired : now_.retired_names) {
      for (const auto type : {RrType::A, RrType::AAAA}) {
        const auto set = look_up(retired.name, type);
        if (set != none && !picture_.sets[set].problem.empty())
          picture_.unknown.push_back(
              {LeftOut::Kind::name, retired.name.text(), {}, picture_.sets[set].problem});
      }
    }
    look_at_domains();
    look_at_spf();
    for (const auto& zone : now_.zones) {
      if (!zone.name_servers.empty()) look_at_delegation(zone);
    }
    return std::move(picture_);
  }

 private:
  void add_paths() {
    std::unordered_map<IpAddress, std::size_t> known;
    for (const auto& address : now_.addresses) {
      known.emplace(address.ip, picture_.paths.size());
      picture_.paths.push_back({address.ip, &address, nullptr, now_.sender_of(address).name, none, {}});
    }
    if (base_ != nullptr) {
      for (const auto& address : base_->addresses) {
        const auto [place, fresh] = known.emplace(address.ip, picture_.paths.size());
        if (fresh)
          picture_.paths.push_back({address.ip, nullptr, &address, base_->sender_of(address).name, none, {}});
        picture_.paths[place->second].base = &address;
      }
    }
    for (const auto& retired : now_.retired_addresses) {
      if (known.emplace(retired.ip, picture_.paths.size()).second)
        picture_.paths.push_back({retired.ip, nullptr, nullptr, "(retired)", none, {}});
    }
  }

  void look_at(Path& path) {
    std::set<Name> names;
    for (const auto* address : {path.now, path.base}) {
      if (address == nullptr) continue;
      inventory::for_each_name(*address, [&](const Name& name) {
        if (!name.is_root()) names.insert(name);
      });
    }
    path.ptr_set = look_up(dns::reverse_name(path.ip), RrType::PTR);
    if (path.ptr_set != none) {
      for (auto& target : targets(picture_.sets[path.ptr_set])) {
        // Names in zones that are not ours are never changed: what they resolve to does not matter.
        if (declared_zone(target) != nullptr) names.insert(target);
        path.live_ptr.push_back(std::move(target));
      }
    }
    for (const auto& name : names) look_up(name, forward_type(path.ip));
    look_at_block(path);
  }

  void look_at_block(Path& path) {
    if (path.now == nullptr || path.now->ptr.is_root() || !path.ip.is_v4() || path.ptr_set == none) return;
    const auto reverse = dns::reverse_name(path.ip);
    const auto* block = inventory::classless_zone_of(now_, reverse);
    if (block == nullptr || !picture_.sets[path.ptr_set].problem.empty()) return;
    const auto octet = Name::parse(reverse.first_label());
    const auto owner = octet ? octet->under(block->name) : octet;
    if (!owner || picture_.sets[path.ptr_set].owner == *owner || !is_served(*block, path)) return;
    path.block_set = look_up(*owner, RrType::PTR);
    if (path.block_set != none) path.alias_set = look_up_alias(reverse, path.ptr_set);
  }

  /// The block's zone has to be there before anything can lead into it.
  bool is_served(const inventory::Zone& block, Path& path) {
    const Fact* fact = ask(block.name, RrType::SOA);
    if (fact == nullptr) return false;
    const auto* soa = dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
    if (definite(*fact) && soa != nullptr && soa->owner == block.name) return true;
    if (definite(*fact)) {
      picture_.notes.push_back(fmt::format(
          "the declared zone {} does not exist (no zone cut, no SOA record): the PTR records of its "
          "block stay where they are. Plan again once it is served and delegated.",
          block.name.text()));
    } else {
      path.left_out = describe(*fact);
    }
    return false;
  }

  /// The alias at a reverse name, or that there is none, as the question for its PTR showed it.
  std::size_t look_up_alias(const Name& reverse, std::size_t ptr_set) {
    const std::string key = picture_key(reverse, RrType::CNAME);
    if (const auto found = picture_.set_index.find(key); found != picture_.set_index.end())
      return found->second;
    const Fact* fact = ask(reverse, RrType::PTR);
    if (fact == nullptr) return none;
    RRsetState set;
    set.owner = reverse;
    set.type = RrType::CNAME;
    set.origin = seen_at(*fact, info_);
    for (const auto& one : fact->answer) {
      if (one.type != RrType::CNAME || one.owner != reverse) continue;
      set.live = Version{sane(one.ttl), one.rdata};
      take_cached_ttl(set, *fact);
    }
    bool from_base = false;
    const auto* zone = declared_zone(reverse, &from_base);
    set.zone = !set.live         ? picture_.sets[ptr_set].zone
               : zone != nullptr ? add_zone(zone->name, zone, from_base)
                                 : add_zone(reverse.parent(), nullptr, false);
    picture_.sets.push_back(std::move(set));
    return picture_.set_index.emplace(key, picture_.sets.size() - 1).first->second;
  }

  std::vector<Name> targets(RRsetState& set) {
    std::vector<Name> all;
    if (!set.live) return all;
    for (const auto& rdata : set.live->rdata) {
      if (auto name = dns::name_in(rdata)) all.push_back(std::move(*name));
    }
    if (all.size() > most_ptr_names) {
      set.problem = fmt::format("{} PTR: {} names, more than the {} that a plan takes in", set.owner.text(),
                                all.size(), most_ptr_names);
      all.clear();
    }
    return all;
  }

  /// SPF records matter only for domains that send through a sender which gains or loses an address: what
  /// cannot be read is kept as the RRset's problem until then.
  void look_at_domains() {
    for (const auto* inventory : {&now_, base_}) {
      if (inventory == nullptr) continue;
      for (const auto& domain : inventory->domains) {
        const bool listed = std::any_of(domain.via.begin(), domain.via.end(), [&](const auto& via) {
          const auto is_it = [&](const auto& one) { return one.name == via.name; };
          return std::any_of(inventory->senders.begin(), inventory->senders.end(), is_it) ||
                 std::any_of(inventory->relays.begin(), inventory->relays.end(),
                             [&](const auto& relay) { return is_it(relay) && !relay.spf.empty(); });
        });
        if (listed) look_up(domain.name, RrType::TXT);
      }
    }
    if (base_ == nullptr) return;
    for (const auto& domain : now_.domains) {
      for (const auto& before : base_->domains) {
        if (before.name == domain.name) look_at_keys(domain, before);
      }
    }
  }

  /// Everything that their records rest on: by name, and for every family of addresses that there are.
  void look_at_spf() {
    for (const auto& domain : now_.domains) {
      const std::size_t top = picture_.find(domain.name, RrType::TXT);
      if (top == none) continue;
      bool done_v4 = false, done_v6 = false;
      for (const auto& path : picture_.paths) {
        auto& done = path.ip.is_v4() ? done_v4 : done_v6;
        if (done) continue;
        // What is asked for by address is asked for each.
        done = !follow_spf(domain.name, path);
      }
    }
  }

  /// True where the record asks by address.
  bool follow_spf(const Name& domain, const Path& path) {
    mailauth::SpfEvaluator evaluator(
        [&](const Name& name, RrType type) { return ask_for_spf(domain, name, type); });
    bool by_address = false;
    for (const auto* address : {path.now, path.base}) {
      if (address == nullptr && path.now != nullptr) continue;
      const auto who = spf_identity(path, address == nullptr ? Name() : address->helo, domain);
      by_address = evaluator.exhaust(who, domain).by_address || by_address;
    }
    return by_address;
  }

  mailauth::SpfLookup ask_for_spf(const Name& domain, const Name& name, RrType type) {
    const bool is_known = picture_.find(name, type) != none;
    if (!is_known && declared_zone(name) == nullptr) {
      const Fact* fact = ask(name, type);
      if (fact != nullptr) picture_.theirs.emplace(picture_key(name, type), fact);
      return spf_lookup(fact);
    }
    const std::size_t set = look_up(name, type);
    if (set == none || !picture_.sets[set].problem.empty()) return {};
    if (type == RrType::TXT) {
      auto& records = picture_.spf_records[domain];
      if (std::find(records.begin(), records.end(), set) == records.end()) records.push_back(set);
    }
    const auto& live = picture_.sets[set].live;
    mailauth::SpfLookup found{mailauth::SpfLookup::State::known,
                              {live ? live->rdata : std::vector<std::string>()}};
    if (type == RrType::TXT && name == domain) {
      // With what relays want to be in it, and may be put in.
      auto wide = found.values.front();
      for (const auto& terms : relay_terms_of(domain)) wide = spf_with_terms(std::move(wide), terms);
      if (wide != found.values.front()) found.values.push_back(std::move(wide));
    }
    return found;
  }

  std::vector<std::string> relay_terms_of(const Name& name) const {
    std::vector<std::string> all;
    for (const auto& domain : now_.domains) {
      if (domain.name != name) continue;
      for (const auto& via : domain.via) {
        for (const auto& relay : now_.relays) {
          if (relay.name == via.name && !relay.spf.empty() && inventory::mail_from_of(domain, &relay) == name)
            all.push_back(relay.spf);
        }
      }
    }
    return all;
  }

  /// Of selectors that come or go.
  void look_at_keys(const inventory::Domain& now, const inventory::Domain& before) {
    if (now.dkim_domain || before.dkim_domain) return;  // its keys are left alone
    const auto look = [&](const std::vector<std::string>& some, const std::vector<std::string>& others) {
      for (const auto& selector : some) {
        if (std::find(others.begin(), others.end(), selector) != others.end()) continue;
        if (const auto owner = key_owner(selector, now.name); !owner.is_root()) look_up(owner, RrType::TXT);
      }
    };
    look(now.dkim, before.dkim);
    look(before.dkim, now.dkim);
  }

  void look_at_delegation(const inventory::Zone& zone) {
    const Fact* soa = ask(zone.name, RrType::SOA);
    if (soa == nullptr) return;
    DelegationState state{&zone, look_up(zone.name, RrType::NS), none, false, {}};
    if (state.own_set == none) return;
    if (soa->delegation == nullptr) {
      if (!names_just(picture_.sets[state.own_set].live, zone.name_servers)) {
        picture_.notes.push_back(
            fmt::format("The name servers of {} are left alone: {}.", zone.name.text(), why_unseen(*soa)));
      }
      return;
    }
    const auto& cut = soa->delegation->cut;
    state.parent_set = add_parent_side(cut);
    if (state.parent_set == none) return;
    state.is_signed = std::any_of(cut.parents.begin(), cut.parents.end(), [](const auto& view) {
      return view.ds.reply.kind == dns::ReplyKind::answer;
    });
    for (const auto& server : zone.name_servers) {
      if (holds_zone(cut, server) == Holding::yes) state.holders.push_back(server);
    }
    picture_.delegations.push_back(std::move(state));
  }

  /// Why a delegation was not looked at from both sides.
  std::string why_unseen(const Fact& soa) const {
    if (!definite(soa)) return describe(soa);
    const auto* set = dns::is_positive(soa.outcome) ? soa.rrset() : nullptr;
    if (set == nullptr || set->owner != soa.question.name) return "the DNS has no such zone";
    if (info_.kind != dns::VantageKind::authoritative)
      return "only an authoritative vantage sees both sides of its delegation";
    return soa.delegation_failure.empty() ? "its delegation was not looked at" : soa.delegation_failure;
  }

  /// The NS records at the parent's side; none where the parent's zone is still to be asked for.
  std::size_t add_parent_side(const dns::Cut& cut) {
    bool from_base = false;
    const auto* parent = declared_zone(cut.parent, &from_base);
    if (parent != nullptr && parent->name != cut.parent) parent = nullptr;
    RRsetState set;
    set.owner = cut.zone;
    set.type = RrType::NS;
    set.delegation = true;
    set.zone = add_zone(cut.parent, parent, from_base);
    if (set.zone == none) return none;
    auto said = joined_parents(cut);
    set.live = std::move(said.version);
    set.problem = std::move(said.problem);
    if (set.live) set.origin = "observed at " + said.server;
    if (set.live) set.cached_ttl = set.live->ttl;
    picture_.sets.push_back(std::move(set));
    return picture_.sets.size() - 1;
  }

  const inventory::Zone* declared_zone(const Name& name, bool* from_base = nullptr) const {
    if (const auto* zone = now_.zone_of(name)) return zone;
    const auto* zone = base_ != nullptr ? base_->zone_of(name) : nullptr;
    if (from_base != nullptr) *from_base = zone != nullptr;
    return zone;
  }

  /// Index of the RRset that the question leads to; `none` while the answer is missing.
  std::size_t look_up(const Name& name, RrType type) {
    const std::string key = picture_key(name, type);
    if (const auto found = picture_.set_index.find(key); found != picture_.set_index.end())
      return found->second;
    const Fact* fact = ask(name, type);
    if (fact == nullptr) return none;
    RRsetState set;
    set.owner = final_owner(*fact);
    set.type = type;
    // Reverse names that are aliases of one record have one record, and not two that look alike.
    if (type == RrType::PTR) {
      const auto [place, fresh] = pointers_.emplace(set.owner, picture_.sets.size());
      if (!fresh) return picture_.set_index.emplace(key, place->second).first->second;
    }
    set.alias = set.owner != name;
    set.origin = seen_at(*fact, info_);
    const auto* answer = dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
    if (!definite(*fact) || (dns::is_positive(fact->outcome) && answer == nullptr)) {
      set.problem = describe(*fact);
      set.outside = dns::is_outside(*fact);
    } else {
      if (answer != nullptr) {
        set.live = Version{sane(answer->ttl), answer->rdata};
        take_cached_ttl(set, *fact);
      }
      set.zone = zone_of(set.owner, *fact);
    }
    picture_.sets.push_back(std::move(set));
    return picture_.set_index.emplace(key, picture_.sets.size() - 1).first->second;
  }

  /// Through a cache the TTL counts down, so that what was seen is only a lower bound (the full one is what
  /// the name servers give out): the declared steady TTL is taken where that is longer.
  void take_cached_ttl(RRsetState& set, const Fact& fact) const {
    set.cached_ttl = set.live->ttl;
    // Whichever server a cache has asked: the longest of them is the one to wait for.
    for (const auto& said : fact.servers) {
      for (const auto& copy : said.answer) {
        if (copy.type != set.type || copy.owner != set.owner || sane(copy.ttl) <= set.cached_ttl) continue;
        set.cached_ttl = sane(copy.ttl);
        set.origin = fmt::format("observed at {} ({})", said.server.text(), said.address.to_string());
      }
    }
    if (info_.kind != dns::VantageKind::forward || fact.authoritative) return;
    set.counts_down = true;
    const auto steady = static_cast<std::uint32_t>(now_.defaults.ttl.count());
    if (set.cached_ttl >= steady) return;
    set.cached_ttl = steady;
    set.origin = fmt::format("the declared steady TTL: {} counts it down", info_.name);
  }

  std::size_t zone_of(const Name& owner, const Fact& fact) {
    bool from_base = false;
    const auto* zone = declared_zone(owner, &from_base);
    // A negative answer names the zone it comes from (RFC 2308 §3): it may be cut off below the declared one.
    if (dns::is_negative(fact.outcome) && fact.soa && owner.is_within(fact.soa->owner) &&
        (zone == nullptr || lies_below(fact.soa->owner, *zone))) {
      return add_zone(fact.soa->owner, nullptr, false);
    }
    // So may be what an alias leads to: the small zones of RFC 2317 lie below the one that holds the aliases.
    if (zone == nullptr || (owner != fact.question.name && owner != zone->name)) {
      return add_zone(zone == nullptr ? owner : owner.parent(), zone, from_base);
    }
    if (const auto found = declared_index_.find(zone->name.wire()); found != declared_index_.end())
      return found->second;
    const auto index = add_zone(zone->name, zone, from_base);
    if (index != none) declared_index_.emplace(zone->name.wire(), index);
    return index;
  }

  static bool lies_below(const Name& name, const inventory::Zone& zone) {
    return name != zone.name && name.is_within(zone.name);
  }

  /// The zone whose apex is `name` or, where it turns out to have none, the nearest one above.
  std::size_t add_zone(Name name, const inventory::Zone* declared, bool from_base) {
    const Name wanted = name;
    for (std::size_t step = 0; step < 128; ++step, name = name.parent()) {
      if (const auto found = picture_.zone_index.find(name.wire()); found != picture_.zone_index.end())
        return found->second;
      const Fact* fact = ask(name, RrType::SOA);
      if (fact == nullptr) return none;
      ZoneState zone{name, declared, from_base, {}, 0, seen_at(*fact, info_), {}};
      if (!definite(*fact)) {
        zone.name = wanted;
        zone.problem = describe(*fact);
        return keep_zone(std::move(zone));
      }
      const auto* set = dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
      if (set == nullptr && fact->soa && name.is_within(fact->soa->owner)) set = &*fact->soa;
      if (set != nullptr && take_soa(zone, *set, *fact)) return keep_zone(std::move(zone));
      if (name.is_root()) break;
    }
    return keep_zone(
        {wanted, declared, from_base, {}, 0, {}, fmt::format("{} SOA: no zone was found", wanted.text())});
  }

  bool take_soa(ZoneState& zone, const dns::RRset& set, const Fact& fact) const {
    if (set.rdata.empty()) return false;
    const auto soa = dns::soa_in(set.rdata.front());
    if (!soa) return false;
    zone.name = set.owner;
    zone.soa = Version{sane(set.ttl), {set.rdata.front()}};
    // Only the server of the zone shows the SOA's own TTL: a cache may hold it from a negative answer, or
    // count it down. MINIMUM alone is then the safe bound.
    zone.negative_ttl = sane(fact.authoritative ? std::min(set.ttl, soa->minimum) : soa->minimum);
    return true;
  }

  std::size_t keep_zone(ZoneState zone) {
    if (zone.declared != nullptr && lies_below(zone.name, *zone.declared)) zone.declared = nullptr;
    const auto [place, fresh] = picture_.zone_index.emplace(zone.name.wire(), picture_.zones.size());
    if (fresh) picture_.zones.push_back(std::move(zone));
    return place->second;
  }

  const Fact* ask(const Name& name, RrType type) {
    const Fact* fact = ask_(name, type);
    if (fact != nullptr && used_.insert(picture_key(name, type)).second) picture_.facts.push_back(fact);
    return fact;
  }

  const Inventory& now_;
  const Inventory* base_;
  const dns::VantageInfo& info_;
  const Asker& ask_;
  Picture picture_;
  std::unordered_map<std::string, std::size_t> declared_index_;
  std::unordered_map<Name, std::size_t> pointers_;  ///< PTR records by owner → sets
  std::unordered_set<std::string> used_;
};

}  // namespace

Picture draw(const Inventory& now, const Inventory* base, const dns::VantageInfo& info, const Asker& ask) {
  auto picture = Draughtsman(now, base, info, ask).run();
  std::sort(picture.facts.begin(), picture.facts.end(), [](const Fact* a, const Fact* b) {
    return std::tie(a->question.name, a->question.type) < std::tie(b->question.name, b->question.type);
  });
  return picture;
}

}  // namespace rdnsgate::plan
