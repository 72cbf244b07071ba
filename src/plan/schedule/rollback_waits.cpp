// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/rollback_waits.h"

#include <algorithm>
#include <map>

namespace rdnsgate::plan {
namespace {

constexpr const char* as_planned = "as the plan sets it";

/// Reverse names: what names are confirmed for.
bool is_reverse(Kind kind) {
  return kind == Kind::add_ptr || kind == Kind::swap_ptr || kind == Kind::redelegate;
}

void lengthen(Wait& wait, Wait other) {
  if (other.total <= wait.total) return;
  wait = std::move(other);
  // Nobody goes on before every name server was seen to show what it showed before.
  wait.late.reset();
}

class Waits {
 public:
  Waits(const Picture& picture, const Goals& goals, const Timing& timing, Schedule& schedule)
      : picture_(picture), goals_(goals), timing_(timing), schedule_(schedule) {
    last_change_.resize(picture.sets.size(), none);
    for (const auto& one : schedule.lower_negative)
      lowered_[one.zone] = std::min(one.after.ttl, dns::soa_in(one.after.rdata.front()).value().minimum);
    for (const auto& one : goals.operations) {
      if (one.kind == Kind::add_forward && one.service != none)
        listed_in_[one.service] = goals.services[one.service].set;
    }
    for (std::size_t i = 0; i < goals.spf.size(); ++i) {
      if (goals.spf[i].is_new) new_promises_[goals.spf[i].path].push_back(i);
    }
  }

  void run() {
    auto& rounds = schedule_.rounds;
    for (std::size_t first = 0; first < rounds.size();) {
      std::size_t end = first + 1;
      while (end < rounds.size() && rounds[end].next_wave) ++end;
      std::vector<Group*> groups;
      for (std::size_t i = first; i < end; ++i) {
        for (auto& group : rounds[i].groups) groups.push_back(&group);
      }
      add(groups, first > 0, rounds[first].beside_lower);
      first = end;
    }
    if (!rounds.empty()) add_restore();
  }

 private:
  /// A round with all its waves. `follows`: there is another one before it.
  void add(const std::vector<Group*>& groups, bool follows, bool beside_lower) {
    auto& first = *groups.front();
    for (const auto* group : groups) {
      const auto needed = needed_for(*group, beside_lower);
      if (follows) lengthen(first.rollback_wait, needed);
      if (first.kind == Kind::add_forward && is_reverse(group->kind))
        lengthen(groups[1]->rollback_wait, needed);
    }
    for (const auto* group : groups) await_judgement(*group, first);
    const auto passed = total_.empty() ? seconds(0) : total_.back();
    total_.push_back(passed + first.rollback_wait.total);
    for (const auto* group : groups) {
      for (const auto& change : group->changes) last_change_[picture_.behind(change.set)] = total_.size() - 1;
    }
  }

  Wait needed_for(const Group& group, bool beside_lower) const {
    Wait wait;
    for (const auto& change : group.changes) await_caches(wait, change, beside_lower);
    for (const auto* operation : group.hosts) {
      // Whoever serves a zone is asked, and hosts are watched.
      if (operation->delegation == none) lengthen(wait, timing_.after_switch());
    }
    return wait;
  }

  /// What caches keep of that which the change left behind.
  void await_caches(Wait& wait, const Change& change, bool beside_lower) const {
    const auto& set = picture_.sets[change.set];
    const auto& zone = picture_.zones[set.zone];
    if (change.after) return await_caches(wait, zone, "old-ttl", {change.after->ttl, as_planned});
    const auto low = lowered_.find(set.zone);
    await_caches(wait, zone, "negative-ttl",
                 low == lowered_.end() || beside_lower ? Sourced{zone.negative_ttl, zone.origin}
                                                       : Sourced{low->second, as_planned});
    if (set.wildcard) {
      // Through a cache what is left of the wildcard's TTL is seen, as of the record's own.
      const auto kept = set.counts_down ? std::max(set.wildcard->ttl, set.cached_ttl) : set.wildcard->ttl;
      await_caches(wait, zone, "old-ttl", {kept, set.origin});
    }
  }

  void await_caches(Wait& wait, const ZoneState& zone, const char* name, const Sourced& kept) const {
    if (timing_.total_after_change(zone, kept) > wait.total)
      lengthen(wait, timing_.after_change(zone, name, kept));
  }

  /// Mail that was sent meanwhile is judged by SPF records for days: those who let it through stay until then.
  void await_judgement(const Group& group, Group& first) const {
    if (group.kind != Kind::start_egress && group.kind != Kind::start_relay) return;
    const auto queue = timing_.rollout().queue;
    std::size_t last = none;
    const auto heed = [&](std::size_t set) {
      const auto round = last_change_[picture_.behind(set)];
      if (round != none && (last == none || round > last)) last = round;
    };
    for (const auto* operation : group.hosts) {
      for (const auto set : operation->rests_on) heed(set);
      for (const auto service : operation->starts) {
        if (const auto found = listed_in_.find(service); found != listed_in_.end()) heed(found->second);
      }
      for (const auto path : operation->paths) {
        const auto found = new_promises_.find(path);
        if (found == new_promises_.end()) continue;
        for (const auto promise : found->second) {
          for (const auto set : goals_.spf[promise].sets) heed(set);
        }
      }
    }
    if (last == none) return;
    const auto passes = total_.back() - total_[last];
    if (queue > passes) lengthen(first.rollback_wait, timing_.until_judged(queue - passes));
  }

  void add_restore() {
    auto& wait = schedule_.restore_rollback_wait;
    for (const auto& change : schedule_.restore) await_caches(wait, change, false);
    for (const auto& change : schedule_.restore_negative) {
      const auto& zone = picture_.zones[change.zone];
      await_caches(wait, zone, "negative-ttl", {zone.negative_ttl, zone.origin});
    }
  }

  const Picture& picture_;
  const Goals& goals_;
  const Timing& timing_;
  Schedule& schedule_;
  std::map<std::size_t, std::uint32_t> lowered_;                  ///< by zone: its negative TTL meanwhile
  std::map<std::size_t, std::size_t> listed_in_;                  ///< by relay that comes: the SPF record
  std::map<std::size_t, std::vector<std::size_t>> new_promises_;  ///< by path
  std::vector<std::size_t> last_change_;                          ///< by RRset: the round
  std::vector<seconds> total_;  ///< by round: what is waited for from there to the first one
};

}  // namespace

void add_rollback_waits(const Picture& picture, const Goals& goals, const Timing& timing,
                        Schedule& schedule) {
  Waits(picture, goals, timing, schedule).run();
}

}  // namespace rdnsgate::plan
