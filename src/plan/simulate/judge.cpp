// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "plan/simulate/bystanders.h"
#include "plan/simulate/relay_watch.h"
#include "plan/simulate/spf_watch.h"

namespace rdnsgate::plan {
namespace {

using Service = Scene::Service;
using ServiceKind = Scene::ServiceKind;

/// Holds a course against what is expected of it.
class Judge {
 public:
  Judge(const Scene& scene, const Course& course)
      : scene_(scene), spf_(scene, course), relays_(scene, course), course_(course) {}

  std::vector<Breach> run() {
    watch_steps();
    for (std::size_t i = 0; i < scene_.paths.size(); ++i) watch(i);
    if (std::none_of(course_.acts.begin(), course_.acts.end(), [](const Act& act) { return act.back; }))
      watch_end();
    for (std::size_t i = 0; i < scene_.services.size(); ++i) watch_service(i);
    for (const auto& zone : scene_.now.zones) {
      if (!zone.name_servers.empty()) watch_sides(zone.name);
    }
    for (auto& breach : harm_to_bystanders(scene_, course_)) breaches_.push_back(std::move(breach));
    std::sort(breaches_.begin(), breaches_.end(), [](const Breach& a, const Breach& b) {
      return std::tie(a.at, a.who, a.text) < std::tie(b.at, b.who, b.text);
    });
    return std::move(breaches_);
  }

 private:
  /// The moments at which mail that was sent then may be judged: for as long as it may be queued somewhere.
  Stretch judged(Stretch time) const {
    if (time.until != for_ever)
      time.until += std::max<Moment>(0, course_.climate.queue.count() - course_.climate.bake.count());
    return time;
  }

  /// Whoever carries a step out replaces what it expects, and nothing else.
  void watch_steps() {
    const auto label = [](const Step& step) {
      return fmt::format("{} {}", step.owner.text(), dns::to_string(step.type));
    };
    for (const auto& [act, step] : course_.astray)
      breach(label(*step), {course_.start(act), for_ever}, "is not what the plan expects there");
    for (const auto& act : course_.acts) {
      for (const auto& step : act.steps) {
        const auto zone =
            scene_.zone_of({step.owner, step.type, is_delegation(step.zone, step.owner, step.type)});
        if (zone && *zone != step.zone)
          breach(label(step), {act.start, for_ever},
                 fmt::format("lies in {}, and the plan changes {}", zone->text(), step.zone.text()));
      }
    }
  }

  void watch_service(std::size_t index) {
    const auto& service = scene_.services[index];
    const auto& uses = course_.service_uses[index];
    if (service.kind == ServiceKind::server) return watch_server(service, uses);
    if (service.kind == ServiceKind::relay) return watch_relay(index);
    const auto* texts = course_.track_of(service);
    if (texts == nullptr || uses.empty()) return;
    // What was no key before the first change is not the plan's doing.
    const bool from_before = uses.front().time.from == -for_ever;
    if (from_before && !serves(*texts, texts->versions.front())) return;
    for (std::size_t i = 0; i < texts->versions.size(); ++i) {
      if (serves(*texts, texts->versions[i])) continue;
      for (const auto& use : uses) {
        breach(service.domain.text(), common(judged(use.time), texts->held.versions[i]),
               fmt::format("has mail signed with {}, which is no key", service.name));
      }
    }
  }

  void watch_relay(std::size_t index) {
    relays_.watch(
        index, [this](Stretch time) { return judged(time); },
        [&](const Stretch& time, const std::string& text) {
          breach(scene_.services[index].domain.text(), time, text);
        });
  }

  /// Whoever is led to a server by either side of the delegation is to find the zone there.
  void watch_server(const Service& service, const std::vector<Use>& uses) {
    std::vector<Stretch> away;
    Moment since = -for_ever;
    for (const auto& use : uses) {
      away.push_back({since, use.time.from});
      since = use.time.until;
    }
    away.push_back({since, for_ever});
    const auto rdata = dns::rdata_of(Name::parse(service.name).value());
    for (const auto* track : sides_of(service.domain)) {
      for (std::size_t i = 0; i < track->versions.size(); ++i) {
        if (!has(track->versions[i], rdata)) continue;
        for (const auto& time : away)
          breach(service.domain.text(), common(track->held.versions[i], time),
                 fmt::format("is delegated to {}, which does not serve it", service.name));
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
    // Rolled back, a side has again what it had before the first change.
    const auto is_first = [](const Track& track, std::size_t version) {
      const auto &one = track.versions[version], &first = track.versions[0];
      return one.has_value() == first.has_value() && (!one || one->rdata == first->rdata);
    };
    for (std::size_t i = 0; i < own.versions.size(); ++i) {
      for (std::size_t j = 0; j < parent.versions.size(); ++j) {
        if (share(own.versions[i], parent.versions[j]) ||
            (apart_before && (is_first(own, i) || is_first(parent, j))))
          continue;
        breach(zone.text(), common(own.held.versions[i], parent.held.versions[j]),
               "has no name server that its parent names too");
      }
    }
  }

  /// The NS records of the zone and those of its parent.
  std::vector<const Track*> sides_of(const Name& zone) const {
    std::vector<const Track*> all;
    for (const bool delegation : {false, true}) {
      const auto* side = course_.track_of({zone, RrType::NS, delegation});
      if (side != nullptr) all.push_back(side);
    }
    return all;
  }

  void watch(std::size_t path) {
    const auto& uses = course_.uses[path];
    // A path that stops may start again, where the plan is rolled back.
    for (std::size_t first = 0; first < uses.size();) {
      Stretch sending = uses[first].time;
      for (++first; first < uses.size() && uses[first].time.from <= sending.until; ++first)
        sending.until = std::max(sending.until, uses[first].time.until);
      watch_ptr(path, sending);
      spf_.watch(path, judged(sending), [&](const Stretch& time, const std::string& text) {
        breach(scene_.paths[path].ip, time, text);
      });
    }
    if (!uses.empty()) watch_others(path);
    for (const auto& use : uses) {
      watch_helo(path, use);
      spf_.watch_helo(path, use, [&](const Stretch& time, const std::string& text) {
        breach(scene_.paths[path].ip, time, text);
      });
    }
  }

  /// What SPF records say when all is done: of what left, and of what sends.
  void watch_end() {
    for (std::size_t path = 0; path < scene_.paths.size(); ++path) {
      spf_.watch_end(path, [&](const Stretch& time, const std::string& text) {
        breach(scene_.paths[path].ip, time, text);
      });
    }
  }

  /// What further mail servers behind a path say, and resolved to it before the first change, has to do so all the time
  /// that anything is sent from there.
  void watch_others(std::size_t path) {
    if (!used_before(path)) return;
    const auto& ip = scene_.paths[path].ip;
    const auto rdata = dns::rdata_of(ip);
    for (const auto& name : scene_.paths[path].other_helos) {
      const auto* forward = course_.track_of(name, address_type(ip));
      if (forward == nullptr || !has(forward->versions.front(), rdata)) continue;
      for (std::size_t i = 0; i < forward->versions.size(); ++i) {
        if (has(forward->versions[i], rdata)) continue;
        for (const auto& use : course_.uses[path])
          breach(
              ip, common(use.time, forward->held.versions[i]),
              fmt::format("has a mail server that says HELO {}, which does not resolve to it", name.text()));
      }
    }
  }

  /// Mail that was sent is judged by the PTR of the moment: the time in which the path is used. A PTR that is
  /// there is to be confirmed as long as it is there.
  void watch_ptr(std::size_t path, const Stretch& sending) {
    const auto& ip = scene_.paths[path].ip;
    const auto* pointers = course_.track_of(dns::reverse_name(ip), RrType::PTR);
    if (pointers == nullptr) return;
    const auto alias = course_.tracks.find({dns::reverse_name(ip), RrType::CNAME});
    if (alias == course_.tracks.end())
      return watch_pointers(path, sending, *pointers, {-for_ever, for_ever}, false);
    // Each version of the alias leads to a PTR of its own; before it there may have been one at the reverse
    // name.
    for (std::size_t i = 0; i < alias->second.versions.size(); ++i) {
      const auto& version = alias->second.versions[i];
      const auto& time = alias->second.held.versions[i];
      const auto& first = alias->second.versions.front();
      if (i == 0 || (version && first && version->rdata == first->rdata)) {
        // An RRset that an alias takes the place of is not missed.
        watch_pointers(path, sending, *pointers, version ? time : Stretch{-for_ever, for_ever}, false);
      } else if (version) {
        const auto target = dns::name_in(version->rdata.front());
        const auto* behind = target ? course_.track_of(*target, RrType::PTR) : nullptr;
        if (behind == nullptr) {
          breach(ip, common(time, sending), "has a reverse name that points to no PTR record");
        } else {
          watch_pointers(path, sending, *behind, time, true);
        }
      }
    }
  }

  /// As long as `time` the PTR is looked up there. `whole`: it has to be there all the time; else only from
  /// its first change on, and not where an alias takes its place.
  void watch_pointers(std::size_t path, const Stretch& sending, const Track& pointers, const Stretch& time,
                      bool whole) {
    const auto& ip = scene_.paths[path].ip;
    const bool aliased = !whole && course_.tracks.contains({dns::reverse_name(ip), RrType::CNAME});
    for (std::size_t i = 0; i < pointers.versions.size(); ++i) {
      const auto& ptr = pointers.versions[i];
      const auto held = common(time, pointers.held.versions[i]);
      if (!ptr) {
        // Who had none before the first change misses none that is rolled back.
        const bool had_none = used_before(path) && !pointers.versions.front();
        if (whole || (i > 0 && !aliased && !had_none))
          breach(ip, common(held, sending), "sends without a PTR");
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
    const auto& ip = scene_.paths[path].ip;
    const auto* forward = course_.track_of(*name, address_type(ip));
    if (forward == nullptr) return;
    const auto rdata = dns::rdata_of(ip);
    if (pointers != nullptr && has(pointers->versions.front(), target) &&
        !has(forward->versions.front(), rdata))
      return;
    for (std::size_t i = first_to_hold(path, *forward, rdata); i < forward->versions.size(); ++i) {
      if (!has(forward->versions[i], rdata))
        breach(ip, common(time, forward->held.versions[i]), "is not confirmed by " + name->text());
    }
  }

  /// Whoever has what was there before the address came has lost nothing where nothing confirmed the path
  /// when the plan began. An address that never comes is missed from the first version on.
  std::size_t first_to_hold(std::size_t path, const Track& forward, const std::string& rdata) const {
    if (!used_before(path) || was_confirmed(path)) return 0;
    const auto& all = forward.versions;
    const auto first =
        std::find_if(all.begin(), all.end(), [&](const auto& version) { return has(version, rdata); });
    return first == all.end() ? 0 : static_cast<std::size_t>(first - all.begin());
  }

  bool used_before(std::size_t path) const { return course_.uses[path].front().time.from == -for_ever; }

  /// Before the first change. What could not be determined may have confirmed it.
  bool was_confirmed(std::size_t path) const {
    const auto& ip = scene_.paths[path].ip;
    const auto* reverse = scene_.find(dns::reverse_name(ip), RrType::PTR);
    if (reverse == nullptr || !reverse->is_known) return true;
    if (!reverse->version()) return false;
    const auto& targets = reverse->version()->rdata;
    return std::any_of(targets.begin(), targets.end(), [&](const std::string& target) {
      const auto name = dns::name_in(target);
      const auto* forward = name ? scene_.find(*name, address_type(ip)) : nullptr;
      return forward == nullptr || !forward->is_known || has(forward->version(), dns::rdata_of(ip));
    });
  }

  void watch_helo(std::size_t path, const Use& use) {
    const auto& ip = scene_.paths[path].ip;
    const auto* forward = use.helo.is_root() ? nullptr : course_.track_of(use.helo, address_type(ip));
    if (forward == nullptr) return;
    const auto rdata = dns::rdata_of(ip);
    // The host may say the same name again, where the plan is rolled back.
    const bool as_before = used_before(path) && use.helo == course_.uses[path].front().helo;
    if (as_before && !has(forward->versions.front(), rdata)) return;
    for (std::size_t i = 0; i < forward->versions.size(); ++i) {
      if (!has(forward->versions[i], rdata)) {
        breach(ip, common(use.time, forward->held.versions[i]),
               fmt::format("says HELO {}, which does not resolve to it", use.helo.text()));
      }
    }
  }

  void breach(const IpAddress& ip, const Stretch& time, std::string text) {
    if (!is_empty(time)) breach(ip.to_string(), time, std::move(text));
  }
  void breach(std::string who, const Stretch& time, std::string text) {
    if (is_empty(time)) return;
    breaches_.push_back(
        {seconds(std::max<Moment>(0, time.from)), seconds(time.until), std::move(who), std::move(text)});
  }

  const Scene& scene_;
  SpfWatch spf_;
  RelayWatch relays_;
  const Course& course_;
  std::vector<Breach> breaches_;
};

}  // namespace

bool serves(const Track& key, const MaybeVersion& version) {
  const auto& first = key.versions.front();
  return version && first && version->rdata == first->rdata;
}

std::vector<Breach> breaches_of(const Scene& scene, const Course& course) {
  return Judge(scene, course).run();
}

}  // namespace rdnsgate::plan
