// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/crowd.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/goals/moves.h"
#include "plan/goals/services.h"
#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

bool uses_name(const Path& path, const Name& name) {
  for (const auto* address : {path.now, path.base}) {
    if (address != nullptr && (address->ptr == name || inventory::says_helo(*address, name))) return true;
  }
  return std::find(path.live_ptr.begin(), path.live_ptr.end(), name) != path.live_ptr.end();
}

}  // namespace

Crowd::Crowd(const Picture& picture, const Goals& goals)
    : picture_(picture), goals_(goals), spf_(picture, goals) {
  for (const auto& set : picture.sets) sets_.push_back({set.live, {}, false, {}});
  for (std::size_t i = 0; i < picture.paths.size(); ++i) {
    const auto use = goals.sending[i] != 0 ? Use::sending : Use::never;
    hosts_.push_back({use, use, goals.helo[i], goals.helo[i]});
  }
  for (const auto& service : goals.services) {
    const auto use = service.before ? Use::sending : Use::never;
    services_of_[service.domain].push_back(services_.size());
    services_.push_back({use, use, {}, {}});
  }
  for (const auto& operation : goals.operations) {
    if (operation.kind == Kind::remove_ptr) {
      for (const auto path : operation.paths) leaving_ptr_.emplace(path, &operation);
    }
    for (const auto set : operation.rests_on) additions_[picture.behind(set)];
  }
  for (const auto& operation : goals.operations) {
    if (operation.kind != Kind::add_forward) continue;
    if (const auto found = additions_.find(picture.behind(operation.set)); found != additions_.end())
      found->second.push_back(&operation);
  }
  for (const auto& path : picture.paths) {
    if (path.now != nullptr) living_.insert(path.sender);
  }
  find_waiting();
}

bool Crowd::begin(const Operation& operation) {
  if (!allowed(operation) || !keeps_spf(operation)) return false;
  take_up(operation);
  return true;
}

bool Crowd::allowed(const Operation& operation) const {
  // Union first, cut down later: one RRset never gains and loses in one step.
  for (const auto set : {operation.set, operation.alias}) {
    if (set != none && sets_[set].changing && sets_[set].by != operation.kind) return false;
  }
  if (operation.delegation != none) return allowed_of_servers(operation);
  if (operation.paths.empty()) return allowed_of_services(operation);
  const std::size_t path = operation.paths.front();
  switch (operation.kind) {
    case Kind::add_forward:
      return true;
    case Kind::add_ptr:
    case Kind::swap_ptr:
      return std::all_of(operation.paths.begin(), operation.paths.end(), [&](auto p) {
        return (has_nothing_to_lose(p, operation.to) && !is_looked_up(operation.set)) ||
               resolves(operation.to, picture_.paths[p].ip);
      });
    case Kind::redelegate:
      // Nobody may come to the block's zone before it has the record.
      return is_settled_as(picture_.paths[path].block_set, {dns::rdata_of(operation.to)}) &&
             (has_nothing_to_lose(path, operation.to) || resolves(operation.to, operation.ip));
    case Kind::switch_helo:
      return std::all_of(operation.paths.begin(), operation.paths.end(),
                         [&](auto p) { return path_is_ready(p, operation.to); });
    case Kind::start_egress:
      return path_is_ready(path, operation.to);
    case Kind::stop_egress: {
      const std::string_view sender = picture_.paths[path].sender;
      return living_.count(sender) != 0 ? waiting_.count(sender) == 0 : waiting_.empty();
    }
    case Kind::remove_ptr:
      return std::none_of(operation.paths.begin(), operation.paths.end(), [&](auto p) { return in_use(p); });
    case Kind::remove_old:
      // A term that is a name goes with the name; one that lets retired addresses through, with them.
      if (!operation.term.empty()) {
        return std::all_of(operation.paths.begin(), operation.paths.end(), [&](auto p) {
          return picture_.paths[p].now == nullptr ? is_over(p) : name_is_free(p, operation.from);
        });
      }
      if (picture_.sets[operation.set].type == RrType::TXT) return is_over(path);
      return name_is_free(path, operation.from);
    default:
      return false;
  }
}

bool Crowd::allowed_of_services(const Operation& operation) const {
  const auto is_over = [&](std::size_t service) { return services_[service].use == Use::stopped; };
  const auto stopped = [&] {
    return is_over(operation.service) &&
           std::all_of(operation.waits_for.begin(), operation.waits_for.end(), is_over);
  };
  switch (operation.kind) {
    case Kind::start_relay: {
      const auto& service = goals_.services[operation.starts.front()];
      const auto& set = sets_[service.set];
      if (!std::all_of(operation.rests_on.begin(), operation.rests_on.end(),
                       [&](std::size_t one) { return has_its_additions(one); }))
        return false;
      // Without a term that it lacks it is let through by what the record takes in.
      return service.term.empty() ||
             (!set.changing && set.value && spf_has_terms(set.value->rdata, service.term));
    }
    case Kind::stop_relay:
      return all_relays_started(goals_.services[operation.stops.front()].domain);
    case Kind::revoke_key:
      return stopped();
    case Kind::remove_old: {
      if (!stopped()) return false;
      const auto& set = sets_[operation.set];
      return goals_.services[operation.service].kind != ServiceKind::key ||
             (!set.changing && has(set.value, revoked_key()));
    }
    default:
      return true;
  }
}

/// Everybody has what the plan adds to it.
bool Crowd::has_its_additions(std::size_t index) const {
  const auto set = picture_.behind(index);
  const auto& state = sets_[set];
  if (state.changing) return false;
  const auto found = additions_.find(set);
  if (found == additions_.end()) return true;
  const auto rdata = state.value ? state.value->rdata : std::vector<std::string>();
  return std::all_of(found->second.begin(), found->second.end(), [&](const Operation* one) {
    return applied(*one, picture_.sets[set].type, rdata) == rdata;
  });
}

/// By a PTR that gives this name: it is not used yet, or nothing confirms it today and the name does or is
/// about to.
bool Crowd::has_nothing_to_lose(std::size_t index, const Name& name) const {
  if (hosts_[index].use == Use::never) return true;
  const auto& ip = picture_.paths[index].ip;
  return goals_.unconfirmed[index] != 0 &&
         somewhere(picture_.find(name, forward_type(ip)), dns::rdata_of(ip));
}

/// Who holds the zone looks the name up before taking the record. Of a zone that the inventory does not have
/// nobody knows.
bool Crowd::is_looked_up(std::size_t set) const {
  const auto zone = picture_.sets[set].zone;
  const auto* declared = zone == none ? nullptr : picture_.zones[zone].declared;
  return declared == nullptr || declared->looks_up_forward();
}

/// Everybody has this record data and no other.
bool Crowd::is_settled_as(std::size_t index, const std::vector<std::string>& value) const {
  const auto& set = sets_[index];
  return !set.changing && set.value && set.value->rdata == value;
}

/// Whoever is sent to a server finds the zone there, and whichever side of the delegation a cache has, the
/// other one leads on to servers of it. So both name the new ones before either forgets the old.
bool Crowd::allowed_of_servers(const Operation& operation) const {
  const auto& state = picture_.delegations[operation.delegation];
  const auto& own = sets_[state.own_set];
  switch (operation.kind) {
    case Kind::add_ns:
      return all_serve(state, operation.value);
    case Kind::move_delegation:
      return all_serve(state, operation.value) && own.value &&
             std::includes(own.value->rdata.begin(), own.value->rdata.end(), operation.value.begin(),
                           operation.value.end());
    case Kind::remove_ns:
      return is_settled_as(state.parent_set, operation.value);
    case Kind::stop_serving:
      return is_settled_as(state.own_set, operation.value) &&
             is_settled_as(state.parent_set, operation.value);
    default:
      return true;
  }
}

bool Crowd::all_serve(const DelegationState& state, const std::vector<std::string>& servers) const {
  for (const auto i : services_of(state.zone->name)) {
    const auto& service = goals_.services[i];
    if (service.kind != ServiceKind::server) continue;
    const bool named = std::binary_search(servers.begin(), servers.end(), server_rdata(service));
    if (named && services_[i].use != Use::sending) return false;
  }
  return true;
}

bool Crowd::all_relays_started(const Name& domain) const {
  const auto& all = services_of(domain);
  return std::none_of(all.begin(), all.end(), [&](std::size_t i) {
    return goals_.services[i].kind == ServiceKind::relay && services_[i].use == Use::never;
  });
}

const std::vector<std::size_t>& Crowd::services_of(const Name& domain) const {
  static const std::vector<std::size_t> nothing;
  const auto found = services_of_.find(domain);
  return found == services_of_.end() ? nothing : found->second;
}

/// What of its value the name keeps with the first record of its own: of what a wildcard made, the addresses
/// that are declared for this very name. All else is a stranger's.
MaybeVersion Crowd::own_part(std::size_t index) {
  const auto& state = picture_.sets[index];
  MaybeVersion own = sets_[index].value;
  if (!state.made_up || !own || own->rdata != state.live->rdata) return own;
  for (std::size_t i = paths_.size(); i < picture_.paths.size(); ++i)
    paths_.emplace(dns::rdata_of(picture_.paths[i].ip), i);
  std::erase_if(own->rdata, [&](const std::string& rdata) {
    const auto path = paths_.find(rdata);
    return path == paths_.end() || !uses_name(picture_.paths[path->second], state.owner);
  });
  if (own->rdata.empty()) own.reset();
  return own;
}

void Crowd::change(std::size_t index, const Operation& operation) {
  auto& set = sets_[index];
  if (!set.changing) {
    set.next = own_part(index);
    set.changing = true;
    set.by = operation.kind;
    changing_.push_back(index);
  }
  auto rdata = applied(operation, picture_.sets[index].type,
                       set.next ? std::move(set.next->rdata) : std::vector<std::string>());
  if (rdata.empty()) {
    set.next.reset();
  } else {
    set.next = Version{set.value ? set.value->ttl : 0, std::move(rdata)};
  }
}

void Crowd::take_up(const Operation& operation) {
  if (operation.set != none) change(operation.set, operation);
  if (operation.alias != none && operation.alias != operation.set) change(operation.alias, operation);
  for (const auto service : operation.starts) services_[service].next = Use::sending;
  for (const auto service : operation.stops) services_[service].next = Use::stopped;
  for (const auto path : operation.paths) {
    if (operation.kind == Kind::switch_helo) hosts_[path].next_helo = operation.to;
    if (operation.kind == Kind::start_egress) {
      hosts_[path].next = Use::sending;
      hosts_[path].next_helo = operation.to;
    }
    if (operation.kind == Kind::stop_egress) hosts_[path].next = Use::stopped;
  }
}

void Crowd::settle() {
  for (const auto set : changing_) {
    sets_[set].value = std::move(sets_[set].next);
    sets_[set].next.reset();
    sets_[set].changing = false;
  }
  changing_.clear();
  for (auto* all : {&hosts_, &services_}) {
    for (auto& host : *all) {
      host.use = host.next;
      host.helo = host.next_helo;
    }
  }
  find_waiting();
}

bool Crowd::everywhere(std::size_t set, const std::string& rdata) const {
  return set != none && has(sets_[set].value, rdata) && (!sets_[set].changing || has(sets_[set].next, rdata));
}

bool Crowd::somewhere(std::size_t set, const std::string& rdata) const {
  return set != none &&
         (has(sets_[set].value, rdata) || (sets_[set].changing && has(sets_[set].next, rdata)));
}

bool Crowd::resolves(const Name& name, const IpAddress& ip) const {
  return everywhere(picture_.find(name, forward_type(ip)), dns::rdata_of(ip));
}

/// The path as declared, with this HELO name, holds in every mix: a host relies on it only then.
bool Crowd::path_is_ready(std::size_t index, const Name& helo) const {
  const Path& path = picture_.paths[index];
  const Name& ptr = path.now->ptr;
  if (!helo.is_root() && !resolves(helo, path.ip)) return false;
  if (!ptr.is_root()) {
    if (path.alias_set != none && !leads_to_block(index)) return false;
    const auto set = path.alias_set != none ? path.block_set : path.ptr_set;
    if (!is_settled_as(set, {dns::rdata_of(ptr)}) || !resolves(ptr, path.ip)) return false;
  }
  const auto& promises = spf_.of_path(index);
  return std::all_of(promises.begin(), promises.end(), [&](std::size_t promise) {
    return spf_.holds(promise, helo, [&](std::size_t set) { return about(set); });
  });
}

/// The versions of it that somebody may have.
std::vector<MaybeVersion> Crowd::about(std::size_t index) const {
  const auto& set = sets_[index];
  return set.changing ? std::vector{set.value, set.next} : std::vector{set.value};
}

/// No path in use falls out of an SPF record by what the operation changes, whatever else is on its way.
bool Crowd::keeps_spf(const Operation& operation) const {
  if (operation.set == none || operation.kind == Kind::redelegate) return true;
  const std::size_t changed = picture_.behind(operation.set);
  const auto& promises = spf_.resting_on(changed);
  if (std::none_of(promises.begin(), promises.end(), [&](auto one) { return in_use(goals_.spf[one].path); }))
    return true;
  const auto& set = sets_[changed];
  const auto& before = set.changing ? set.next : set.value;
  auto rdata =
      applied(operation, picture_.sets[changed].type, before ? before->rdata : std::vector<std::string>());
  const auto after = rdata.empty() ? MaybeVersion() : Version{0, std::move(rdata)};
  const auto versions = [&](std::size_t one) {
    auto all = about(one);
    if (one == changed) all.push_back(after);
    return all;
  };
  return std::all_of(promises.begin(), promises.end(), [&](std::size_t one) {
    const auto path = goals_.spf[one].path;
    return !in_use(path) || spf_.holds(one, hosts_[path].helo, versions);
  });
}

/// An old address is needed until everything new of its sender works; one whose sender is gone, until
/// everything new works at all.
void Crowd::find_waiting() {
  waiting_.clear();
  for (const auto& operation : goals_.operations) {
    if (operation.kind != Kind::start_egress && operation.kind != Kind::switch_helo) continue;
    for (const auto path : operation.paths) {
      const bool done =
          hosts_[path].use == Use::sending && (operation.to.is_root() || hosts_[path].helo == operation.to);
      if (!done) waiting_.insert(picture_.paths[path].sender);
    }
  }
}

bool Crowd::in_use(std::size_t path) const {
  return hosts_[path].use == Use::sending || hosts_[path].next == Use::sending;
}

/// The authorisation of an address is the last thing to go, together with the names that resolve to it.
bool Crowd::ptr_is_gone(std::size_t path) const {
  const auto leaving = leaving_ptr_.find(path);
  if (leaving == leaving_ptr_.end()) return true;
  const auto& set = sets_[leaving->second->set];
  const auto& wanted = leaving->second->value;
  return !set.changing && (set.value ? set.value->rdata == wanted : wanted.empty());
}

/// Nothing is sent from it, and its PTR record says so.
bool Crowd::is_over(std::size_t path) const { return !in_use(path) && ptr_is_gone(path); }

/// The reverse name is an alias into the zone of its block, for everybody.
bool Crowd::leads_to_block(std::size_t path) const {
  const auto& alias = sets_[picture_.paths[path].alias_set];
  const auto& block = picture_.sets[picture_.paths[path].block_set];
  return !alias.changing && has(alias.value, dns::rdata_of(block.owner));
}

/// Some version of the PTR that is about names it.
bool Crowd::ptr_may_name(std::size_t index, const Name& name) const {
  const Path& path = picture_.paths[index];
  const auto rdata = dns::rdata_of(name);
  if (path.alias_set == none) return somewhere(path.ptr_set, rdata);
  // What another alias led to is still there when nobody is led there any more.
  const auto& alias = sets_[path.alias_set];
  const bool still_old = !leads_to_block(index);
  const bool already_new =
      has(alias.value, dns::rdata_of(picture_.sets[path.block_set].owner)) || alias.changing;
  return (still_old && somewhere(path.ptr_set, rdata)) || (already_new && somewhere(path.block_set, rdata));
}

/// No version of the PTR that is about names it, and no host that may still send calls itself by it.
bool Crowd::name_is_free(std::size_t index, const Name& name) const {
  const HostState& host = hosts_[index];
  if (ptr_may_name(index, name)) return false;
  // Further mail servers behind it say what is declared, and what was where it is retired.
  const auto& path = picture_.paths[index];
  const auto* declared = path.now != nullptr ? path.now : path.base;
  if (in_use(index) && declared != nullptr && !declared->other_helos.empty() &&
      inventory::says_helo(*declared, name))
    return false;
  return !in_use(index) || (host.helo != name && host.next_helo != name);
}

std::string Crowd::why_not(const Operation& operation) const {
  if (allowed(operation) && !keeps_spf(operation)) {
    return fmt::format("{} of {} would take an address that is in use out of an SPF record",
                       to_string(operation.kind), picture_.sets[operation.set].owner.text());
  }
  if (operation.delegation != none) {
    return fmt::format("{} of {} waits for its name servers", to_string(operation.kind),
                       picture_.delegations[operation.delegation].zone->name.text());
  }
  if (operation.paths.empty()) {
    const auto& concerned = !operation.starts.empty()  ? operation.starts.front()
                            : !operation.stops.empty() ? operation.stops.front()
                                                       : operation.service;
    return fmt::format("{} of {} for {} is not possible", to_string(operation.kind),
                       goals_.services[concerned].name, goals_.services[concerned].domain.text());
  }
  const Path& path = picture_.paths[operation.paths.front()];
  const std::string_view what = to_string(operation.kind);
  const auto who = fmt::format("{} ({})", path.ip.to_string(), path.sender);
  switch (operation.kind) {
    case Kind::add_ptr:
    case Kind::swap_ptr:
      return fmt::format("{} of {} waits for {} to resolve to it", what, who, operation.to.text());
    case Kind::redelegate:
      return fmt::format("{} of {} waits for {} in the zone of its block, and for that name to resolve to it",
                         what, who, operation.to.text());
    case Kind::switch_helo:
    case Kind::start_egress:
      return fmt::format("{} of {} waits for its PTR, HELO name and SPF records", what, who);
    case Kind::stop_egress:
      return fmt::format("{} of {} waits for what replaces it", what, who);
    case Kind::remove_old:
      return fmt::format("{} of {} from {} waits for the name to fall out of use", what, who,
                         operation.from.text());
    default:
      return fmt::format("{} of {} is not possible", what, who);
  }
}

}  // namespace rdnsgate::plan
