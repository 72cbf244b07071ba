// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/find_standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "plan/rollout/rollout_tracks.h"
#include "plan/rollout/sightings.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

bool is_about_serving(const Phase& phase) {
  return !phase.manual.empty() &&
         std::all_of(phase.manual.begin(), phase.manual.end(),
                     [](const Manual& one) { return zone_to_serve(one).has_value(); });
}

class StandingFinder {
 public:
  StandingFinder(const Plan& plan, Time now, RolloutState& state) : plan_(plan), now_(now), state_(state) {}

  Standing run(const Seen& seen) {
    take_rounds();
    take_tracks();
    find_serving(seen);
    std::set<Name> aliases;
    for (const auto& track : tracks_) {
      if (track.type == RrType::CNAME) aliases.insert(track.owner);
    }
    for (auto& track : tracks_)
      track.seen = sightings(seen, track.zone, {track.owner, track.type, aliases.contains(track.owner)});
    judge();
    mind_windows();
    mind_clock();
    return std::move(standing_);
  }

 private:
  void take_rounds() {
    std::optional<seconds> start;
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      const auto& phase = plan_.phases[i];
      if (phase.steps.empty() && phase.manual.empty()) continue;
      if (start != phase.starts_after) rounds_.emplace_back();
      start = phase.starts_after;
      auto& round = rounds_.back();
      round.phases.push_back(i);
      round.in_dns = round.in_dns || !phase.steps.empty();
      round.wait = std::max(round.wait, phase.wait.total);
    }
  }

  void take_tracks() {
    std::map<std::tuple<Name, Name, RrType>, std::size_t> index;
    for (std::size_t round = 0; round < rounds_.size(); ++round) {
      for (const auto phase : rounds_[round].phases) {
        for (const auto& step : plan_.phases[phase].steps) {
          const auto [place, fresh] =
              index.emplace(std::tuple(step.zone, step.owner, step.type), tracks_.size());
          if (fresh)
            tracks_.push_back({step.zone, step.owner, step.type, {step.before}, {}, {}, {}, step.wildcard});
          auto& track = tracks_[place->second];
          track.versions.push_back(step.after);
          track.rounds.push_back(round);
          track.phases.push_back(phase);
        }
      }
    }
  }

  /// That name servers have taken a zone in needs nobody to say so.
  void find_serving(const Seen& seen) {
    for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
      const auto& phase = plan_.phases[i];
      if (!is_about_serving(phase)) continue;
      bool all = true;
      for (const auto& manual : phase.manual) {
        for (const auto& one : not_serving(manual, seen)) {
          all = false;
          if (one.known) not_serving_.insert(i);
        }
      }
      if (all) serving_.insert(i);
    }
  }

  /// Hosts have done what the phase asks of them, as somebody said or as it is seen. What is seen otherwise
  /// is not so, whoever said it.
  bool is_told(std::size_t phase) const {
    if (plan_.phases[phase].manual.empty() || serving_.contains(phase)) return true;
    return state_.done.contains(plan_.phases[phase].id) && !not_serving_.contains(phase);
  }

  void judge() {
    for (const auto& track : tracks_) {
      for (const auto& one : track.seen) {
        if (!one.known) {
          standing_.problems.push_back(
              fmt::format("{} {} at {}: {}", track.owner.text(), dns::to_string(track.type),
                          one.server.empty() ? "the name servers" : one.server, one.shows));
        }
      }
    }
    // The place that explains most of what is seen; of two that do it equally well, the later one.
    std::size_t best = 0, explained = 0;
    for (std::size_t count = 0; count <= rounds_.size(); ++count) {
      const std::size_t sightings = explained_by(count);
      if (sightings >= explained) {
        best = count;
        explained = sightings;
      }
    }
    collect_strange(best);
    if (!standing_.strange.empty()) {
      standing_.verdict = Verdict::left;
      add_known(best);
    } else if (!standing_.problems.empty()) {
      standing_.verdict = Verdict::unknown;
      add_known(best);
    } else if (is_at(best)) {
      rest(first_of(best));
    } else {
      move(best);
    }
  }

  /// Whether it is this clock that is slow or the other that was fast, nobody here can know.
  void mind_clock() {
    for (const auto* moments : {&state_.converged, &state_.done}) {
      for (const auto& [phase, moment] : *moments) {
        if (moment <= now_) continue;
        standing_.notes.push_back(
            fmt::format("the clock is behind: {} was recorded at {}, which is {} ahead; the later moment "
                        "counts (if that one is "
                        "wrong, take it out of the state)",
                        phase, format_time(moment), format_duration(moment - now_)));
      }
    }
  }

  /// A step that could be taken has to wait for a change window; what is half done too, which breaks nothing.
  void mind_windows() {
    if (standing_.verdict != Verdict::ready && standing_.verdict != Verdict::wait) return;
    const bool ready = standing_.verdict == Verdict::ready;
    const Time due = ready ? now_ : standing_.until;
    const Time opening = next_opening(plan_.windows, due);
    // Whether slow servers have caught up is looked at whenever it may be.
    if (opening == due || standing_.next.empty() || !standing_.lagging.empty()) return;
    standing_.verdict = Verdict::wait;
    standing_.until = opening;
    standing_.why = ready ? "the change window" : standing_.why + ", and then for the change window";
  }

  /// Rounds of hosts leave no trace in the DNS: the earliest count that shows the same.
  std::size_t first_of(std::size_t count) const {
    while (count > 0 && !rounds_[count - 1].in_dns) --count;
    return count;
  }

  /// Sightings that `count` rounds done explain, with the next one in the middle of being done; ones with
  /// nothing under way count double, so that a place of rest is preferred.
  std::size_t explained_by(std::size_t count) const {
    std::size_t sum = 0;
    for (const auto& track : tracks_) {
      for (const auto& one : track.seen) {
        if (!one.known) continue;
        if (track.explains(one, count, rounds_.size())) sum += 2;
      }
    }
    return sum + (is_at(count) ? 1 : 0);
  }

  bool is_at(std::size_t count) const {
    return std::all_of(tracks_.begin(), tracks_.end(), [&](const RolloutTrack& track) {
      return std::all_of(track.seen.begin(), track.seen.end(),
                         [&](const Sighting& one) { return !one.known || track.shows(one, count); });
    });
  }

  void collect_strange(std::size_t count) {
    for (const auto& track : tracks_) {
      for (const auto& one : track.seen) {
        if (!one.known || track.explains(one, count, rounds_.size())) continue;
        auto expected = data_of(track.type, track.after(count));
        if (count < rounds_.size() && track.after(count) != track.after(count + 1))
          expected += " or " + data_of(track.type, track.after(count + 1));
        standing_.strange.push_back(straggler(track, one, std::move(expected)));
      }
    }
  }

  static Straggler straggler(const RolloutTrack& track, const Sighting& one, std::string why) {
    return {track.zone, track.owner, track.type, one.server, one.shows, std::move(why)};
  }

  /// So many rounds are seen at every server. What hosts do leaves no trace there, whatever came after it.
  void add_done(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      for (const auto phase : rounds_[i].phases)
        (is_told(phase) ? standing_.done : standing_.unknown).push_back(phase);
    }
  }

  void add_known(std::size_t best) {
    sort_phases(
        plan_, rounds_, tracks_, best, [&](std::size_t phase) { return is_told(phase); }, standing_);
  }

  /// A round is under way: some servers show it, or some of its changes.
  void move(std::size_t count) {
    add_done(count);
    standing_.current = standing_.next = rounds_[count].phases;
    for (const auto& track : tracks_) {
      if (track.after(count) == track.after(count + 1)) continue;
      const auto shows_new = [&](const Sighting& one) { return track.shows(one, count + 1); };
      const bool begun = std::any_of(track.seen.begin(), track.seen.end(), shows_new);
      for (const auto& one : track.seen) {
        if (shows_new(one)) continue;
        (begun ? standing_.lagging : standing_.missing)
            .push_back(straggler(track, one, data_of(track.type, track.after(count + 1))));
      }
    }
    forget_from(count);
    if (!standing_.missing.empty()) {
      standing_.verdict = Verdict::ready;
      standing_.why = "the rest of what was begun";
      return;
    }
    standing_.verdict = Verdict::wait;
    standing_.until = now_ + propagation(rounds_[count]);
    standing_.why = "name servers that do not show the change yet";
  }

  /// How long the slowest server may take.
  seconds propagation(const RolloutRound& round) const {
    seconds longest{60};
    for (const auto phase : round.phases) {
      seconds one{};
      for (const auto& term : plan_.phases[phase].wait.terms) {
        if (term.name == "propagation" || term.name == "publish-delay") one += term.value;
      }
      longest = std::max(longest, one);
    }
    return longest;
  }

  /// Nothing is under way: so many rounds are done, and their waits may be over. Then come hosts, of which
  /// only the state knows, and then the next round.
  void rest(std::size_t count) {
    forget_from(count);
    const Time free_of_dns = count > 0 ? free_after(count - 1) : Time{};
    if (count > 0 && !all_told(rounds_[count - 1])) return ask_hosts(count - 1);
    Time free = free_of_dns;
    while (count < rounds_.size() && !rounds_[count].in_dns && all_told(rounds_[count])) {
      free = std::max(free, told_at(rounds_[count]) + rounds_[count].wait);
      ++count;
    }
    add_done(count);
    standing_.verdict = free > now_               ? Verdict::wait
                        : count == rounds_.size() ? Verdict::complete
                                                  : Verdict::ready;
    standing_.until = free;
    if (count < rounds_.size()) standing_.next = rounds_[count].phases;
    if (standing_.verdict != Verdict::wait) return;
    standing_.current = rounds_[count - 1].phases;
    standing_.why = rounds_[count - 1].in_dns ? "caches, which may still hold what was before"
                                              : "what hosts do now, which is watched";
  }

  /// The DNS of a round is done, and its hosts were not said to be.
  void ask_hosts(std::size_t round) {
    add_done(round);
    for (const auto phase : rounds_[round].phases) {
      (is_told(phase) ? standing_.done : standing_.next).push_back(phase);
    }
    standing_.verdict = Verdict::ready;
  }

  bool all_told(const RolloutRound& round) const {
    return std::all_of(round.phases.begin(), round.phases.end(),
                       [&](std::size_t phase) { return is_told(phase); });
  }

  Time told_at(const RolloutRound& round) const {
    Time last{};
    for (const auto phase : round.phases) {
      if (const auto told = state_.done.find(plan_.phases[phase].id); told != state_.done.end())
        last = std::max(last, told->second);
    }
    return last;
  }

  /// When the wait of a round that every server shows is over.
  Time free_after(std::size_t round) {
    Time seen{};
    for (const auto phase : rounds_[round].phases) {
      if (plan_.phases[phase].steps.empty()) continue;
      seen = std::max(seen, state_.converged.emplace(plan_.phases[phase].id, now_).first->second);
    }
    seen = std::max(seen, told_at(rounds_[round]));
    return seen + rounds_[round].wait;
  }

  /// What was taken back was not seen.
  void forget_from(std::size_t round) {
    for (std::size_t i = round; i < rounds_.size(); ++i) {
      for (const auto phase : rounds_[i].phases) state_.converged.erase(plan_.phases[phase].id);
    }
  }

  const Plan& plan_;
  Time now_;
  RolloutState& state_;
  Standing standing_;
  std::vector<RolloutRound> rounds_;
  std::vector<RolloutTrack> tracks_;
  std::set<std::size_t> serving_, not_serving_;  ///< phases that are about nothing else, as far as it is seen
};

}  // namespace

std::map<Name, std::vector<Name>> zones_to_ask(const Plan& plan) {
  std::map<Name, std::vector<Name>> zones;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      zones[step.zone];
      if (is_delegation(step.zone, step.owner, step.type)) zones[step.owner];
    }
    for (const auto& manual : phase.manual) {
      const auto zone = zone_to_serve(manual);
      if (!zone) continue;
      for (const auto& text : manual.starts) {
        if (auto server = Name::parse(text)) zones[*zone].push_back(std::move(*server));
      }
    }
  }
  return zones;
}

void read_rollout(const Plan& plan, dns::FactDesk& desk) {
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) desk.get(step.owner, question_for(step.zone, step.owner, step.type));
    read_zones(phase, desk);
  }
}

Standing find_standing(const Plan& plan, const dns::FactStore& facts, dns::VantageIndex vantage,
                       const dns::VantageInfo& info, Time now, RolloutState& state) {
  return StandingFinder(plan, now, state).run({facts, vantage, info});
}

std::vector<std::string> tell_done(const Plan& plan, const dns::FactStore& facts, dns::VantageIndex vantage,
                                   const dns::VantageInfo& info, Time now, std::vector<std::string> phases,
                                   RolloutState& state) {
  for (bool again = true; again;) {
    auto looked = state;  // to look is not to remember
    const auto standing = find_standing(plan, facts, vantage, info, now, looked);
    std::set<std::string> due;
    for (const auto* all : {&standing.next, &standing.done, &standing.unknown}) {
      for (const auto phase : *all) due.insert(plan.phases[phase].id);
    }
    again = std::erase_if(phases, [&](const std::string& phase) {
              if (!due.contains(phase)) return false;
              state.done.emplace(phase, now);
              state.early.erase(phase);
              return true;
            }) > 0;
  }
  for (const auto& phase : phases) state.early.insert_or_assign(phase, now);
  return phases;
}

}  // namespace rdnsgate::plan
