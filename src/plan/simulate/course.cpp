// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/course.h"

#include <algorithm>

namespace rdnsgate::plan {
namespace {

Moment negative_of(const Version& soa) {
  return std::min<Moment>(soa.ttl, dns::soa_in(soa.rdata.front()).value().minimum);
}

TrackKey key_of(const Step& step) {
  return {step.owner, step.type, is_delegation(step.zone, step.owner, step.type)};
}

/// Where a key stands (RFC 6376 §3.6.2.1); the root where that is no name.
Name dkim_owner(const Scene::Service& key) {
  const auto labels = Name::parse(key.name + "._domainkey");
  const auto owner = labels ? labels->under(key.domain) : labels;
  return owner ? *owner : Name();
}

const MaybeVersion nothing;

bool is_same(const MaybeVersion& a, const MaybeVersion& b) {
  return a.has_value() == b.has_value() && (!a || a->rdata == b->rdata);
}

}  // namespace

Scene::ServiceKind kind_of(HostAction action) {
  switch (action) {
    case HostAction::switch_dkim:
      return Scene::ServiceKind::key;
    case HostAction::start_serving:
    case HostAction::stop_serving:
      return Scene::ServiceKind::server;
    default:
      return Scene::ServiceKind::relay;
  }
}

Stretch common(const Stretch& a, const Stretch& b) {
  return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

bool is_empty(const Stretch& stretch) { return stretch.from >= stretch.until; }

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
    : plan(some), climate(weather), scene_(scene), draw_(weather.seed), crowd_(weather, draw_) {
  take_acts(turn);
  transfers_.resize(acts.size());
  // In the order of acts: a change never overtakes an earlier one on the same server.
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const auto& step : acts[i].steps) transfer(i, step.zone);
  }
  take_zones();
  for (std::size_t i = 0; i < acts.size(); ++i) take_steps(i);
  own_ = {};
  // In the order of names: each is drawn for in its turn.
  for (auto& entry : tracks) in_order.push_back(&entry);
  std::sort(in_order.begin(), in_order.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  for (auto* entry : in_order) entry->second.held = crowd_.hold(entry->second.timeline, draw_);
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

const Track* Course::changing(const Name& name, RrType type) const {
  const auto* standing = scene_.find(name, type);
  const auto found = tracks.find({standing == nullptr ? name : standing->key.owner, type});
  return found == tracks.end() ? nullptr : &found->second;
}

const Track* Course::track_of(const Name& name, RrType type) const {
  const auto* standing = scene_.find(name, type);
  const auto found = tracks.find({standing == nullptr ? name : standing->key.owner, type});
  if (found != tracks.end()) return &found->second;
  return standing == nullptr ? nullptr : &standing->track;
}

const Track* Course::track_of(const TrackKey& key) const {
  if (const auto found = tracks.find(key); found != tracks.end()) return &found->second;
  const auto* standing = scene_.at(key);
  return standing == nullptr ? nullptr : &standing->track;
}

const Track* Course::track_of(const Scene::Service& service) const {
  switch (service.kind) {
    case Scene::ServiceKind::key:
      return track_of(dkim_owner(service), RrType::TXT);
    case Scene::ServiceKind::relay:
    case Scene::ServiceKind::server:
      break;
  }
  return nullptr;
}

/// One transfer of a zone: all that an act changes in it arrives together.
const Switch& Course::transfer(std::size_t act, const Name& zone) {
  const auto [place, fresh] = transfers_[act].try_emplace(zone);
  if (!fresh) return place->second;
  Switch& change = place->second;
  change.act = act;
  const Moment latest = climate.propagation.count() + scene_.publish_delay(zone);
  auto& arrived = arrived_[zone];
  arrived.resize(climate.servers);
  for (std::size_t server = 0; server < climate.servers; ++server) {
    const bool last = server + 1 == climate.servers;
    Moment delay = last ? latest + climate.server_late.count() : server == 0 ? 0 : draw_.below(latest + 1);
    Moment at = start(act) + delay;
    auto& previous = arrived[server];
    previous = at = std::max(at, previous);
    change.at.push_back(at);
  }
  return change;
}

void Course::take_zones() {
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const auto& step : acts[i].steps) {
      auto& kept = negative[step.zone];
      if (kept.seconds.empty()) kept.seconds = {scene_.negative_ttl(step.zone)};
      if (step.type != RrType::SOA || !step.after) continue;
      kept.switches.push_back(transfer(i, step.zone));
      kept.seconds.push_back(negative_of(*step.after));
    }
  }
}

void Course::take_steps(std::size_t act) {
  std::vector<const Step*> steps;
  for (const auto& step : acts[act].steps) {
    if (step.type != RrType::SOA) steps.push_back(&step);
  }
  for (const auto* step : steps) check(act, *step);
  for (const auto* step : steps) {
    const auto key = key_of(*step);
    if (step->after) {
      change(act, *step, key, step->after, step->after->ttl);
    } else if (!scene_.is_made_up(step->owner)) {
      // A wildcard may answer in its place, and that lasts as long as the wildcard's TTL says.
      const auto wildcard = scene_.wildcard_beside(step->owner, step->type);
      const bool lasts = wildcard && wildcard->ttl > scene_.negative_ttl(step->zone);
      change(act, *step, key, std::nullopt, lasts ? Moment{wildcard->ttl} : -1);
    }
  }
  for (const auto* step : steps) {
    if (scene_.is_made_up(step->owner)) heed_wildcard(act, *step);
  }
}

/// What the step takes for granted.
void Course::check(std::size_t act, const Step& step) {
  const auto key = key_of(step);
  auto own = own_.find(key);
  if (own == own_.end()) {
    const bool is_made_up = scene_.is_made_up(step.owner);
    if (is_made_up) made_up_[step.owner].push_back(key);
    own = own_.emplace(key, is_made_up ? &nothing : &found_before(key, step)).first;
  }
  if (!is_same(*own->second, step.before)) astray.push_back({act, &step});
  own->second = &step.after;
}

/// As the facts have it; what they do not tell, the step is believed.
const MaybeVersion& Course::found_before(const TrackKey& key, const Step& step) const {
  if (const auto* standing = scene_.at(key); standing != nullptr && standing->is_known)
    return standing->version();
  // Who was asked for a PTR record showed whether there is an alias in its place.
  const auto* beside = key.type == RrType::CNAME ? scene_.at({key.owner, RrType::PTR}) : nullptr;
  return beside != nullptr && beside->is_known ? nothing : step.before;
}

/// With the first record of its own a name loses all that a wildcard gave it, of every type (RFC 4592
/// §2.2.1), and has that again when the last one goes.
void Course::heed_wildcard(std::size_t act, const Step& step) {
  const bool is_covered = !has_nothing(step.owner);
  for (const auto& key : {key_of(step), TrackKey{step.owner, RrType::A}, TrackKey{step.owner, RrType::AAAA},
                          TrackKey{step.owner, RrType::PTR}, TrackKey{step.owner, RrType::TXT}}) {
    const auto own = own_.find(key);
    const auto* track = track_of(key);
    if (track == nullptr || (own != own_.end() && *own->second)) continue;
    const auto* standing = scene_.at(key);
    const auto shown = is_covered || standing == nullptr ? MaybeVersion() : standing->version();
    if (!is_same(track->versions.back(), shown))
      change(act, step, key, shown, shown ? Moment{shown->ttl} : -1);
  }
}

bool Course::has_nothing(const Name& owner) const {
  const auto& keys = made_up_.at(owner);
  return std::none_of(keys.begin(), keys.end(),
                      [&](const TrackKey& key) { return own_.at(key)->has_value(); });
}

/// An RRset in the zone of the step gets another version.
void Course::change(std::size_t act, const Step& step, const TrackKey& key, const MaybeVersion& version,
                    Moment ttl) {
  const auto [place, is_first] = tracks.try_emplace(key);
  auto& track = place->second;
  if (is_first) {
    track.timeline.servers = climate.servers;
    track.timeline.negative = &negative[step.zone];
    track.versions.push_back(found_before(key, step));
    const auto& found = track.versions.front();
    track.timeline.ttl.push_back(found ? Moment{found->ttl} : -1);
    // Who asks for a PTR that is there takes no denial of an alias with it.
    const auto* beside = key.type == RrType::CNAME ? scene_.at({key.owner, RrType::PTR}) : nullptr;
    if (!found && beside != nullptr && beside->version()) track.timeline.ttl.front() = 0;
  }
  track.versions.push_back(version);
  track.timeline.ttl.push_back(ttl);
  track.timeline.switches.push_back(transfer(act, step.zone));
}

/// A host does what it is told within the time that it is watched for, and may do it at once.
void Course::take_hosts() {
  constexpr Stretch always{-for_ever, for_ever};
  uses.resize(scene_.paths.size());
  std::map<IpAddress, std::size_t> index;
  for (std::size_t i = 0; i < scene_.paths.size(); ++i) {
    const auto& path = scene_.paths[i];
    index[path.ip] = i;
    if (path.is_sending) uses[i].push_back({path.helo, always});
  }
  service_uses.resize(scene_.services.size());
  for (std::size_t i = 0; i < scene_.services.size(); ++i) {
    services_of_[scene_.services[i].domain.text()].push_back(i);
    if (scene_.services[i].is_in_use) service_uses[i].push_back({{}, always});
  }
  for (std::size_t act = 0; act < acts.size(); ++act) {
    for (const auto& manual : acts[act].manual) {
      take_services(act, manual);
      for (const auto& ip : manual.addresses) {
        const auto found = index.find(ip);
        if (found == index.end()) continue;
        auto& of_path = uses[found->second];
        if (!of_path.empty() && !of_path.back().ended_by) {
          of_path.back().time.until = start(act) + climate.bake.count();
          of_path.back().ended_by = act;
        }
        if (manual.action != HostAction::stop_egress)
          of_path.push_back({manual.helo, {start(act), for_ever}});
      }
    }
  }
}

void Course::take_services(std::size_t act, const Manual& manual) {
  const auto kind = kind_of(manual.action);
  const auto each = [&](const std::vector<std::string>& names, auto&& apply) {
    const auto found = names.empty() ? services_of_.end() : services_of_.find(manual.sender);
    if (found == services_of_.end()) return;
    for (const auto i : found->second) {
      const auto& service = scene_.services[i];
      if (service.kind == kind && std::find(names.begin(), names.end(), service.name) != names.end())
        apply(service_uses[i]);
    }
  };
  each(manual.starts, [&](std::vector<Use>& all) { all.push_back({{}, {start(act), for_ever}}); });
  each(manual.stops, [&](std::vector<Use>& all) {
    if (all.empty() || all.back().ended_by) return;
    // Whoever serves a zone may end that at once, and a host goes on for a while: the worse of both.
    all.back().time.until = start(act) + (kind == Scene::ServiceKind::server ? 0 : climate.bake.count());
    all.back().ended_by = act;
  });
}

}  // namespace rdnsgate::plan
