// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "plan/cache_crowd.h"
#include "plan/goals.h"
#include "plan/spf_edit.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

constexpr Moment stuck_for = 86400, day = 86400;

constexpr Scenario all_scenarios[] = {
    {"secondary-stuck", "one name server of each zone has every change a day late",
     [](Climate& climate) { climate.server_late = seconds(stuck_for); }},
    {"resolver-ignores-ttl", "one cache of twenty keeps everything for a day at least",
     [](Climate& climate) { climate.some_floor = seconds(day); }},
    {"serve-stale", "one cache of twenty shows everything for a day after it is over (RFC 8767)",
     [](Climate& climate) { climate.some_extra = seconds(day); }},
};

bool has(const MaybeVersion& version, const std::string& rdata) {
  return version && std::find(version->rdata.begin(), version->rdata.end(), rdata) != version->rdata.end();
}

Moment negative_of(const Version& soa) {
  return std::min<Moment>(soa.ttl, dns::soa_in(soa.rdata.front()).value().minimum);
}

Stretch common(const Stretch& a, const Stretch& b) {
  return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

bool is_empty(const Stretch& stretch) { return stretch.from >= stretch.until; }

/// An RRset with all that it is in the course of the plan.
struct Track {
  std::vector<MaybeVersion> versions;
  Timeline timeline;
  Held held;
};

/// What a host says, and from when to when it may.
struct Use {
  Name helo;
  Stretch time;
  std::size_t ended_by = none;
};

class Run {
 public:
  Run(const Inventory& now, const Inventory* base, const World& world, const Plan& plan,
      const Climate& climate)
      : now_(now), base_(base), plan_(plan), climate_(climate), draw_(climate.seed), crowd_(climate, draw_) {
    picture_ = draw(now, base, world.info, [&](const Name& name, RrType type) -> const Fact* {
      auto fact = world.facts.find({world.vantage, name, type});
      return fact ? &facts_.emplace_back(std::move(*fact)) : nullptr;
    });
    forecast_.climate = climate;
    forecast_.paths = picture_.paths.size();
  }

  Forecast run() {
    // In the order of phases: a change never overtakes an earlier one on the same server.
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      for (const auto& step : plan_.phases[i].steps) transfer(i, step.zone);
    }
    take_zones();
    take_steps();
    for (auto& [key, track] : tracks_) track.held = crowd_.hold(track.timeline, draw_);
    take_hosts();
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) watch(i);
    for (std::size_t i = 0; i < services_.size(); ++i) watch_service(i);
    find_early();
    find_uptakes();
    std::sort(forecast_.breaches.begin(), forecast_.breaches.end(), [](const Breach& a, const Breach& b) {
      return std::tie(a.at, a.who, a.text) < std::tie(b.at, b.who, b.text);
    });
    forecast_.fetches = crowd_.fetches();
    return std::move(forecast_);
  }

 private:
  using Key = std::pair<Name, RrType>;

  Moment start(std::size_t phase) const { return plan_.phases[phase].starts_after.count(); }

  /// One transfer of a zone: all that a phase changes in it arrives together.
  const Switch& transfer(std::size_t phase, const Name& zone) {
    const auto [place, fresh] = transfers_.try_emplace({zone, phase});
    if (!fresh) return place->second;
    Switch& change = place->second;
    change.phase = phase;
    const Moment latest = climate_.propagation.count() + publish_delay(zone);
    for (std::size_t server = 0; server < climate_.servers; ++server) {
      const bool last = server + 1 == climate_.servers;
      Moment delay = last ? latest + climate_.server_late.count() : server == 0 ? 0 : draw_.below(latest + 1);
      Moment at = start(phase) + delay;
      auto& previous = arrived_[{zone, server}];
      previous = at = std::max(at, previous);
      change.at.push_back(at);
    }
    return change;
  }

  Moment publish_delay(const Name& zone) const {
    const auto found = picture_.zone_index.find(zone.wire());
    const auto* declared =
        found == picture_.zone_index.end() ? nullptr : picture_.zones[found->second].declared;
    return declared != nullptr && declared->publish_delay ? declared->publish_delay->count() : 0;
  }

  void take_zones() {
    for (const auto& zone : picture_.zones) negative_[zone.name].seconds = {zone.negative_ttl};
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      for (const auto& step : plan_.phases[i].steps) {
        if (step.type != RrType::SOA || !step.after) continue;
        auto& negative = negative_[step.zone];
        negative.switches.push_back(transfer(i, step.zone));
        negative.seconds.push_back(negative_of(*step.after));
      }
    }
  }

  void take_steps() {
    for (const auto& set : picture_.sets) {
      auto& track = tracks_[{set.owner, set.type}];
      if (!track.versions.empty()) continue;
      track.timeline.servers = climate_.servers;
      if (set.zone != none) track.timeline.negative = &negative_[picture_.zones[set.zone].name];
      add(track, set.live, set.cached_ttl);
      // Who asks for a PTR that is there takes no denial of an alias with it.
      const auto* beside = set.type == RrType::CNAME ? track_of(set.owner, RrType::PTR) : nullptr;
      if (!set.live && beside != nullptr && beside->versions.front()) track.timeline.ttl.front() = 0;
    }
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      for (const auto& step : plan_.phases[i].steps) {
        if (step.type == RrType::SOA) continue;
        auto& track = tracks_[{step.owner, step.type}];
        if (track.versions.empty()) {
          track.timeline.servers = climate_.servers;
          add(track, step.before, step.before ? step.before->ttl : 0);
        }
        track.timeline.negative = &negative_[step.zone];
        track.timeline.switches.push_back(transfer(i, step.zone));
        add(track, step.after, step.after ? step.after->ttl : 0);
      }
    }
  }

  static void add(Track& track, const MaybeVersion& version, Moment ttl) {
    track.versions.push_back(version);
    track.timeline.ttl.push_back(version ? std::max<Moment>(ttl, version->ttl) : -1);
  }

  /// A host does what it is told within the time that it is watched for, and may do it at once.
  void take_hosts() {
    uses_.resize(picture_.paths.size());
    auto goals = derive_goals(now_, base_, picture_);
    std::map<IpAddress, std::size_t> index;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      index[picture_.paths[i].ip] = i;
      if (goals.sending[i] != 0) uses_[i].push_back({goals.helo[i], {-for_ever, for_ever}, none});
    }
    services_ = std::move(goals.services);
    for (const auto& service : services_) {
      service_uses_.push_back({{}, {-for_ever, service.before ? for_ever : -for_ever}, none});
    }
    for (std::size_t phase = 0; phase < plan_.phases.size(); ++phase) {
      for (const auto& manual : plan_.phases[phase].manual) {
        take_services(phase, manual);
        for (const auto& ip : manual.addresses) {
          const auto found = index.find(ip);
          if (found == index.end()) continue;
          auto& uses = uses_[found->second];
          if (!uses.empty()) {
            uses.back().time.until = start(phase) + climate_.bake.count();
            uses.back().ended_by = phase;
          }
          if (manual.action != HostAction::stop_egress)
            uses.push_back({manual.helo, {start(phase), for_ever}, none});
        }
      }
    }
  }

  void take_services(std::size_t phase, const Manual& manual) {
    const bool keys = manual.action == HostAction::switch_dkim;
    const auto each = [&](const std::vector<std::string>& names, auto&& apply) {
      for (std::size_t i = 0; i < services_.size(); ++i) {
        const auto& service = services_[i];
        if (service.is_key == keys && service.domain.text() == manual.sender &&
            std::find(names.begin(), names.end(), service.name) != names.end())
          apply(service_uses_[i]);
      }
    };
    each(manual.starts, [&](Use& use) { use.time = {start(phase), for_ever}; });
    each(manual.stops, [&](Use& use) {
      use.time.until = start(phase) + climate_.bake.count();
      use.ended_by = phase;
    });
  }

  /// The moments at which mail may be judged by it.
  Stretch judged(const Use& use) const {
    Stretch time = use.time;
    if (time.until != for_ever)
      time.until += std::max<Moment>(0, climate_.queue.count() - climate_.bake.count());
    return time;
  }

  const Track* track_of_service(const Service& service) const {
    return track_of(service.is_key ? key_owner(service.name, service.domain) : service.domain, RrType::TXT);
  }

  /// The RRset has what is relied on; of a key, what it had at first.
  static bool serves(const Service& service, const Track& track, const MaybeVersion& version) {
    const auto& first = track.versions.front();
    if (service.is_key) return version && first && version->rdata == first->rdata;
    return version && spf_has_terms(version->rdata, service.term);
  }

  void watch_service(std::size_t index) {
    const auto& service = services_[index];
    const auto& use = service_uses_[index];
    const auto* texts = track_of_service(service);
    if (texts == nullptr || is_empty(use.time)) return;
    // What was not listed before the first change is not the plan's doing.
    if (use.time.from == -for_ever && !serves(service, *texts, texts->versions.front())) return;
    for (std::size_t i = 0; i < texts->versions.size(); ++i) {
      if (serves(service, *texts, texts->versions[i])) continue;
      breach(service.domain.text(), common(judged(use), texts->held.versions[i]),
             service.is_key
                 ? fmt::format("has mail signed with {}, which is no key", service.name)
                 : fmt::format("sends through {}, which its SPF record does not list", service.name));
    }
  }

  void watch(std::size_t path) {
    if (uses_[path].empty()) return;
    watch_ptr(path);
    for (const auto& use : uses_[path]) watch_helo(path, use);
    watch_spf(path);
  }

  /// Mail that was sent is judged by the PTR of the moment: the time in which the path is used. A PTR that is
  /// there is to be confirmed as long as it is there.
  void watch_ptr(std::size_t path) {
    const auto& ip = picture_.paths[path].ip;
    const Stretch sending = {uses_[path].front().time.from, uses_[path].back().time.until};
    const auto* pointers = track_of(dns::reverse_name(ip), RrType::PTR);
    if (pointers == nullptr) return;
    const auto alias = tracks_.find({dns::reverse_name(ip), RrType::CNAME});
    if (alias == tracks_.end()) return watch_pointers(path, *pointers, {-for_ever, for_ever}, false);
    // Each version of the alias leads to a PTR of its own; before it there may have been one at the reverse
    // name.
    for (std::size_t i = 0; i < alias->second.versions.size(); ++i) {
      const auto& version = alias->second.versions[i];
      const auto& time = alias->second.held.versions[i];
      const auto& first = alias->second.versions.front();
      if (i == 0 || (version && first && version->rdata == first->rdata)) {
        // An RRset that an alias takes the place of is not missed.
        watch_pointers(path, *pointers, version ? time : Stretch{-for_ever, for_ever}, false);
      } else if (version) {
        const auto target = dns::name_in(version->rdata.front());
        const auto* behind = target ? track_of(*target, RrType::PTR) : nullptr;
        if (behind == nullptr) {
          breach(ip, common(time, sending), "is led to no PTR");
        } else {
          watch_pointers(path, *behind, time, true);
        }
      }
    }
  }

  /// As long as `time` the PTR is looked up there. `whole`: it has to be there all the time; else only from
  /// its first change on, and not where an alias takes its place.
  void watch_pointers(std::size_t path, const Track& pointers, const Stretch& time, bool whole) {
    const auto& ip = picture_.paths[path].ip;
    const Stretch sending = {uses_[path].front().time.from, uses_[path].back().time.until};
    const bool aliased = !whole && tracks_.contains({dns::reverse_name(ip), RrType::CNAME});
    for (std::size_t i = 0; i < pointers.versions.size(); ++i) {
      const auto& ptr = pointers.versions[i];
      const auto held = common(time, pointers.held.versions[i]);
      if (!ptr) {
        if (whole || (i > 0 && !aliased)) breach(ip, common(held, sending), "sends without a PTR");
        continue;
      }
      for (const auto& target : ptr->rdata)
        watch_target(path, whole ? nullptr : &pointers, target,
                     {std::max(held.from, sending.from), held.until});
    }
  }

  /// `pointers`: what names it; what was broken from the beginning is not the plan's doing. nullptr where
  /// nothing is forgiven.
  void watch_target(std::size_t path, const Track* pointers, const std::string& target, const Stretch& time) {
    const auto name = dns::name_in(target);
    if (!name) return;
    const auto& ip = picture_.paths[path].ip;
    const auto* forward = track_of(*name, forward_type(ip));
    if (forward == nullptr) return;
    const auto rdata = dns::rdata_of(ip);
    if (pointers != nullptr && has(pointers->versions.front(), target) &&
        !has(forward->versions.front(), rdata))
      return;
    for (std::size_t i = 0; i < forward->versions.size(); ++i) {
      if (!has(forward->versions[i], rdata))
        breach(ip, common(time, forward->held.versions[i]), "is not confirmed by " + name->text());
    }
  }

  void watch_helo(std::size_t path, const Use& use) {
    const auto& ip = picture_.paths[path].ip;
    const auto* forward = use.helo.is_root() ? nullptr : track_of(use.helo, forward_type(ip));
    if (forward == nullptr) return;
    const auto rdata = dns::rdata_of(ip);
    const bool from_before = use.time.from == -for_ever;
    if (from_before && !has(forward->versions.front(), rdata)) return;
    for (std::size_t i = 0; i < forward->versions.size(); ++i) {
      if (!has(forward->versions[i], rdata)) {
        breach(ip, common(use.time, forward->held.versions[i]),
               fmt::format("says HELO {}, which does not resolve to it", use.helo.text()));
      }
    }
  }

  /// Mail may be judged for as long as it may be queued somewhere.
  void watch_spf(std::size_t path) {
    const auto& ip = picture_.paths[path].ip;
    Stretch judged = {uses_[path].front().time.from, uses_[path].back().time.until};
    if (judged.until != for_ever)
      judged.until += std::max<Moment>(0, climate_.queue.count() - climate_.bake.count());
    for (const auto& domain : domains_of(picture_.paths[path].sender)) {
      const auto* texts = track_of(domain, RrType::TXT);
      if (texts == nullptr) continue;
      const auto covers = [&](const MaybeVersion& version) {
        return version && spf_covers(version->rdata, ip);
      };
      const bool before = covers(texts->versions.front());
      // Where no version lists it, something else authorises the address; where only the first does not, it
      // was not authorised before either.
      if (std::none_of(texts->versions.begin(), texts->versions.end(), covers)) continue;
      if (judged.from == -for_ever && !before) continue;
      for (std::size_t i = 0; i < texts->versions.size(); ++i) {
        if (!covers(texts->versions[i]))
          breach(ip, common(judged, texts->held.versions[i]), "is not in the SPF record of " + domain.text());
      }
    }
  }

  std::set<Name> domains_of(const std::string& sender) const {
    std::set<Name> names;
    for (const auto* inventory : {&now_, base_}) {
      if (inventory == nullptr) continue;
      for (const auto& domain : inventory->domains) {
        if (std::any_of(domain.via.begin(), domain.via.end(),
                        [&](const auto& v) { return v.name == sender; }))
          names.insert(domain.name);
      }
    }
    return names;
  }

  /// The RRset behind a name; nullptr where nobody asked for it, as in zones that are not ours.
  const Track* track_of(const Name& name, RrType type) const {
    const std::size_t set = picture_.find(name, type);
    const auto found = tracks_.find({set == none ? name : picture_.sets[set].owner, type});
    return found == tracks_.end() ? nullptr : &found->second;
  }

  void breach(const IpAddress& ip, const Stretch& time, std::string text) {
    if (!is_empty(time)) breach(ip.to_string(), time, std::move(text));
  }
  void breach(std::string who, const Stretch& time, std::string text) {
    if (is_empty(time)) return;
    forecast_.breaches.push_back(
        {seconds(std::max<Moment>(0, time.from)), seconds(time.until), std::move(who), std::move(text)});
  }

  void find_early() {
    for (const auto& [key, track] : tracks_) {
      for (std::size_t i = 0; i + 1 < track.versions.size(); ++i)
        compare(track.timeline.switches[i].phase,
                track.held.versions[i].until + climate_.skew.count() + soak(track.timeline.switches[i].phase),
                key.first.text());
    }
    for (const auto& [zone, negative] : negative_) {
      for (std::size_t i = 0; i < negative.switches.size(); ++i) {
        const Moment kept = std::max<Moment>(negative.seconds[i], climate_.cache_floor.count());
        compare(negative.switches[i].phase, negative.switches[i].last() + kept + climate_.skew.count(),
                "absences in " + zone.text());
      }
    }
    for (std::size_t phase = 0; phase < plan_.phases.size(); ++phase) {
      if (!plan_.phases[phase].manual.empty())
        compare(phase, start(phase) + climate_.bake.count(), "what a host does");
    }
    for (std::size_t path = 0; path < uses_.size(); ++path) find_early_spf(path);
    for (std::size_t i = 0; i < services_.size(); ++i) {
      const auto* texts = track_of_service(services_[i]);
      if (service_uses_[i].ended_by == none || texts == nullptr) continue;
      if (!serves(services_[i], *texts, texts->versions.front()) ||
          serves(services_[i], *texts, texts->versions.back()))
        continue;
      compare(service_uses_[i].ended_by, start(service_uses_[i].ended_by) + climate_.queue.count(),
              "mail under way");
    }
  }

  /// Whether mail that was sent before may still be judged by an RRset that lists the address.
  void find_early_spf(std::size_t path) {
    if (uses_[path].empty() || uses_[path].back().ended_by == none) return;
    const auto& ip = picture_.paths[path].ip;
    for (const auto& domain : domains_of(picture_.paths[path].sender)) {
      const auto* texts = track_of(domain, RrType::TXT);
      if (texts == nullptr || texts->versions.size() < 2) continue;
      const auto& last = texts->versions.back();
      if (!texts->versions.front() || !spf_covers(texts->versions.front()->rdata, ip)) continue;
      if (last && spf_covers(last->rdata, ip)) continue;
      const std::size_t phase = uses_[path].back().ended_by;
      // Other hosts may stop meanwhile: what matters is what comes after all of them.
      compare(phase, start(phase) + climate_.queue.count(), "mail under way", last_wave(phase));
    }
  }

  /// A wave is watched before the next one of its kind.
  Moment soak(std::size_t phase) const {
    return plan_.phases[phase].wave < plan_.phases[phase].waves ? climate_.soak.count() : 0;
  }

  /// The last one of the waves that this phase is one of.
  std::size_t last_wave(std::size_t phase) const {
    const auto& first = plan_.phases[phase];
    for (std::size_t i = phase; i < plan_.phases.size() && first.waves != 0; ++i) {
      const auto& one = plan_.phases[i];
      const bool same_kind = purpose_of(one) == purpose_of(first);
      if (same_kind && one.wave == one.waves) return i;
    }
    return phase;
  }

  void compare(std::size_t phase, Moment until, const std::string& what) {
    compare(phase, until, what, phase);
  }
  /// Of what comes after the phase `after`.
  void compare(std::size_t phase, Moment until, const std::string& what, std::size_t after) {
    for (std::size_t later = 0; later < plan_.phases.size(); ++later) {
      if (start(later) > std::max(start(phase), start(after)) && start(later) < until)
        forecast_.early.push_back({later, seconds(until - start(later)), what});
    }
  }

  void find_uptakes() {
    std::map<std::size_t, std::vector<Moment>> gone;
    for (const auto& [key, track] : tracks_) {
      for (std::size_t i = 0; i < track.held.gone.size(); ++i) {
        auto& all = gone[track.timeline.switches[i].phase];
        all.insert(all.end(), track.held.gone[i].begin(), track.held.gone[i].end());
      }
    }
    for (auto& entry : gone) {
      auto& all = entry.second;
      if (all.empty()) continue;
      std::sort(all.begin(), all.end());
      const Moment begin = start(entry.first);
      const auto since = [&all, begin](std::size_t at) {
        return seconds(std::max<Moment>(0, all[std::min(at, all.size() - 1)] - begin));
      };
      forecast_.uptakes.push_back(
          {entry.first, since(all.size() / 2), since(all.size() * 99 / 100), since(all.size())});
    }
  }

  const Inventory& now_;
  const Inventory* base_;
  const Plan& plan_;
  const Climate& climate_;
  Draw draw_;
  CacheCrowd crowd_;
  std::deque<Fact> facts_;
  Picture picture_;
  Forecast forecast_;
  std::map<Key, Track> tracks_;
  std::map<Name, NegativeTtl> negative_;
  std::map<std::pair<Name, std::size_t>, Switch> transfers_;  ///< by zone and phase
  std::map<std::pair<Name, std::size_t>, Moment> arrived_;    ///< by zone and server: the latest transfer
  std::vector<std::vector<Use>> uses_;                        ///< by path
  std::vector<Service> services_;
  std::vector<Use> service_uses_;  ///< of what is never used, an empty stretch
};

}  // namespace

std::span<const Scenario> scenarios() { return all_scenarios; }

Climate climate_of(const Inventory& now) {
  const auto& rollout = now.defaults.rollout;
  Climate climate;
  climate.propagation = rollout.propagation;
  climate.skew = rollout.skew;
  climate.bake = rollout.bake;
  climate.cache_floor = rollout.cache_floor;
  climate.soak = rollout.soak;
  climate.queue = rollout.queue;
  return climate;
}

Forecast simulate(const Inventory& now, const Inventory* base, const World& world, const Plan& plan,
                  const Climate& climate) {
  return Run(now, base, world, plan, climate).run();
}

}  // namespace rdnsgate::plan
