// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plan/schedule/waves.h"

namespace rdnsgate::plan {
namespace {

/// What a schedule may be made with; which is best shows when it is there.
struct Tactics {
  std::uint32_t threshold = 0;  ///< TTLs up to this are lowered first; 0: none
  bool lower_negative = false;  ///< and the negative ones of zones with them
  /// What waits for days until all mail is judged begins when nothing else is possible: all of it at once.
  bool patient = false;
};

/// One attempt at a schedule.
class Attempt {
 public:
  Attempt(const Picture& picture, const Goals& goals, const Timing& timing, const Tactics& tactics)
      : picture_(picture), goals_(goals), timing_(timing), tactics_(tactics), crowd_(picture, goals) {
    for (const auto& set : picture_.sets) kept_.push_back({set.cached_ttl, set.origin});
    for (const auto& zone : picture_.zones) negative_.push_back({zone.negative_ttl, zone.origin});
    for (const auto& operation : goals_.operations) {
      // What is new in the place of something else comes with a low TTL.
      if (operation.kind == Kind::redelegate) shrinking_.insert(operation.alias);
      if (operation.kind == Kind::remove_ns) shrinking_.insert(operation.set);
      if (operation.kind != Kind::remove_old) continue;
      shrinking_.insert(operation.set);
      if (operation.service != none) judged_services_.insert(operation.service);
      judged_services_.insert(operation.waits_for.begin(), operation.waits_for.end());
    }
    for (std::size_t i = 0; i < goals_.spf_leaves.size(); ++i) {
      if (goals_.spf_leaves[i] != 0) spf_leavers_.insert(i);
    }
    found_negative_ = negative_;
    find_steady();
    if (tactics.threshold > 0) lower(tactics.threshold);
  }

  /// What it begins with changes something: without, it is no other than one that lowers nothing.
  bool lowers() const { return lowered_; }

  /// Given up, and not complete, once it takes as long as `most`.
  Schedule run(seconds most = seconds::max()) {
    std::vector<const Operation*> open;
    for (const auto& operation : goals_.operations) open.push_back(&operation);
    if (lowered_) repair_beside_lowering(open);
    while (!open.empty() && schedule_.total < most) {
      std::vector<const Operation*> chosen;
      take(open, chosen, tactics_.patient);
      if (chosen.empty()) take(open, chosen, false);
      if (chosen.empty()) {
        schedule_.blocked = crowd_.why_not(*open.front());
        return std::move(schedule_);
      }
      carry_out(chosen);
    }
    restore();
    return std::move(schedule_);
  }

  /// Everything at the same moment: for who has no time, and can bear that mail is refused for a while.
  Schedule run_at_once() {
    for (const auto& operation : goals_.operations) crowd_.force(operation);
    std::map<Kind, Group> groups;
    std::set<std::size_t> seen;
    for (const auto& operation : goals_.operations) {
      // An RRset that gains and loses does both in one change.
      if (operation.set != none && !seen.insert(operation.set).second) continue;
      auto& group = groups[operation.kind];
      take_in(group, operation, false);
      if (operation.set != none) schedule_.exposure = std::max(schedule_.exposure, group.wait.total);
    }
    schedule_.rounds.push_back(round_of(std::move(groups)));
    schedule_.total = schedule_.rounds.back().wait;
    crowd_.settle();
    restore();
    return std::move(schedule_);
  }

 private:
  /// Begins what is possible: out of `open` into `chosen`.
  void take(std::vector<const Operation*>& open, std::vector<const Operation*>& chosen, bool without_long) {
    std::vector<const Operation*> later;
    for (const auto* operation : open) {
      const bool begun = !(without_long && waits_long(*operation)) && crowd_.begin(*operation);
      (begun ? chosen : later).push_back(operation);
    }
    open = std::move(later);
  }

  /// What is broken is mended while the TTLs of what is right run out.
  void repair_beside_lowering(std::vector<const Operation*>& open) {
    std::vector<const Operation*> repairs, chosen;
    for (const auto* operation : open) {
      if (operation->repair) repairs.push_back(operation);
    }
    take(repairs, chosen, false);
    if (chosen.empty()) {
      schedule_.total += schedule_.lower_wait.total;
      return;
    }
    // Both are in the order of the goals.
    auto begun = chosen.begin();
    std::erase_if(open, [&](const Operation* one) {
      const bool is_begun = begun != chosen.end() && *begun == one;
      if (is_begun) ++begun;
      return is_begun;
    });
    repairing_ = true;
    carry_out(chosen);
    repairing_ = false;
    auto& round = schedule_.rounds.front();
    round.beside_lower = true;
    const auto longer = std::max(round.wait, schedule_.lower_wait.total);
    schedule_.total += longer - round.wait;
    round.wait = longer;
  }

  bool waits_long(const Operation& operation) const {
    return operation.kind == Kind::stop_egress ? frees_spf(operation) : is_judged(operation);
  }

  /// Mail is still judged by what it stops to use.
  bool is_judged(const Operation& operation) const {
    return std::any_of(operation.stops.begin(), operation.stops.end(),
                       [&](auto service) { return judged_services_.count(service) != 0; });
  }

  const ZoneState& zone_of(std::size_t set) const { return picture_.zones[picture_.sets[set].zone]; }

  /// The TTL that each RRset is to end with: the lowest that is declared for an address in it or, where none
  /// is, the one that it has. What nobody wrote down and nobody saw, as of a new record, is the default.
  void find_steady() {
    steady_.resize(picture_.sets.size());
    const auto take = [&](std::size_t set, const Sourced& ttl) {
      if (set == none || (!ttl.declared && is_observed(set))) return;
      auto& steady = steady_[set];
      const bool weightier = ttl.declared && !steady.declared;
      if (steady.origin.empty() || weightier || (ttl.declared == steady.declared && ttl.value < steady.value))
        steady = ttl;
    };
    for (const auto& path : picture_.paths) {
      if (path.now == nullptr || (!path.left_out.empty() && !path.adds)) continue;
      const auto declared = timing_.steady(*path.now);
      for (const auto set : {path.ptr_set, path.alias_set, path.block_set}) take(set, declared);
      inventory::for_each_name(*path.now, [&](const Name& name) {
        if (!name.is_root()) take(picture_.find(name, forward_type(path.ip)), declared);
      });
    }
    for (std::size_t i = 0; i < steady_.size(); ++i) {
      if (picture_.sets[i].zone == none) continue;
      if (steady_[i].origin.empty())
        steady_[i] = {picture_.sets[i].live ? picture_.sets[i].live->ttl : 0, picture_.sets[i].origin};
      steady_[i] = timing_.clamped(zone_of(i), steady_[i]);
    }
  }

  /// A cache only shows what is left of a TTL.
  bool is_observed(std::size_t set) const {
    const auto& state = picture_.sets[set];
    return state.live.has_value() && !state.counts_down && !state.made_up;
  }

  void lower(std::uint32_t threshold) {
    std::set<std::size_t> sets, zones;
    for (const auto& operation : goals_.operations) {
      // Of what a wildcard makes nothing can be lowered at one name.
      if (operation.set == none || operation.repair || picture_.sets[operation.set].made_up) continue;
      if (picture_.sets[operation.set].live) {
        sets.insert(operation.set);
      } else {
        zones.insert(picture_.sets[operation.set].zone);
      }
    }
    for (const auto set : sets) lower_set(set, threshold);
    for (const auto zone : zones) lower_zone(zone, threshold);
    lowered_ = !schedule_.lower.empty() || !schedule_.lower_negative.empty();
  }

  void lower_set(std::size_t index, std::uint32_t threshold) {
    const auto& set = picture_.sets[index];
    const auto low = timing_.low(zone_of(index));
    if (kept_[index].value <= low.value || kept_[index].value > threshold || keeps_ttl(index)) return;
    schedule_.lower.push_back({index, set.live, Version{low.value, set.live->rdata}});
    lengthen(schedule_.lower_wait, zone_of(index), "old-ttl", kept_[index]);
    crowd_.set_value(index, schedule_.lower.back().after);
    kept_[index] = low;
  }

  /// Of what it delegates, a zone of somebody else's (a registry, as a rule) sets the TTL itself.
  bool keeps_ttl(std::size_t index) const {
    return picture_.sets[index].delegation && zone_of(index).declared == nullptr;
  }

  void lower_zone(std::size_t index, std::uint32_t threshold) {
    const auto& zone = picture_.zones[index];
    const auto low = timing_.low(zone);
    if (!may_lower(zone) || zone.negative_ttl <= low.value || zone.negative_ttl > threshold) return;
    schedule_.lower_negative.push_back({index, *zone.soa, with_minimum(*zone.soa, low.value)});
    lengthen(schedule_.lower_wait, timing_.after_change(zone, "negative-ttl", negative_[index]));
    negative_[index] = low;
  }

  /// Only a zone whose text is in our hands: providers and the tools that talk to them seldom let go of the
  /// SOA.
  bool may_lower(const ZoneState& zone) const {
    if (!tactics_.lower_negative || zone.declared == nullptr || !zone.soa) return false;
    return zone.declared->managed_by == ManagedBy::zonefile ||
           zone.declared->managed_by == ManagedBy::nsupdate;
  }

  /// The serial rises by one, as every edit of a zone makes it (RFC 1982 arithmetic).
  static Version with_minimum(const Version& before, std::uint32_t minimum) {
    auto rdata = before.rdata.front();
    const auto soa = dns::soa_in(rdata).value();
    const auto put = [&](std::size_t from_end, std::uint32_t value) {
      for (std::size_t i = 0; i < 4; ++i)
        rdata[rdata.size() - from_end + i] = static_cast<char>((value >> (24 - 8 * i)) & 0xFFu);
    };
    put(20, soa.serial + 1);
    put(4, minimum);
    return {before.ttl, {rdata}};
  }

  static void lengthen(Wait& wait, Wait other) {
    auto late = wait.late && (!other.late || wait.late->value >= other.late->value) ? wait.late : other.late;
    if (wait.terms.empty() || other.total > wait.total) wait = std::move(other);
    wait.late = std::move(late);
  }

  void lengthen(Wait& wait, const ZoneState& zone, const char* name, const Sourced& kept) const {
    if (timing_.lengthens(wait, zone, kept)) lengthen(wait, timing_.after_change(zone, name, kept));
  }

  void carry_out(const std::vector<const Operation*>& chosen) {
    const auto cut = cut_into_waves(chosen, picture_, crowd_, timing_.rollout());
    seconds at{}, judged_until{};
    for (const auto& wave : cut.waves) {
      const bool last = &wave == &cut.waves.back();
      Round round = make_round(wave, cut.counts, last);
      if (last && judged_until > at + round.wait) {
        auto& stop = group_of(round, Kind::stop_egress);
        round.wait = judged_until - at;
        stop.wait = timing_.after_stop(round.wait);
      }
      if (std::any_of(wave.operations.begin(), wave.operations.end(), [&](const Operation* one) {
            return one->kind == Kind::stop_egress && frees_spf(*one);
          }))
        judged_until = at + timing_.rollout().queue;
      at += round.wait;
      round.next_wave = &wave != &cut.waves.front();
      schedule_.rounds.push_back(std::move(round));
    }
    schedule_.total += at;
    crowd_.settle();
  }

  /// Of hosts that stop only the last wave waits until all mail is judged: nothing is taken away before.
  Round make_round(const Wave& wave, const std::map<Kind, unsigned>& counts, bool last) {
    std::map<Kind, Group> groups;
    std::set<std::pair<Kind, std::size_t>> seen;
    for (const auto* operation : wave.operations) {
      if (operation->set == none || seen.emplace(operation->kind, operation->set).second)
        take_in(groups[operation->kind], *operation,
                last && operation->kind == Kind::stop_egress && frees_spf(*operation));
    }
    for (auto& [kind, group] : groups) {
      const auto number = wave.numbers.find(kind);
      if (number == wave.numbers.end()) continue;
      group.wave = number->second;
      group.waves = counts.at(kind);
      if (group.wave < group.waves && !group.changes.empty())
        group.wait = timing_.with_soak(std::move(group.wait));
    }
    return round_of(std::move(groups));
  }

  void take_in(Group& group, const Operation& operation, bool mail_is_judged_later) {
    group.kind = operation.kind;
    if (operation.set != none) {
      group.changes.push_back(change(operation.set, group.wait));
      // The alias comes where the PTR goes: whoever asks for one finds the other, and nobody asked for an
      // alias before.
      Wait nobody_waits;
      if (operation.alias != none && operation.alias != operation.set)
        group.changes.push_back(change(operation.alias, nobody_waits));
      return;
    }
    group.hosts.push_back(&operation);
    // That they serve the zone is seen, and nobody is led to those that end it.
    if (operation.delegation != none) return;
    const bool stops = operation.kind == Kind::stop_egress || !operation.stops.empty();
    lengthen(group.wait, stops ? timing_.after_stop(mail_is_judged_later || is_judged(operation))
                               : timing_.after_switch());
  }

  static Round round_of(std::map<Kind, Group> groups) {
    Round round;
    for (auto& [kind, group] : groups) {
      round.wait = std::max(round.wait, group.wait.total);
      if (group.wait.late) round.late = std::max(round.late, group.wait.late->value);
      round.groups.push_back(std::move(group));
    }
    // Phases that begin at the same moment don't wait for each other, and rounds do, however short.
    round.wait = std::max(round.wait, seconds(1));
    return round;
  }

  static Group& group_of(Round& round, Kind kind) {
    return *std::find_if(round.groups.begin(), round.groups.end(),
                         [&](const Group& group) { return group.kind == kind; });
  }

  /// The RRset's change in this round; its wait goes into `wait`.
  Change change(std::size_t set, Wait& wait) {
    const auto& before = crowd_.value(set);
    auto after = crowd_.pending(set);
    if (before) {
      lengthen(wait, zone_of(set), "old-ttl", kept_[set]);
    } else {
      const auto& negative = repairing_ ? found_negative_ : negative_;
      lengthen(wait, zone_of(set), "negative-ttl", negative[picture_.sets[set].zone]);
    }
    const bool is_own = !picture_.sets[set].made_up || touched_.contains(set);
    Change change{set, is_own ? before : std::nullopt, std::nullopt};
    if (after) {
      const auto ttl = published_ttl(set, before, *after);
      after->ttl = ttl.value;
      kept_[set] = ttl;
      crowd_.set_pending(set, after);
    }
    change.after = after;
    touched_.insert(set);
    return change;
  }

  /// Where TTLs are low anyway, where one value replaces another, and where the RRset will change again, the
  /// new one comes with a low TTL. A simple addition gets the steady TTL at once.
  Sourced published_ttl(std::size_t set, const MaybeVersion& before, const Version& after) const {
    const bool adds = !before || std::includes(after.rdata.begin(), after.rdata.end(), before->rdata.begin(),
                                               before->rdata.end());
    if (keeps_ttl(set) || ((!lowered_ || repairing_) && adds && shrinking_.count(set) == 0))
      return steady_[set];
    auto low = timing_.low(zone_of(set));
    if (before && before->ttl <= low.value) low = {before->ttl, kept_[set].origin};
    return low.value < steady_[set].value ? low : steady_[set];
  }

  bool frees_spf(const Operation& stop) const { return spf_leavers_.count(stop.paths.front()) != 0; }

  void restore() {
    for (const auto& change : schedule_.lower) touched_.insert(change.set);
    for (std::size_t i = 0; i < steady_.size(); ++i) {
      if (is_to_have(i) && !picture_.sets[i].made_up) touched_.insert(i);
    }
    for (const auto set : touched_) {
      const auto& value = crowd_.value(set);
      if (value && value->ttl != steady_[set].value) {
        schedule_.restore.push_back({set, value, Version{steady_[set].value, value->rdata}});
      }
    }
    for (const auto& change : schedule_.lower_negative) {
      const auto minimum = dns::soa_in(change.before.rdata.front()).value().minimum;
      schedule_.restore_negative.push_back({change.zone, change.after, with_minimum(change.after, minimum)});
    }
  }

  /// A TTL that somebody declared is set even where nothing else changes: in zones of the inventory, and
  /// where the one that it has is known.
  bool is_to_have(std::size_t index) const {
    const auto& set = picture_.sets[index];
    return steady_[index].declared && set.zone != none && zone_of(index).declared != nullptr &&
           zone_of(index).problem.empty() && !set.counts_down;
  }

  const Picture& picture_;
  const Goals& goals_;
  const Timing& timing_;
  const Tactics tactics_;
  Crowd crowd_;
  Schedule schedule_;
  bool lowered_ = false;
  std::vector<Sourced> kept_;            ///< by RRset: how long caches keep its present version
  std::vector<Sourced> negative_;        ///< by zone
  std::vector<Sourced> found_negative_;  ///< before any of it was lowered
  bool repairing_ = false;
  std::vector<Sourced> steady_;  ///< by RRset
  std::set<std::size_t> touched_;
  std::set<std::size_t> shrinking_;        ///< RRsets that will give something up
  std::set<std::size_t> spf_leavers_;      ///< paths whose address leaves an SPF record
  std::set<std::size_t> judged_services_;  ///< what mail is still judged by after their last use
};

/// The TTLs up to which lowering first may pay: every one that is about or, where they are many, a selection.
std::vector<std::uint32_t> thresholds(const Picture& picture, const Goals& goals) {
  std::set<std::uint32_t> all;
  for (const auto& operation : goals.operations) {
    if (operation.set == none || operation.repair || picture.sets[operation.set].made_up) continue;
    const auto& set = picture.sets[operation.set];
    all.insert(set.live ? set.cached_ttl : picture.zones[set.zone].negative_ttl);
  }
  all.erase(0);
  constexpr std::size_t most = 16;
  std::vector<std::uint32_t> chosen;
  std::size_t at = 0;
  const std::size_t stride = all.size() / most + 1;
  for (const auto ttl : all) {
    if (++at % stride == 0 || at == all.size()) chosen.push_back(ttl);
  }
  return chosen;
}

}  // namespace

Schedule make_schedule(const Picture& picture, const Goals& goals, const Timing& timing,
                       const PlanOptions& options) {
  if (options.at_once && !goals.operations.empty()) return Attempt(picture, goals, timing, {}).run_at_once();
  auto best = Attempt(picture, goals, timing, {}).run();
  if (!best.blocked.empty()) return best;
  const auto consider = [&](const Tactics& tactics) {
    Attempt attempt(picture, goals, timing, tactics);
    if (tactics.threshold > 0 && !attempt.lowers()) return;
    auto schedule = attempt.run(best.total);
    if (schedule.blocked.empty() && schedule.total < best.total) best = std::move(schedule);
  };
  const bool may_be_patient = !goals.services.empty();
  if (may_be_patient) consider({0, false, true});
  // Nothing is touched that does not make the whole shorter, an SOA least of all.
  for (const auto threshold : thresholds(picture, goals)) {
    for (const bool lower_negative : {false, true}) {
      if (lower_negative && !options.lower_negative_ttl) continue;
      consider({threshold, lower_negative, false});
      if (may_be_patient) consider({threshold, lower_negative, true});
    }
  }
  return best;
}

}  // namespace rdnsgate::plan
