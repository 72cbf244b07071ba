// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/write_phases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "plan/document/plan_json.h"

namespace rdnsgate::plan {
namespace {

constexpr std::size_t id_length = 12;

bool ends_cheap_return(Kind kind) {
  return kind == Kind::remove_ptr || kind == Kind::remove_old || kind == Kind::move_delegation ||
         kind == Kind::remove_ns;
}

class PhaseWriter {
 public:
  PhaseWriter(const Picture& picture, const Goals& goals, Schedule schedule, Plan& plan)
      : picture_(picture), goals_(goals), services_(goals.services), schedule_(std::move(schedule)), plan_(plan) {
    for (std::size_t i = 0; i < goals.sending.size(); ++i) {
      if (goals.sending[i] != 0) sending_.insert(i);
    }
    for (const auto& one : picture.delegations) contacts_.emplace(one.zone->name, one.zone->contact);
    for (std::size_t i = 0; i < goals.spf.size(); ++i) {
      by_path_[goals.spf[i].path].push_back(i);
      for (const auto set : goals.spf[i].sets) by_set_[set].push_back(i);
    }
  }

  void run() {
    if (!schedule_.rounds.empty() || !schedule_.restore.empty()) add_phases();
    for (const auto& phase : plan_.phases) plan_.changes += phase.steps.size();
    plan_.id = content_hash(plan_).substr(0, id_length);
  }

 private:
  void add_phases() {
    add_preflight();
    if (!schedule_.lower.empty() || !schedule_.lower_negative.empty()) {
      Phase& phase = begin("lower-ttl");
      phase.steps.reserve(schedule_.lower.size() + schedule_.lower_negative.size());
      add(phase, std::move(schedule_.lower));
      for (const auto& change : schedule_.lower_negative) add(phase, change);
      phase.wait = schedule_.lower_wait;
      finish(phase);
      const bool beside = !schedule_.rounds.empty() && schedule_.rounds.front().beside_lower;
      if (!beside) at_ += phase.wait.total;
      if (!beside && phase.wait.late) late_ += phase.wait.late->value;
    }
    bool cheap = schedule_.exposure == seconds(0);
    for (auto& round : schedule_.rounds) {
      for (auto& group : round.groups) {
        if (cheap && ends_cheap_return(group.kind)) {
          plan_.cheap_return_until = at_;
          cheap = false;
        }
        add_group(group);
      }
      at_ += round.wait;
      const auto& lower = schedule_.lower_wait.late;
      late_ += round.beside_lower && lower ? std::max(round.late, lower->value) : round.late;
    }
    if (cheap) plan_.cheap_return_until = at_;
    plan_.total = at_;
    plan_.worst_total = at_ + late_;
    add_restore();
  }

  /// Every RRset that is going to change still is as it was found.
  void add_preflight() {
    Phase& phase = begin("preflight");
    std::map<std::size_t, MaybeVersion> found;
    for (const auto& round : schedule_.rounds) {
      for (const auto& group : round.groups) {
        for (const auto& change : group.changes) found.emplace(change.set, picture_.sets[change.set].live);
      }
    }
    for (const auto& change : schedule_.restore) found.emplace(change.set, picture_.sets[change.set].live);
    phase.verify.reserve(found.size());
    for (const auto& [set, version] : found) {
      const auto& state = picture_.sets[set];
      phase.verify.push_back({picture_.zones[state.zone].name, state.owner, state.type, version});
    }
    sort_checks(phase.verify);
  }

  void add_restore() {
    if (schedule_.restore.empty() && schedule_.restore_negative.empty()) return;
    Phase& phase = begin("restore-ttl");
    phase.steps.reserve(schedule_.restore.size() + schedule_.restore_negative.size());
    add(phase, std::move(schedule_.restore));
    for (const auto& change : schedule_.restore_negative) add(phase, change);
    phase.rollback_wait = schedule_.restore_rollback_wait;
    finish(phase);
  }

  void add_group(Group& group) {
    Phase& phase = begin(std::string(to_string(group.kind)));
    phase.steps.reserve(group.changes.size());
    for (const auto* operation : group.hosts) add(phase, *operation);
    add_spf(phase, group);
    add(phase, std::move(group.changes));
    phase.wait = group.wait;
    phase.rollback_wait = group.rollback_wait;
    phase.wave = group.wave;
    phase.waves = group.waves;
    finish(phase);
  }

  /// What SPF has to let through once the phase is done: where the plan promised it.
  void add_spf(Phase& phase, const Group& group) {
    std::set<std::size_t> promises;
    for (const auto* operation : group.hosts) {
      for (const auto path : operation->paths) {
        if (operation->kind == Kind::stop_egress) sending_.erase(path);
        if (operation->kind != Kind::start_egress) continue;
        sending_.insert(path);
        const auto found = by_path_.find(path);
        if (found != by_path_.end()) promises.insert(found->second.begin(), found->second.end());
      }
    }
    for (const auto& change : group.changes) {
      const auto found = by_set_.find(picture_.behind(change.set));
      if (found == by_set_.end()) continue;
      for (const auto promise : found->second) {
        if (sending_.contains(goals_.spf[promise].path)) promises.insert(promise);
      }
    }
    std::map<Name, std::vector<IpAddress>> passes;
    for (const auto promise : promises) {
      const auto& one = goals_.spf[promise];
      passes[one.domain].push_back(picture_.paths[one.path].ip);
    }
    for (auto& [domain, addresses] : passes) {
      std::sort(addresses.begin(), addresses.end());
      phase.spf.push_back({domain, std::move(addresses)});
    }
  }

  Phase& begin(std::string id) {
    const unsigned count = ++ids_[id];
    if (count > 1) id += fmt::format("-{}", count);
    plan_.phases.push_back({std::move(id), at_, at_ + late_, {}, {}, {}, {}, {}, {}, {}, 0, 0});
    return plan_.phases.back();
  }

  Step step_in(const ZoneState& zone) const {
    Step step;
    step.zone = zone.name;
    if (zone.declared != nullptr) {
      step.managed_by = zone.declared->managed_by;
      step.contact = zone.declared->contact;
    }
    return step;
  }

  /// What becomes a step is let go of.
  void add(Phase& phase, std::vector<Change> changes) const {
    for (auto& change : changes) add(phase, std::move(change));
  }

  void add(Phase& phase, Change change) const {
    const auto& set = picture_.sets[change.set];
    const auto& zone = picture_.zones[set.zone];
    Step step = step_in(zone);
    if (set.delegation && zone.declared == nullptr) step.contact = contact_for(set.owner);
    step.owner = set.owner;
    step.type = set.type;
    step.before = std::move(change.before);
    step.after = std::move(change.after);
    step.wildcard = set.wildcard;
    phase.steps.push_back(std::move(step));
  }

  /// Who sees to it that the zone is delegated: nobody else is known where its parent is not ours.
  std::string contact_for(const Name& zone) const {
    const auto found = contacts_.find(zone);
    return found == contacts_.end() ? std::string() : found->second;
  }

  void add(Phase& phase, const NegativeChange& change) const {
    Step step = step_in(picture_.zones[change.zone]);
    step.owner = step.zone;
    step.type = RrType::SOA;
    step.before = change.before;
    step.after = change.after;
    if (step.managed_by != ManagedBy::zonefile) {
      // RFC 2136 §3.4.2.2: an SOA is taken only with a higher serial, which nobody knows when the plan is
      // made.
      step.by_hand =
          step.managed_by == ManagedBy::nsupdate
              ? "an update of the SOA needs the serial of that moment, with which rdnsgate rollout next "
                "prints it"
              : "a dynamic update of the SOA needs the serial of that moment";
    }
    phase.steps.push_back(std::move(step));
  }

  void add(Phase& phase, const Operation& operation) const {
    Manual forth, back;
    if (operation.paths.empty()) {
      write_switch(operation, forth, back);
      phase.manual.push_back(std::move(forth));
      phase.rollback_manual.push_back(std::move(back));
      return;
    }
    for (const auto path : operation.paths) forth.addresses.push_back(picture_.paths[path].ip);
    forth.sender = picture_.paths[operation.paths.front()].sender;
    back = forth;
    write_instruction(operation, forth, back);
    phase.manual.push_back(std::move(forth));
    phase.rollback_manual.push_back(std::move(back));
  }

  /// Relays, keys and name servers.
  void write_switch(const Operation& operation, Manual& forth, Manual& back) const {
    for (const auto service : operation.starts) forth.starts.push_back(services_[service].name);
    for (const auto service : operation.stops) forth.stops.push_back(services_[service].name);
    const auto concerned = operation.starts.empty() ? operation.stops.front() : operation.starts.front();
    forth.sender = back.sender = services_[concerned].domain.text();
    back.starts = forth.stops;
    back.stops = forth.starts;
    const auto names = [](const std::vector<std::string>& all) {
      return fmt::format("{}", fmt::join(all, ", "));
    };
    switch (operation.kind) {
      case Kind::start_relay:
        forth.action = HostAction::start_relay;
        back.action = HostAction::stop_relay;
        forth.text = "start sending mail through " + names(forth.starts);
        back.text = "stop sending mail through " + names(forth.starts);
        break;
      case Kind::stop_relay:
        forth.action = HostAction::stop_relay;
        back.action = HostAction::start_relay;
        forth.text = "stop sending mail through " + names(forth.stops);
        back.text = fmt::format("start sending mail through {} again", names(forth.stops));
        break;
      case Kind::start_serving:
        forth.action = HostAction::start_serving;
        back.action = HostAction::stop_serving;
        forth.text = fmt::format(
            "let {} serve {}, in the version that its other name servers have{}", names(forth.starts),
            forth.sender,
            picture_.delegations[operation.delegation].is_signed ? ", signed with the same keys" : "");
        back.text = fmt::format("{} need not serve {}", names(forth.starts), forth.sender);
        break;
      case Kind::stop_serving:
        forth.action = HostAction::stop_serving;
        back.action = HostAction::start_serving;
        forth.text = fmt::format("{} need not serve {} any more: nothing points there", names(forth.stops),
                                 forth.sender);
        back.text = fmt::format("let {} serve {} again", names(forth.stops), forth.sender);
        break;
      default: {
        const auto text = [&](const Manual& manual) {
          if (manual.starts.empty()) return "stop signing mail with the selector " + names(manual.stops);
          return fmt::format("sign mail with the selector {}{}", names(manual.starts),
                             manual.stops.empty() ? std::string() : " in place of " + names(manual.stops));
        };
        forth.action = back.action = HostAction::switch_dkim;
        forth.text = text(forth);
        back.text = text(back);
      }
    }
  }

  static void write_instruction(const Operation& operation, Manual& forth, Manual& back) {
    std::vector<std::string> texts;
    for (const auto& ip : forth.addresses) texts.push_back(ip.to_string());
    const auto addresses = fmt::format("{}", fmt::join(texts, ", "));
    forth.helo = operation.to;
    switch (operation.kind) {
      case Kind::switch_helo:
        forth.action = back.action = HostAction::switch_helo;
        forth.text = fmt::format("change the HELO name from {} to {} on {}", operation.from.text(),
                                 operation.to.text(), addresses);
        back.text = fmt::format("change the HELO name from {} back to {} on {}", operation.to.text(),
                                operation.from.text(), addresses);
        back.helo = operation.from;
        break;
      case Kind::start_egress:
        forth.action = HostAction::start_egress;
        back.action = HostAction::stop_egress;
        forth.text =
            fmt::format("start sending from {}{}", addresses,
                        operation.to.is_root() ? std::string() : " with HELO " + operation.to.text());
        back.text = fmt::format("stop sending from {}", addresses);
        break;
      default:
        forth.action = HostAction::stop_egress;
        back.action = HostAction::start_egress;
        forth.text = fmt::format("stop sending from {}", addresses);
        back.text = fmt::format("start sending from {} again", addresses);
        back.helo = operation.from;
    }
  }

  static void finish(Phase& phase) {
    std::sort(phase.steps.begin(), phase.steps.end(), [](const Step& a, const Step& b) {
      return std::tie(a.zone, a.owner, a.type) < std::tie(b.zone, b.owner, b.type);
    });
    phase.verify.reserve(phase.steps.size());
    phase.rollback.reserve(phase.steps.size());
    for (const auto& step : phase.steps) {
      phase.verify.push_back({step.zone, step.owner, step.type, step.after});
      Step back = step;
      std::swap(back.before, back.after);
      phase.rollback.push_back(std::move(back));
    }
  }

  static void sort_checks(std::vector<Check>& checks) {
    std::sort(checks.begin(), checks.end(), [](const Check& a, const Check& b) {
      return std::tie(a.zone, a.owner, a.type) < std::tie(b.zone, b.owner, b.type);
    });
  }

  const Picture& picture_;
  const Goals& goals_;
  const std::vector<Service>& services_;
  Schedule schedule_;
  Plan& plan_;
  seconds at_{}, late_{};
  std::map<std::string, unsigned> ids_;
  std::unordered_map<Name, std::string> contacts_;                     ///< by zone whose name servers move
  std::set<std::size_t> sending_;                                      ///< paths, at this point of the plan
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_path_;  ///< promises
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_set_;
};

}  // namespace

std::string_view to_string(HostAction action) {
  switch (action) {
    case HostAction::switch_helo:
      return "switch-helo";
    case HostAction::start_egress:
      return "start-egress";
    case HostAction::stop_egress:
      return "stop-egress";
    case HostAction::start_relay:
      return "start-relay";
    case HostAction::stop_relay:
      return "stop-relay";
    case HostAction::switch_dkim:
      return "switch-dkim";
    case HostAction::start_serving:
      return "start-serving";
    case HostAction::stop_serving:
      return "stop-serving";
  }
  return "change";
}

void write_phases(const Picture& picture, const Goals& goals, Schedule schedule, Plan& plan) {
  PhaseWriter(picture, goals, std::move(schedule), plan).run();
}

}  // namespace rdnsgate::plan
