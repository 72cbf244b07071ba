// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "plan/course.h"
#include "plan/moves.h"
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

/// Holds a course against what is expected of it.
class Judge {
 public:
  Judge(const Inventory& now, const Inventory* base, const Course& course)
      : now_(now), base_(base), course_(course) {
    forecast_.climate = course.climate;
    forecast_.paths = course.picture.paths.size();
    forecast_.fetches = course.fetches;
  }

  Forecast run() {
    for (std::size_t i = 0; i < course_.picture.paths.size(); ++i) watch(i);
    for (std::size_t i = 0; i < course_.services.size(); ++i) watch_service(i);
    for (const auto& state : course_.picture.delegations) watch_sides(state.zone->name);
    find_early();
    find_uptakes();
    std::sort(forecast_.breaches.begin(), forecast_.breaches.end(), [](const Breach& a, const Breach& b) {
      return std::tie(a.at, a.who, a.text) < std::tie(b.at, b.who, b.text);
    });
    return std::move(forecast_);
  }

 private:
  /// The moments at which mail that was sent then may be judged: for as long as it may be queued somewhere.
  Stretch judged(Stretch time) const {
    if (time.until != for_ever)
      time.until += std::max<Moment>(0, course_.climate.queue.count() - course_.climate.bake.count());
    return time;
  }

  /// The RRset has what is relied on; of a key, what it had at first.
  static bool serves(const Service& service, const Track& track, const MaybeVersion& version) {
    const auto& first = track.versions.front();
    if (service.kind == ServiceKind::key) return version && first && version->rdata == first->rdata;
    return version && spf_has_terms(version->rdata, service.term);
  }

  void watch_service(std::size_t index) {
    const auto& service = course_.services[index];
    const auto& use = course_.service_uses[index];
    if (service.kind == ServiceKind::server) return watch_server(service, use.time);
    const auto* texts = course_.track_of(service);
    if (texts == nullptr || is_empty(use.time)) return;
    // What was not listed before the first change is not the plan's doing.
    if (use.time.from == -for_ever && !serves(service, *texts, texts->versions.front())) return;
    for (std::size_t i = 0; i < texts->versions.size(); ++i) {
      if (serves(service, *texts, texts->versions[i])) continue;
      breach(service.domain.text(), common(judged(use.time), texts->held.versions[i]),
             service.kind == ServiceKind::key
                 ? fmt::format("has mail signed with {}, which is no key", service.name)
                 : fmt::format("sends through {}, which its SPF record does not list", service.name));
    }
  }

  /// Whoever is led to a server by either side of the delegation is to find the zone there.
  void watch_server(const Service& service, const Stretch& serves) {
    const auto rdata = server_rdata(service);
    for (const auto* track : sides_of(service.domain)) {
      for (std::size_t i = 0; i < track->versions.size(); ++i) {
        if (!has(track->versions[i], rdata)) continue;
        const auto& held = track->held.versions[i];
        const auto text = fmt::format("is delegated to {}, which does not serve it", service.name);
        breach(service.domain.text(), common(held, {-for_ever, serves.from}), text);
        breach(service.domain.text(), common(held, {serves.until, for_ever}), text);
      }
    }
  }

  /// What a cache has of one side is to lead it to a server that the other one names too. What was apart
  /// before is not the plan's doing.
  void watch_sides(const Name& zone) {
    const auto sides = sides_of(zone);
    if (sides.size() != 2) return;
    const auto &own = *sides[0], &parent = *sides[1];
    const auto share = [](const MaybeVersion& a, const MaybeVersion& b) {
      return !a || !b || std::any_of(a->rdata.begin(), a->rdata.end(), [&](const std::string& rdata) {
        return has(b, rdata);
      });
    };
    const bool apart_before = !share(own.versions[0], parent.versions[0]);
    for (std::size_t i = 0; i < own.versions.size(); ++i) {
      for (std::size_t j = 0; j < parent.versions.size(); ++j) {
        if (share(own.versions[i], parent.versions[j]) || (apart_before && (i == 0 || j == 0))) continue;
        breach(zone.text(), common(own.held.versions[i], parent.held.versions[j]),
               "has no name server that its parent names too");
      }
    }
  }

  /// The NS records of the zone and those of its parent.
  std::vector<const Track*> sides_of(const Name& zone) const {
    std::vector<const Track*> all;
    for (const bool delegation : {false, true}) {
      const auto found = course_.tracks.find({zone, RrType::NS, delegation});
      if (found != course_.tracks.end()) all.push_back(&found->second);
    }
    return all;
  }

  void watch(std::size_t path) {
    if (course_.uses[path].empty()) return;
    watch_ptr(path);
    for (const auto& use : course_.uses[path]) watch_helo(path, use);
    watch_spf(path);
  }

  /// Mail that was sent is judged by the PTR of the moment: the time in which the path is used. A PTR that is
  /// there is to be confirmed as long as it is there.
  void watch_ptr(std::size_t path) {
    const auto& ip = course_.picture.paths[path].ip;
    const Stretch sending = {course_.uses[path].front().time.from, course_.uses[path].back().time.until};
    const auto* pointers = course_.track_of(dns::reverse_name(ip), RrType::PTR);
    if (pointers == nullptr) return;
    const auto alias = course_.tracks.find({dns::reverse_name(ip), RrType::CNAME});
    if (alias == course_.tracks.end()) return watch_pointers(path, *pointers, {-for_ever, for_ever}, false);
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
        const auto* behind = target ? course_.track_of(*target, RrType::PTR) : nullptr;
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
    const auto& ip = course_.picture.paths[path].ip;
    const Stretch sending = {course_.uses[path].front().time.from, course_.uses[path].back().time.until};
    const bool aliased = !whole && course_.tracks.contains({dns::reverse_name(ip), RrType::CNAME});
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
    const auto& ip = course_.picture.paths[path].ip;
    const auto* forward = course_.track_of(*name, forward_type(ip));
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
    const auto& ip = course_.picture.paths[path].ip;
    const auto* forward = use.helo.is_root() ? nullptr : course_.track_of(use.helo, forward_type(ip));
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

  void watch_spf(std::size_t path) {
    const auto& ip = course_.picture.paths[path].ip;
    const auto& uses = course_.uses[path];
    const Stretch time = judged({uses.front().time.from, uses.back().time.until});
    for (const auto& domain : domains_of(course_.picture.paths[path].sender)) {
      const auto* texts = course_.track_of(domain, RrType::TXT);
      if (texts == nullptr) continue;
      const auto covers = [&](const MaybeVersion& version) {
        return version && spf_covers(version->rdata, ip);
      };
      const bool before = covers(texts->versions.front());
      // Where no version lists it, something else authorises the address; where only the first does not, it
      // was not authorised before either.
      if (std::none_of(texts->versions.begin(), texts->versions.end(), covers)) continue;
      if (time.from == -for_ever && !before) continue;
      for (std::size_t i = 0; i < texts->versions.size(); ++i) {
        if (!covers(texts->versions[i]))
          breach(ip, common(time, texts->held.versions[i]), "is not in the SPF record of " + domain.text());
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

  void breach(const IpAddress& ip, const Stretch& time, std::string text) {
    if (!is_empty(time)) breach(ip.to_string(), time, std::move(text));
  }
  void breach(std::string who, const Stretch& time, std::string text) {
    if (is_empty(time)) return;
    forecast_.breaches.push_back(
        {seconds(std::max<Moment>(0, time.from)), seconds(time.until), std::move(who), std::move(text)});
  }

  void find_early() {
    for (const auto& [key, track] : course_.tracks) {
      for (std::size_t i = 0; i + 1 < track.versions.size(); ++i)
        compare(track.timeline.switches[i].phase,
                track.held.versions[i].until + course_.climate.skew.count() +
                    soak(track.timeline.switches[i].phase),
                key.owner.text());
    }
    for (const auto& [zone, negative] : course_.negative) {
      for (std::size_t i = 0; i < negative.switches.size(); ++i) {
        const Moment kept = std::max<Moment>(negative.seconds[i], course_.climate.cache_floor.count());
        compare(negative.switches[i].phase, negative.switches[i].last() + kept + course_.climate.skew.count(),
                "absences in " + zone.text());
      }
    }
    for (std::size_t phase = 0; phase < course_.plan.phases.size(); ++phase) {
      const auto& manual = course_.plan.phases[phase].manual;
      const bool is_watched = std::any_of(manual.begin(), manual.end(), [](const Manual& one) {
        return one.action != HostAction::start_serving && one.action != HostAction::stop_serving;
      });
      if (is_watched) compare(phase, course_.start(phase) + course_.climate.bake.count(), "what a host does");
    }
    for (std::size_t path = 0; path < course_.uses.size(); ++path) find_early_spf(path);
    for (std::size_t i = 0; i < course_.services.size(); ++i) {
      const auto* texts = course_.track_of(course_.services[i]);
      if (course_.service_uses[i].ended_by == none || texts == nullptr) continue;
      if (!serves(course_.services[i], *texts, texts->versions.front()) ||
          serves(course_.services[i], *texts, texts->versions.back()))
        continue;
      compare(course_.service_uses[i].ended_by,
              course_.start(course_.service_uses[i].ended_by) + course_.climate.queue.count(),
              "mail under way");
    }
  }

  /// Whether mail that was sent before may still be judged by an RRset that lists the address.
  void find_early_spf(std::size_t path) {
    if (course_.uses[path].empty() || course_.uses[path].back().ended_by == none) return;
    const auto& ip = course_.picture.paths[path].ip;
    for (const auto& domain : domains_of(course_.picture.paths[path].sender)) {
      const auto* texts = course_.track_of(domain, RrType::TXT);
      if (texts == nullptr || texts->versions.size() < 2) continue;
      const auto& last = texts->versions.back();
      if (!texts->versions.front() || !spf_covers(texts->versions.front()->rdata, ip)) continue;
      if (last && spf_covers(last->rdata, ip)) continue;
      const std::size_t phase = course_.uses[path].back().ended_by;
      // Other hosts may stop meanwhile: what matters is what comes after all of them.
      compare(phase, course_.start(phase) + course_.climate.queue.count(), "mail under way",
              last_wave(phase));
    }
  }

  /// A wave is watched before the next one of its kind.
  Moment soak(std::size_t phase) const {
    return course_.plan.phases[phase].wave < course_.plan.phases[phase].waves ? course_.climate.soak.count()
                                                                              : 0;
  }

  /// The last one of the waves that this phase is one of.
  std::size_t last_wave(std::size_t phase) const {
    const auto& first = course_.plan.phases[phase];
    for (std::size_t i = phase; i < course_.plan.phases.size() && first.waves != 0; ++i) {
      const auto& one = course_.plan.phases[i];
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
    for (std::size_t later = 0; later < course_.plan.phases.size(); ++later) {
      if (course_.start(later) > std::max(course_.start(phase), course_.start(after)) &&
          course_.start(later) < until)
        forecast_.early.push_back({later, seconds(until - course_.start(later)), what});
    }
  }

  void find_uptakes() {
    std::map<std::size_t, std::vector<Moment>> gone;
    for (const auto& [key, track] : course_.tracks) {
      for (std::size_t i = 0; i < track.held.gone.size(); ++i) {
        auto& all = gone[track.timeline.switches[i].phase];
        all.insert(all.end(), track.held.gone[i].begin(), track.held.gone[i].end());
      }
    }
    for (auto& entry : gone) {
      auto& all = entry.second;
      if (all.empty()) continue;
      std::sort(all.begin(), all.end());
      const Moment begin = course_.start(entry.first);
      const auto since = [&all, begin](std::size_t at) {
        return seconds(std::max<Moment>(0, all[std::min(at, all.size() - 1)] - begin));
      };
      forecast_.uptakes.push_back(
          {entry.first, since(all.size() / 2), since(all.size() * 99 / 100), since(all.size())});
    }
  }

  const Inventory& now_;
  const Inventory* base_;
  const Course& course_;
  Forecast forecast_;
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
  return Judge(now, base, Course(now, base, world, plan, climate)).run();
}

}  // namespace rdnsgate::plan
