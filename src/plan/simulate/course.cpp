// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/derive_goals.h"
#include "plan/simulate/course.h"
#include "plan/world/draw_picture.h"

#include <algorithm>

namespace rdnsgate::plan {
namespace {

Moment negative_of(const Version& soa) {
  return std::min<Moment>(soa.ttl, dns::soa_in(soa.rdata.front()).value().minimum);
}

}  // namespace

ServiceKind kind_of(HostAction action) {
  switch (action) {
    case HostAction::switch_dkim:
      return ServiceKind::key;
    case HostAction::start_serving:
    case HostAction::stop_serving:
      return ServiceKind::server;
    default:
      return ServiceKind::relay;
  }
}

Stretch common(const Stretch& a, const Stretch& b) {
  return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

bool is_empty(const Stretch& stretch) { return stretch.from >= stretch.until; }

Scene::Scene(const Inventory& present, const Inventory* former, const World& seen)
    : now(present), base(former), world(seen) {
  picture = draw(now, base, world.info, [&](const Name& name, RrType type) -> const Fact* {
    auto fact = world.facts.find({world.vantage, name, type});
    return fact ? &facts_.emplace_back(std::move(*fact)) : nullptr;
  });
  goals = derive_goals(now, base, picture);
}

Moment end_of(const Plan& plan, const Climate& climate) {
  Moment end = plan.total.count();
  for (const auto& phase : plan.phases) {
    const auto wait = std::max<Moment>(phase.wait.total.count(), climate.propagation.count());
    end = std::max<Moment>(end, phase.starts_after.count() + wait);
  }
  return end;
}

Course::Course(const Scene& scene, const Plan& some, const Climate& weather,
               const std::optional<TurningPoint>& turn)
    : plan(some),
      climate(weather),
      picture(scene.picture),
      services(scene.goals.services),
      scene_(scene),
      draw_(weather.seed),
      crowd_(weather, draw_) {
  take_acts(turn);
  // In the order of acts: a change never overtakes an earlier one on the same server.
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const auto& step : acts[i].steps) transfer(i, step.zone);
  }
  take_zones();
  take_steps();
  for (auto& entry : tracks) entry.second.held = crowd_.hold(entry.second.timeline, draw_);
  take_hosts();
  fetches = crowd_.fetches();
}

void Course::take_acts(const std::optional<TurningPoint>& turn) {
  const std::size_t begun = turn ? turn->phase + 1 : plan.phases.size();
  for (std::size_t i = 0; i < begun; ++i) {
    const auto& phase = plan.phases[i];
    acts.push_back({i, false, phase.starts_after.count(), phase.steps, phase.manual});
  }
  if (!turn) return;
  Moment at = turn->at.count();
  for (std::size_t i = begun; i-- > 0;) {
    const auto& phase = plan.phases[i];
    acts.push_back({i, true, at, phase.rollback, phase.rollback_manual});
    at += phase.rollback_wait.total.count();
  }
}

const Track* Course::track_of(const Name& name, RrType type) const {
  const std::size_t set = picture.find(name, type);
  const auto found = tracks.find({set == none ? name : picture.sets[set].owner, type});
  return found == tracks.end() ? nullptr : &found->second;
}

const Track* Course::track_of(const Service& service) const {
  switch (service.kind) {
    case ServiceKind::relay:
      return track_of(service.domain, RrType::TXT);
    case ServiceKind::key:
      return track_of(key_owner(service.name, service.domain), RrType::TXT);
    case ServiceKind::server:
      break;
  }
  return nullptr;
}

/// One transfer of a zone: all that an act changes in it arrives together.
const Switch& Course::transfer(std::size_t act, const Name& zone) {
  const auto [place, fresh] = transfers_.try_emplace({zone, act});
  if (!fresh) return place->second;
  Switch& change = place->second;
  change.act = act;
  const Moment latest = climate.propagation.count() + publish_delay(zone);
  for (std::size_t server = 0; server < climate.servers; ++server) {
    const bool last = server + 1 == climate.servers;
    Moment delay = last ? latest + climate.server_late.count() : server == 0 ? 0 : draw_.below(latest + 1);
    Moment at = start(act) + delay;
    auto& previous = arrived_[{zone, server}];
    previous = at = std::max(at, previous);
    change.at.push_back(at);
  }
  return change;
}

Moment Course::publish_delay(const Name& zone) const {
  const auto found = picture.zone_index.find(zone.wire());
  const auto* declared = found == picture.zone_index.end() ? nullptr : picture.zones[found->second].declared;
  return declared != nullptr && declared->publish_delay ? declared->publish_delay->count() : 0;
}

void Course::take_zones() {
  for (const auto& zone : picture.zones) negative[zone.name].seconds = {zone.negative_ttl};
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const auto& step : acts[i].steps) {
      if (step.type != RrType::SOA || !step.after) continue;
      auto& kept = negative[step.zone];
      kept.switches.push_back(transfer(i, step.zone));
      kept.seconds.push_back(negative_of(*step.after));
    }
  }
}

void Course::take_steps() {
  for (const auto& set : picture.sets) {
    auto& track = tracks[{set.owner, set.type, set.delegation}];
    if (!track.versions.empty()) continue;
    track.timeline.servers = climate.servers;
    if (set.zone != none) track.timeline.negative = &negative[picture.zones[set.zone].name];
    add(track, set.live, set.cached_ttl);
    // Who asks for a PTR that is there takes no denial of an alias with it.
    const auto* beside = set.type == RrType::CNAME ? track_of(set.owner, RrType::PTR) : nullptr;
    if (!set.live && beside != nullptr && beside->versions.front()) track.timeline.ttl.front() = 0;
  }
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const auto& step : acts[i].steps) {
      if (step.type == RrType::SOA) continue;
      auto& track = tracks[{step.owner, step.type, is_delegation(step.zone, step.owner, step.type)}];
      if (track.versions.empty()) {
        track.timeline.servers = climate.servers;
        add(track, step.before, step.before ? step.before->ttl : 0);
      }
      track.timeline.negative = &negative[step.zone];
      track.timeline.switches.push_back(transfer(i, step.zone));
      // What a wildcard made up before the first change it makes up again.
      const bool uncovers = acts[i].back && !step.after && step.wildcard;
      const auto after = uncovers ? track.versions.front() : step.after;
      add(track, after, after ? after->ttl : 0);
    }
  }
}

void Course::add(Track& track, const MaybeVersion& version, Moment ttl) {
  track.versions.push_back(version);
  track.timeline.ttl.push_back(version ? std::max<Moment>(ttl, version->ttl) : -1);
}

/// A host does what it is told within the time that it is watched for, and may do it at once.
void Course::take_hosts() {
  const auto& goals = scene_.goals;
  uses.resize(picture.paths.size());
  std::map<IpAddress, std::size_t> index;
  for (std::size_t i = 0; i < picture.paths.size(); ++i) {
    index[picture.paths[i].ip] = i;
    if (goals.sending[i] != 0) uses[i].push_back({goals.helo[i], {-for_ever, for_ever}, none});
  }
  service_uses.resize(services.size());
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].before) service_uses[i].push_back({{}, {-for_ever, for_ever}, none});
  }
  for (std::size_t act = 0; act < acts.size(); ++act) {
    for (const auto& manual : acts[act].manual) {
      take_services(act, manual);
      for (const auto& ip : manual.addresses) {
        const auto found = index.find(ip);
        if (found == index.end()) continue;
        auto& of_path = uses[found->second];
        if (!of_path.empty() && of_path.back().ended_by == none) {
          of_path.back().time.until = start(act) + climate.bake.count();
          of_path.back().ended_by = act;
        }
        if (manual.action != HostAction::stop_egress)
          of_path.push_back({manual.helo, {start(act), for_ever}, none});
      }
    }
  }
}

void Course::take_services(std::size_t act, const Manual& manual) {
  const auto kind = kind_of(manual.action);
  const auto each = [&](const std::vector<std::string>& names, auto&& apply) {
    for (std::size_t i = 0; i < services.size(); ++i) {
      const auto& service = services[i];
      if (service.kind == kind && service.domain.text() == manual.sender &&
          std::find(names.begin(), names.end(), service.name) != names.end())
        apply(service_uses[i]);
    }
  };
  each(manual.starts, [&](std::vector<Use>& all) { all.push_back({{}, {start(act), for_ever}, none}); });
  each(manual.stops, [&](std::vector<Use>& all) {
    if (all.empty() || all.back().ended_by != none) return;
    // Whoever serves a zone may end that at once, and a host goes on for a while: the worse of both.
    all.back().time.until = start(act) + (kind == ServiceKind::server ? 0 : climate.bake.count());
    all.back().ended_by = act;
  });
}

}  // namespace rdnsgate::plan
