// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/bystanders.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "dns/delegation/delegation.h"
#include "dns/references.h"
#include "inventory/model/classless.h"
#include "plan/at_hand.h"
#include "plan/sides.h"

namespace rdnsgate::plan {
namespace {

constexpr Stretch always{-for_ever, for_ever};

/// Whether a version lacks something that the first had; what only gets another TTL loses nothing.
bool loses(const Track& track, std::size_t version) {
  const auto& first = track.versions.front();
  const auto& later = track.versions[version];
  return first && std::any_of(first->rdata.begin(), first->rdata.end(),
                              [&](const std::string& rdata) { return !has(later, rdata); });
}

class Watch {
 public:
  Watch(const Scene& scene, const Course& course) : scene_(scene), course_(course) {}

  std::vector<Breach> run() {
    for (const auto* entry : course_.in_order)
      changing_[entry->first.owner].push_back({entry->first, &entry->second});
    if (changing_.empty()) return {};
    find_ours();
    for (const auto& entry : changing_) watch_owner(entry.second);
    if (scene_.world.at_hand != nullptr) {
      for (const auto& zone : scene_.world.at_hand->zones()) {
        for (const auto& set : zone.sets) watch_users(set);
      }
    }
    scene_.world.facts.for_each([&](const Fact& fact) {
      if (fact.question.vantage != scene_.world.vantage) return;
      for (const auto& set : fact.answer) watch_users(set);
      if (fact.delegation == nullptr) return;
      for (const auto& side : parent_sides(fact.delegation->cut)) {
        if (side.version) watch_users({fact.delegation->cut.zone, RrType::NS, 0, side.version->rdata});
      }
    });
    for (const auto& zone : scene_.now.zones) {
      if (!zone.name_servers.empty()) watch_users({zone.name, RrType::NS, 0, ns_rdata(zone.name_servers)});
    }
    return std::move(breaches_);
  }

 private:
  struct Changing {
    TrackKey key;
    const Track* track;
  };

  /// The names that the inventories declare or retire.
  void find_ours() {
    for (const auto* inventory : {&scene_.now, scene_.base}) {
      if (inventory == nullptr) continue;
      for (const auto& address : inventory->addresses) {
        inventory::for_each_name(address, [&](const Name& name) { ours_.insert(name); });
      }
      for (const auto& zone : inventory->zones) ours_.insert(zone.name);
    }
    for (const auto& retired : scene_.now.retired_names) ours_.insert(retired.name);
    for (const auto& path : scene_.paths) {
      const auto reverse = dns::reverse_name(path.ip);
      reverse_.insert(reverse);
      if (const auto* pointers = scene_.find(reverse, RrType::PTR)) ours_.insert(pointers->key.owner);
      // Where the zone of its block is declared, its PTR record may be put there (RFC 2317).
      const auto* block = path.ip.is_v4() ? inventory::classless_zone_of(scene_.now, reverse) : nullptr;
      const auto octet = Name::parse(reverse.first_label());
      if (block == nullptr || !octet) continue;
      if (const auto owner = octet->under(block->name)) ours_.insert(*owner);
    }
  }

  void watch_owner(const std::vector<Changing>& all) {
    for (const auto& [key, track] : all) {
      // Of TXT records each has its own watch.
      if (key.type == RrType::TXT || key.type == RrType::SOA || is_ours(key.owner)) continue;
      for (std::size_t i = 1; i < track->versions.size(); ++i) {
        if (!loses(*track, i)) continue;
        breach(fmt::format("{} {}", key.owner.text(), dns::to_string(key.type)), track->held.versions[i],
               "is removed or changed, and was neither declared nor retired");
      }
    }
  }

  bool is_ours(const Name& name) const { return ours_.count(name) != 0 || reverse_.count(name) != 0; }

  void watch_users(const dns::RRset& set) {
    if (!dns::has_references(set.type)) return;
    for (const auto& rdata : set.rdata) {
      for (const auto& reference : dns::references_of(set.owner, set.type, rdata)) {
        if (!reference.below) {
          const auto found = changing_.find(reference.name);
          if (found == changing_.end()) continue;
          for (const auto& one : found->second) watch_use(set, rdata, one);
          continue;
        }
        for (const auto& [owner, all] : changing_) {
          if (owner == reference.name || !owner.is_within(reference.name)) continue;
          for (const auto& one : all) watch_use(set, rdata, one);
        }
      }
    }
  }

  void watch_use(const dns::RRset& user, const std::string& rdata, const Changing& used) {
    const auto& [key, track] = used;
    // What a wildcard gave to a name that gets records of its own was nobody's to point to: a note says so.
    if (scene_.is_made_up(key.owner)) return;
    const auto label = fmt::format("{} {}", user.owner.text(), dns::type_word(user.type));
    const auto& despite = course_.plan.despite;
    if (std::find(despite.begin(), despite.end(), label) != despite.end()) return;
    const bool address = key.type == RrType::A || key.type == RrType::AAAA;
    // The parent's side of a delegation has the addresses of servers within the zone, too, and keeps them.
    const bool glue = user.type == RrType::NS && key.owner.is_within(user.owner);
    const bool alias =
        key.type == RrType::PTR && user.type == RrType::CNAME && reverse_.count(user.owner) == 0;
    for (std::size_t i = 1; i < track->versions.size(); ++i) {
      if (!loses(*track, i)) continue;
      const auto& version = track->versions[i];
      for (const auto& time : times_of(user, rdata)) {
        const auto held = common(time, track->held.versions[i]);
        if (address && !version) {
          breach(label, held,
                 fmt::format("points to {}, which has no {} record any more", key.owner.text(),
                             dns::to_string(key.type)));
        } else if (address && glue) {
          breach(label, held,
                 fmt::format("points to {}, which loses an address that the parent still has",
                             key.owner.text()));
        } else if (alias) {
          breach(label, held, fmt::format("points to the PTR record of {}, which changes", key.owner.text()));
        }
      }
    }
  }

  /// When the record is about: always, unless the plan changes it.
  std::vector<Stretch> times_of(const dns::RRset& user, const std::string& rdata) const {
    std::vector<Stretch> times;
    const auto found = changing_.find(user.owner);
    if (found != changing_.end()) {
      for (const auto& [key, track] : found->second) {
        if (key.type != user.type) continue;
        for (std::size_t i = 0; i < track->versions.size(); ++i) {
          if (has(track->versions[i], rdata)) times.push_back(track->held.versions[i]);
        }
      }
    }
    return times.empty() ? std::vector<Stretch>{always} : times;
  }

  void breach(std::string who, const Stretch& time, std::string text) {
    if (is_empty(time) || !said_.insert(who + text).second) return;
    breaches_.push_back(
        {seconds(std::max<Moment>(0, time.from)), seconds(time.until), std::move(who), std::move(text)});
  }

  const Scene& scene_;
  const Course& course_;
  std::unordered_map<Name, std::vector<Changing>> changing_;
  std::unordered_set<Name> ours_, reverse_;
  std::set<std::string> said_;
  std::vector<Breach> breaches_;
};

}  // namespace

std::vector<Breach> harm_to_bystanders(const Scene& scene, const Course& course) {
  return Watch(scene, course).run();
}

}  // namespace rdnsgate::plan
