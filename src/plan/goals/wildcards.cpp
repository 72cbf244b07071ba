// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/wildcards.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "plan/wildcard_probe.h"

namespace rdnsgate::plan {
namespace {

/// Asks for names that nobody has.
class Prober {
 public:
  Prober(const Asker& ask, Picture& picture) : ask_(ask), picture_(picture) {}

  void run(const Goals& goals) {
    std::unordered_set<Name> owners;
    for (const auto& operation : goals.operations) {
      for (const auto set : {operation.set, operation.alias}) {
        if (set != none) owners.insert(picture_.sets[set].owner);
      }
    }
    add_retimed(owners);
    for (auto& set : picture_.sets) {
      if (owners.contains(set.owner)) look_at(set);
    }
    find_bare();
    say_what_is_unknown();
  }

 private:
  /// Of those that nothing else happens to: what is declared with another TTL than it has.
  void add_retimed(std::unordered_set<Name>& owners) const {
    for (const auto& path : picture_.paths) {
      if (path.now == nullptr || !path.now->ttl_declared) continue;
      std::vector<std::size_t> sets{path.ptr_set, path.alias_set, path.block_set};
      inventory::for_each_name(
          *path.now, [&](const Name& name) { sets.push_back(picture_.find(name, forward_type(path.ip))); });
      for (const auto index : sets) {
        if (index != none && is_retimed(picture_.sets[index], path.now->ttl))
          owners.insert(picture_.sets[index].owner);
      }
    }
  }

  bool is_retimed(const RRsetState& set, std::uint32_t ttl) const {
    const auto* zone = set.zone == none ? nullptr : picture_.zones[set.zone].declared;
    if (zone == nullptr || !set.live) return false;
    auto wanted = seconds(ttl);
    if (zone->max_ttl) wanted = std::min(wanted, *zone->max_ttl);
    if (zone->min_ttl) wanted = std::max(wanted, *zone->min_ttl);
    return wanted != seconds(set.live->ttl);
  }

  /// A name beside the owner shows what a wildcard makes there. Where that is what the owner has, a name
  /// below it tells the two apart.
  void look_at(RRsetState& set) {
    if (!set.live || set.delegation || set.zone == none) return;
    const auto& apex = picture_.zones[set.zone].name;
    if (set.owner == apex || !set.owner.is_within(apex)) return;
    set.wildcard = probe(set, probe_beside(set.owner));
    if (!set.wildcard || set.wildcard->rdata != set.live->rdata) return;
    const auto below = probe(set, probe_below(set.owner));
    set.made_up = below && below->rdata == set.live->rdata;
  }

  void find_bare() {
    std::unordered_set<Name> bare;
    for (const auto& set : picture_.sets) {
      if (set.made_up) bare.insert(set.owner);
    }
    for (auto& set : picture_.sets) set.bare = bare.contains(set.owner);
  }

  /// What is made up at this name, which is none where it would be too long for one.
  MaybeVersion probe(const RRsetState& set, const Result<Name>& name) {
    if (!name) return std::nullopt;
    const Fact* fact = ask_(*name, set.type);
    if (fact == nullptr || !dns::is_definite(fact->outcome) || fact->security == dns::Security::bogus) {
      unknown_.insert(set.owner.text());
      return std::nullopt;
    }
    if (known_.insert({*name, set.type}).second) picture_.facts.push_back(fact);
    const auto* made = dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
    if (made == nullptr || made->owner != *name) return std::nullopt;
    return Version{made->ttl > 0x7FFFFFFFu ? 0 : made->ttl, made->rdata};
  }

  void say_what_is_unknown() {
    if (unknown_.empty()) return;
    constexpr std::size_t most = 5;
    std::string names;
    std::size_t said = 0;
    for (const auto& one : unknown_) {
      if (said++ == most) break;
      names += (names.empty() ? "" : ", ") + one;
    }
    if (unknown_.size() > most) names += fmt::format(" and {} more", unknown_.size() - most);
    picture_.notes.push_back(fmt::format(
        "Whether a wildcard makes the records of {} could not be determined: they count as its own.", names));
  }

  const Asker& ask_;
  Picture& picture_;
  std::set<std::pair<Name, RrType>> known_;
  std::set<std::string> unknown_;
};

class Heeder {
 public:
  Heeder(const Picture& picture, Goals& goals) : picture_(picture), goals_(goals) {}

  void run() {
    for (const auto& operation : goals_.operations) {
      if (is_made_up(operation.set) && gives(operation.kind)) gets_own_.insert(operation.set);
    }
    std::erase_if(goals_.operations, [&](const Operation& one) { return is_impossible(one); });
    refuse();
    const auto some = goals_.operations;
    for (const auto& operation : some) {
      if (operation.kind == Kind::add_forward && picture_.sets[operation.set].bare) bring_along(operation.to);
    }
  }

 private:
  bool is_made_up(std::size_t set) const { return set != none && picture_.sets[set].made_up; }

  static bool gives(Kind kind) {
    return kind == Kind::add_forward || kind == Kind::add_ptr || kind == Kind::swap_ptr;
  }

  bool is_impossible(const Operation& operation) {
    if (operation.kind != Kind::remove_old && operation.kind != Kind::remove_ptr &&
        operation.kind != Kind::revoke_key)
      return false;
    if (is_still_named(operation)) {
      goals_.note("{} keeps {}: a wildcard's PTR record goes on to name it.", operation.from.text(),
                  operation.ip.to_string());
      return true;
    }
    if (!is_made_up(operation.set) || gets_own_.contains(operation.set)) return false;
    const auto& set = picture_.sets[operation.set];
    goals_.note("{} {} is made by a wildcard: nothing can be taken away from it, and it is left alone.",
                set.owner.text(), dns::to_string(set.type));
    return true;
  }

  /// By a PTR that cannot be taken away: without the address nothing would confirm it.
  bool is_still_named(const Operation& operation) const {
    if (operation.kind != Kind::remove_old || operation.from.is_root()) return false;
    return std::any_of(operation.paths.begin(), operation.paths.end(), [&](std::size_t index) {
      const auto& path = picture_.paths[index];
      return is_made_up(path.ptr_set) && !gets_own_.contains(path.ptr_set) && path.alias_set == none &&
             std::find(path.live_ptr.begin(), path.live_ptr.end(), operation.from) != path.live_ptr.end();
    });
  }

  void refuse() {
    for (const auto& operation : goals_.operations) {
      for (const auto at : {operation.set, operation.alias}) {
        if (!is_made_up(at)) continue;
        const auto& set = picture_.sets[at];
        if (set.type == RrType::TXT || operation.kind == Kind::redelegate) {
          goals_.problems.push_back(
              fmt::format("{} {} is made by a wildcard, and with a record of its own the name would "
                          "lose all that the wildcard gives it: give it records of its own first",
                          set.owner.text(), dns::to_string(set.type)));
        }
      }
    }
  }

  /// What the name has of either family, and needs.
  void bring_along(const Name& name) {
    goals_.note(
        "{} has no records of its own: a wildcard answers for it. With the first of its own it loses all "
        "that the "
        "wildcard gives it, of every type; the addresses that are declared for it come along.",
        name.text());
    for (const auto i : paths_with(name)) {
      const auto& path = picture_.paths[i];
      const auto set = picture_.find(name, forward_type(path.ip));
      if (!is_made_up(set) || !has(set, path.ip) || gets_own_.contains(set)) continue;
      gets_own_.insert(set);
      goals_.operations.push_back({Kind::add_forward, set, path.ip, {}, {i}, {}, name});
    }
  }

  /// Those that have it as a name; found for all names once the first is asked for.
  const std::vector<std::size_t>& paths_with(const Name& name) {
    for (std::size_t i = 0; i < picture_.paths.size() && !looked_; ++i) {
      const auto& path = picture_.paths[i];
      const auto* address = path.now != nullptr ? path.now : path.base;
      if (address == nullptr) continue;
      inventory::for_each_name(*address, [&](const Name& one) {
        auto& all = by_name_[one];
        if (all.empty() || all.back() != i) all.push_back(i);
      });
    }
    looked_ = true;
    return by_name_[name];
  }

  bool has(std::size_t set, const IpAddress& ip) const {
    const auto& rdata = picture_.sets[set].live->rdata;
    return std::binary_search(rdata.begin(), rdata.end(), dns::rdata_of(ip));
  }

  const Picture& picture_;
  Goals& goals_;
  std::set<std::size_t> gets_own_;
  std::unordered_map<Name, std::vector<std::size_t>> by_name_;  ///< of paths, their names
  bool looked_ = false;
};

}  // namespace

void find_wildcards(const Goals& goals, const Asker& ask, Picture& picture) {
  Prober(ask, picture).run(goals);
}

void heed_wildcards(const Picture& picture, Goals& goals) { Heeder(picture, goals).run(); }

}  // namespace rdnsgate::plan
