// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/detection.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "run/history/record_run.h"
#include "run/watch/degradation.h"
#include "run/watch/look.h"

namespace rdnsgate::run {
namespace {

using history::TransitionKind;

/// A world, as looks at it show it.
struct Shown {
  explicit Shown(const Sight& of) : sight(&of), seen(of.watched) {}
  const Sight* sight;
  std::vector<history::Seen> seen;
};

using Finding = report::Document::Finding;

bool is_as_it_was(const Finding& a, const Finding& b) {
  return a.severity == b.severity && a.status == b.status && a.certainty == b.certainty &&
         a.scope == b.scope && a.vantages == b.vantages && a.expected == b.expected &&
         a.observed == b.observed && a.blocks_verdict == b.blocks_verdict && a.message() == b.message();
}

/// The subjects of which the two reports say something else. Of all others a watch has told before anything happens, and
/// tells nothing more.
std::set<audit::Target> subjects_apart(const report::Document& before, const report::Document& during) {
  std::set<audit::Target> apart;
  std::unordered_map<std::string_view, const Finding*> known;
  for (const auto& one : before.findings) known.emplace(one.fingerprint, &one);
  for (const auto& one : during.findings) {
    const auto was = known.find(one.fingerprint);
    if (was == known.end() || !is_as_it_was(*was->second, one)) apart.insert(one.target);
    if (was != known.end()) known.erase(was);
  }
  for (const auto& [fingerprint, gone] : known) apart.insert(gone->target);
  return apart;
}

void add_seen(const report::Document& document, const std::set<audit::Target>& subjects, Shown& shown) {
  for (const auto& one : document.findings) {
    if (subjects.contains(one.target)) shown.seen.push_back(seen_finding(one));
  }
}

/// A watch without a network, and without a clock: worlds change when it is told.
class PlayedWatch {
 public:
  PlayedWatch(const Watchfulness& watch, const Shown& before) : watch_(watch), world_(&before) {}

  /// Looks at everything until nothing is doubtful any more; the clock stands at the last of these looks then.
  void settle() {
    for (std::size_t i = 0; i <= watch_.policy.window; ++i) look_at_all(now_ + watch_.schedule.every);
    told_.clear();
  }
  void change_to(const Shown& world) { world_ = &world; }
  void put_off_next(milliseconds by) { late_ = by; }
  milliseconds now() const { return now_; }
  std::vector<history::Transition> take_told() { return std::exchange(told_, {}); }

  /// One look at everything when it is due, and the looks at what is doubtful behind it, until `enough`.
  template <typename Enough>
  void turn(const Enough& enough) {
    const auto due = std::max(now_, last_whole_ + watch_.schedule.every) + std::exchange(late_, {});
    recheck_until(due, enough);
    if (enough()) return;
    look_at_all(due);
  }

 private:
  template <typename Enough>
  void recheck_until(milliseconds due, const Enough& enough) {
    for (auto pause = watch_.schedule.recheck; pause.count() > 0 && !doubtful_.empty(); pause *= 2) {
      if (enough() || now_ + pause >= due) return;
      look(now_ + pause, std::exchange(doubtful_, {}));
    }
  }
  void look_at_all(milliseconds at) {
    look(at, {});
    last_whole_ = at;
  }

  void look(milliseconds at, const std::set<audit::Target>& only) {
    now_ = at;
    auto run = world_->sight->run;
    run.finished_at += std::chrono::duration_cast<seconds>(at);
    run.whole = only.empty();
    run.judged.assign(only.begin(), only.end());
    auto seen = world_->seen;
    if (!run.whole) {
      run.latency.clear();
      std::erase_if(seen, [&](const auto& one) { return !only.contains(one.target); });
    }
    auto step = history::transitions(std::move(tracks_), run, seen, watch_.policy);
    tracks_ = std::move(step.tracks);
    std::copy_if(step.transitions.begin(), step.transitions.end(), std::back_inserter(told_),
                 [&](const auto& one) { return is_told(one); });
    note_doubtful(only);
  }

  bool is_told(const history::Transition& one) const {
    return one.finding.severity >= watch_.level || (one.before && one.before->severity >= watch_.level);
  }

  void note_doubtful(const std::set<audit::Target>& only) {
    doubtful_.clear();
    for (const auto& target : world_->sight->left_open) {
      if (only.empty() || only.contains(target)) doubtful_.insert(target);
    }
    for (const auto& track : tracks_) {
      if (track.is_doubtful() && track.finding.severity >= watch_.level && is_subject(track.finding.target))
        doubtful_.insert(track.finding.target);
    }
  }

  const Watchfulness& watch_;
  const Shown* world_;
  milliseconds now_{}, last_whole_{}, late_{};
  std::vector<history::Track> tracks_;
  std::set<audit::Target> doubtful_;
  std::vector<history::Transition> told_;
};

seconds in_seconds(milliseconds time) { return std::chrono::ceil<seconds>(time); }

/// Of one course of events.
struct Course {
  bool noticed = false;
  seconds after{}, recovery{};
  std::vector<std::string> rules;
};

void note(Course& course, const std::vector<history::Transition>& told, seconds after,
          std::map<std::string, seconds>* told_after) {
  for (const auto& one : told) {
    if (one.kind == TransitionKind::recovered) continue;
    if (told_after != nullptr) told_after->try_emplace(one.finding.fingerprint, after);
    if (course.noticed && course.after != after) continue;
    course.noticed = true;
    course.after = after;
    if (std::find(course.rules.begin(), course.rules.end(), one.finding.rule) == course.rules.end())
      course.rules.push_back(one.finding.rule);
  }
}

/// It begins right behind a look, or, where that is not `late`, right before one.
Course play_course(const Watchfulness& watch, const Shown& before, const Shown& during, bool late,
                   std::map<std::string, seconds>* told_after) {
  const auto jitter = watch.schedule.every * watch.schedule.jitter_percent / 100;
  PlayedWatch played(watch, before);
  played.settle();
  const auto began = late ? played.now() : played.now() + watch.schedule.every;
  if (late) played.put_off_next(jitter);
  played.change_to(during);
  Course course;
  const auto listen = [&] {
    note(course, played.take_told(), in_seconds(played.now() - began), told_after);
    return false;  // what is told later counts for its own time
  };
  for (std::size_t turns = 0; turns <= watch.policy.window + 1; ++turns) {
    played.turn(listen);
    listen();
  }
  if (!course.noticed) return course;
  const auto ended = played.now();
  bool is_over = false;
  const auto recovered = [&] {
    const auto told = played.take_told();
    is_over = is_over || std::any_of(told.begin(), told.end(), [](const auto& one) {
                return one.kind == TransitionKind::recovered || one.kind == TransitionKind::changed;
              });
    if (is_over && course.recovery.count() == 0) course.recovery = in_seconds(played.now() - ended);
    return is_over;
  };
  played.change_to(before);
  played.put_off_next(jitter);
  for (std::size_t turns = 0; !is_over && turns <= watch.policy.window + 1; ++turns) {
    played.turn(recovered);
    recovered();
  }
  return course;
}

}  // namespace

Sight sight_of(const AuditRun& ran, const inventory::Inventory& inventory) {
  Sight sight{history_run(ran, {}), {}, run::left_open(ran.document)};
  sight.watched = degradations(sight.run.latency, inventory,
                               [](const std::string&) { return std::optional<Severity>(); });
  return sight;
}

report::DrillDetection detect(const Watchfulness& watch, const report::Document& before,
                              const report::Document& during, const Sight& sight_before,
                              const Sight& sight_during, std::map<std::string, seconds>& told) {
  const auto subjects = subjects_apart(before, during);
  Shown first(sight_before), then(sight_during);
  add_seen(before, subjects, first);
  add_seen(during, subjects, then);
  const auto worst = play_course(watch, first, then, true, &told);
  if (!worst.noticed) return {};
  const auto best = play_course(watch, first, then, false, nullptr);
  return {true, best.after, worst.after, worst.recovery, worst.rules};
}

}  // namespace rdnsgate::run
