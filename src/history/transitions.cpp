// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "history/history.h"

namespace rdnsgate::history {
namespace {

using audit::Certainty;

class Stepper {
 public:
  Stepper(std::vector<Track>&& tracks, const Run& run, const std::vector<Seen>& seen, const Policy& policy)
      : run_(run), policy_(policy), judged_(run.judged.begin(), run.judged.end()) {
    for (auto& track : tracks) {
      auto fingerprint = track.finding.fingerprint;
      tracks_.emplace(std::move(fingerprint), std::move(track));
    }
    for (const auto& one : seen) {
      if (one.certainty == Certainty::inconclusive) unclear_[one.target].push_back(&one);
    }
    for (const auto& one : run.latency) {
      if (!one.zone.empty()) continue;
      asked_.insert(one.vantage);
      if (one.questions <= one.timeouts + one.failures) silent_.insert(one.vantage);
    }
  }

  Step step(const std::vector<Seen>& seen) {
    std::set<std::string_view> there;
    for (const auto& one : seen) {
      if (one.certainty != Certainty::inconclusive && there.insert(one.fingerprint).second) note_seen(one);
    }
    for (auto at = tracks_.begin(); at != tracks_.end();) {
      const bool keeps = there.contains(at->first) || note_absent(at->second);
      at = keeps ? std::next(at) : tracks_.erase(at);
    }
    for (auto& [fingerprint, track] : tracks_) step_.tracks.push_back(std::move(track));
    return std::move(step_);
  }

 private:
  void note_seen(const Seen& one) {
    const auto [at, is_new] = tracks_.try_emplace(one.fingerprint);
    auto& track = at->second;
    if (is_new) {
      track.inventory_path = run_.inventory_path;
      track.origin = run_.origin;
    }
    track.last_seen = run_.finished_at;
    track.steady = true;
    look(track, true);
    if (track.open) {
      note_change(track, one);
      if (count(track, false) == 0) track.looks.clear();
      return;
    }
    track.finding = one;
    track.finding.settled = false;
    if (count(track, true) < policy_.confirmations) {
      track.opened_at = first(track, true);
      return;
    }
    track.open = true;
    track.opened_at = first(track, true);
    track.looks.clear();
    tell(TransitionKind::opened, track, track.opened_at, std::nullopt);
  }

  /// What the inventory says of it (its waiver, its weight) is so at once; what was observed is confirmed first.
  void note_change(Track& track, const Seen& one) {
    const auto& told = track.finding;
    const bool is_same = one.observed == told.observed && one.certainty == told.certainty;
    const bool is_ruled = one.status != told.status || one.severity != told.severity;
    auto since = run_.finished_at;
    if (is_same) {
      track.pending.reset();
    } else {
      auto& pending = track.pending;
      if (!pending || pending->observed != one.observed || pending->certainty != one.certainty)
        pending = Track::Pending{one.observed, one.certainty, run_.finished_at, 0};
      since = std::min(pending->since, since);
      if (++pending->looks >= policy_.confirmations) return change(track, one, since);
    }
    if (is_ruled) {
      auto now = told;
      now.status = one.status;
      now.severity = one.severity;
      return change(track, now, run_.finished_at, false);
    }
    if (is_same) keep_quietly(track, one);
  }

  void change(Track& track, const Seen& to, Time since, bool settles = true) {
    const auto before = before_of(track);
    track.finding = to;
    track.finding.settled = false;
    if (settles) track.pending.reset();
    tell(TransitionKind::changed, track, since, before);
  }

  /// Where it is declared and who saw it may move, which is nothing to tell.
  static void keep_quietly(Track& track, const Seen& one) {
    track.finding = one;
    track.finding.settled = false;
  }

  /// False where nothing is left to know of it.
  bool note_absent(Track& track) {
    const auto& target = track.finding.target;
    if (!run_.whole && !judged_.contains(target)) return true;
    track.steady = false;
    if (is_unclear(track)) return true;
    look(track, false);
    if (!track.open) return count(track, true) > 0;
    if (count(track, false) < policy_.confirmations) return true;
    tell(TransitionKind::recovered, track, first(track, false), before_of(track));
    return false;
  }

  bool is_unclear(const Track& track) const {
    const auto& saw = track.finding.vantages;
    if (saw.empty()) return false;  // nobody is asked about it
    if (is_out_of_sight(saw)) return true;
    const auto found = unclear_.find(track.finding.target);
    if (found == unclear_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Seen* one) {
      const auto failed = [&](const std::string& vantage) {
        return std::find(one->vantages.begin(), one->vantages.end(), vantage) != one->vantages.end();
      };
      return !one->settled || std::all_of(saw.begin(), saw.end(), failed);
    });
  }

  /// None of those that saw it got any answer: of a vantage that is silent this is said once, and not of each subject. Those
  /// that are not asked any more are replaced by those that are.
  bool is_out_of_sight(const std::vector<std::string>& saw) const {
    const auto is_silent = [&](const std::string& vantage) { return silent_.contains(vantage); };
    const auto is_asked = [&](const std::string& vantage) { return asked_.contains(vantage); };
    if (asked_.empty()) return false;
    if (std::none_of(saw.begin(), saw.end(), is_asked))
      return std::all_of(asked_.begin(), asked_.end(), is_silent);
    return std::all_of(saw.begin(), saw.end(),
                       [&](const std::string& vantage) { return !is_asked(vantage) || is_silent(vantage); });
  }

  void look(Track& track, bool seen) const {
    track.looks.push_back({run_.finished_at, seen});
    if (track.looks.size() > policy_.window)
      track.looks.erase(track.looks.begin(), track.looks.end() - static_cast<std::ptrdiff_t>(policy_.window));
  }

  static std::size_t count(const Track& track, bool seen) {
    return static_cast<std::size_t>(std::count_if(track.looks.begin(), track.looks.end(),
                                                  [&](const auto& one) { return one.seen == seen; }));
  }

  /// A clock that was set back makes no transition begin after it was there.
  Time first(const Track& track, bool seen) const {
    const auto found = std::find_if(track.looks.begin(), track.looks.end(),
                                    [&](const auto& one) { return one.seen == seen; });
    return found == track.looks.end() ? run_.finished_at : std::min(found->at, run_.finished_at);
  }

  static Before before_of(const Track& track) {
    const auto& told = track.finding;
    return {told.severity, told.status, told.certainty, told.observed, track.opened_at};
  }

  void tell(TransitionKind kind, const Track& track, Time since, std::optional<Before> before) {
    Transition transition{kind, track.finding, run_.finished_at, since, run_.id, std::move(before)};
    transition.inventory_path = track.inventory_path;
    transition.origin = track.origin;
    step_.transitions.push_back(std::move(transition));
  }

  const Run& run_;
  const Policy& policy_;
  std::set<audit::Target> judged_;
  std::set<std::string> asked_, silent_;  // vantages
  std::map<std::string, Track> tracks_;
  std::map<audit::Target, std::vector<const Seen*>> unclear_;
  Step step_;
};

}  // namespace

Step transitions(std::vector<Track> tracks, const Run& run, const std::vector<Seen>& seen,
                 const Policy& policy) {
  return Stepper(std::move(tracks), run, seen, policy).step(seen);
}

}  // namespace rdnsgate::history
