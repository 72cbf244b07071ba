// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/watch_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "audit/change/find_touched.h"
#include "base/text/text.h"
#include "run/files/load.h"
#include "run/history/record_run.h"
#include "run/watch/degradation.h"
#include "run/watch/look.h"

namespace rdnsgate::run {
namespace {

using Wake = Timekeeper::Wake;

/// Told once for as long as it is so.
class Once {
 public:
  explicit Once(const WatchSink& sink) : sink_(sink) {}

  void is(std::string text) {
    if (text == said_) return;
    said_ = std::move(text);
    sink_.note(said_);
  }
  /// `then` is told where it was so.
  void is_not(const std::string& then) {
    if (!std::exchange(said_, {}).empty() && !then.empty()) sink_.note(then);
  }

 private:
  const WatchSink& sink_;
  std::string said_;
};

class Watcher {
 public:
  Watcher(const WatchRequest& request, Timekeeper& time, const WatchSink& sink)
      : request_(request),
        time_(time),
        sink_(sink),
        audit_(request.audit),
        tracks_(request.known),
        broken_(sink),
        failing_(sink),
        late_(sink),
        unkept_(sink) {
    audit_.clock = {[this] { return time_.wall(); }, true};
    audit_.stop = [this] { return time_.stops(); };
    audit_.belongings = true;
    audit_.interval = std::chrono::ceil<seconds>(request.schedule.every);
    for (const auto& hook : request.hooks)
      couriers_.push_back(std::make_unique<Courier>(hook, request.courier, sink.note));
  }

  Attempt<WatchFigures> run() {
    if (auto read = read_first(); !read) return tl::unexpected(std::move(read.error()));
    auto wake = request_.schedule.first_at_once ? Wake::due : time_.wait_until(due(request_.schedule, 0));
    for (std::uint64_t number = 0; wake != Wake::stop && !time_.stops();) {
      if (number > 0 || wake == Wake::again) read_again();
      auto looked = look({});
      if (!looked) return tl::unexpected(std::move(looked.error()));
      if (!*looked || figures_.looks + figures_.failed == request_.most_looks) break;
      const auto next = next_look(request_.schedule, number, time_.elapsed());
      note_late(next - number - 1);
      number = next;
      wake = recheck_until(due(request_.schedule, number));
    }
    couriers_.clear();  // waits for what they still have
    return std::move(figures_);
  }

 private:
  /// Of an inventory that was never read there is nothing to watch.
  Attempt<void> read_first() {
    const auto paths = find_inventory(audit_.files);
    if (!paths) return tl::unexpected<Failure>(paths.error());
    auto fresh = std::make_shared<KeptInventory>();
    auto loaded = load_inventory(fresh->sources, *paths);
    if (!loaded.inventory)
      return tl::unexpected(Failure(std::move(loaded.problems), std::move(fresh->sources)));
    sink_.listener->problems(loaded.problems, fresh->sources);
    fresh->inventory = std::move(*loaded.inventory);
    audit_.kept = std::move(fresh);
    std::erase_if(tracks_,
                  [this](const auto& one) { return one.inventory_path != audit_.kept->inventory.path; });
    return {};
  }

  /// What cannot be used leaves the one that was there before.
  void read_again() {
    const auto paths = find_inventory(audit_.files);
    if (!paths) return refuse_inventory(paths.error().message);
    auto fresh = std::make_shared<KeptInventory>();
    auto loaded = load_inventory(fresh->sources, *paths);
    if (!loaded.inventory) {
      const auto& problems = loaded.problems;
      if (problems.empty()) return refuse_inventory("it cannot be read");
      const auto& first = problems.front();
      const auto at = fresh->sources.locate(first.at);
      return refuse_inventory(
          fmt::format("{}:{}:{}: {}{}", fresh->sources.path(first.at.file), at.line, at.column, first.message,
                      problems.size() > 1 ? fmt::format(", and {} more", problems.size() - 1) : ""));
    }
    figures_.inventory_usable = true;
    broken_.is_not("the inventory can be used again");
    if (loaded.inventory->sha256 == audit_.kept->inventory.sha256) return;
    sink_.note("the inventory has changed");
    sink_.listener->problems(loaded.problems, fresh->sources);
    fresh->inventory = std::move(*loaded.inventory);
    audit_.kept = std::move(fresh);
  }

  void refuse_inventory(const std::string& why) {
    figures_.inventory_usable = false;
    broken_.is(fmt::format("the inventory cannot be used, and the one before stays in use: {}", why));
  }

  /// At all, or at these. False where the watch is to end.
  Attempt<bool> look(const std::set<audit::Target>& only) {
    const auto began = time_.elapsed();
    audit_.only = only.empty() ? std::nullopt : std::optional(only);
    auto ran = audit_run(audit_, *sink_.listener);
    if (time_.stops()) return false;
    const bool is_first = figures_.looks == 0 && figures_.failed == 0;
    if (!ran && is_first) return tl::unexpected(std::move(ran.error()));
    if (!ran || ran->document.unusable) {
      if (is_first) return give_up(why_unusable(ran), "", Failure::Kind::request);
      ++figures_.failed;
      figures_.is_failing = true;
      failing_.is(fmt::format("nothing could be looked at: {}", why_unusable(ran)));
      tell_figures();
      return true;
    }
    failing_.is_not("looks succeed again");
    figures_.is_failing = false;
    return take(*ran, only, began);
  }

  static std::string why_unusable(const Attempt<AuditRun>& ran) {
    if (!ran) return ran.error().error.message.empty() ? "a file cannot be used" : ran.error().error.message;
    const auto& findings = ran->document.findings;
    if (findings.empty()) return "a file cannot be used";
    const auto& first = findings.front();
    return fmt::format("{}:{}: {}", first.location.path, first.location.line, first.message());
  }

  bool take(const AuditRun& ran, const std::set<audit::Target>& only, milliseconds began) {
    const auto& document = ran.document;
    auto run = history_run(ran, request_.host);
    auto seen = seen_findings(document);
    // Of a look at a few, what is said of anything else is half the truth.
    if (!only.empty()) {
      run.whole = false;
      run.judged.assign(only.begin(), only.end());
      run.latency.clear();
      run.zones.clear();
      std::erase_if(seen, [&](const auto& one) { return !only.contains(one.target); });
    } else {
      add_degradations(run.latency, seen);
    }
    auto known = learn(run, seen);
    note_figures(document, run, began, known);
    doubtful_ = left_open(document);
    for (auto& target : known.doubtful) {
      if (is_subject(target)) doubtful_.insert(std::move(target));
    }
    figures_.doubtful = doubtful_.size();
    const bool goes_on = tell(std::move(run), std::move(known.transitions));
    tell_figures();
    return goes_on;
  }

  void add_degradations(const std::vector<history::Latency>& latency,
                        std::vector<history::Seen>& seen) const {
    auto worse = degradations(
        latency, audit_.kept->inventory, [this](const std::string& fingerprint) -> std::optional<Severity> {
          const auto found = std::find_if(tracks_.begin(), tracks_.end(), [&](const auto& track) {
            return track.finding.fingerprint == fingerprint;
          });
          return found != tracks_.end() && found->open ? std::optional(found->finding.severity)
                                                       : std::nullopt;
        });
    std::move(worse.begin(), worse.end(), std::back_inserter(seen));
  }

  /// What follows from it. It is found out here, whatever becomes of the history: a dead server stops nothing.
  history::Appended learn(const history::Run& run, const std::vector<history::Seen>& seen) {
    auto step = history::transitions(std::move(tracks_), run, seen, request_.policy);
    tracks_ = std::move(step.tracks);
    history::Appended known{std::move(step.transitions)};
    for (const auto& track : tracks_) {
      // What is too small to be told is not worth a look of its own.
      if (track.is_doubtful() && is_told(track.finding)) known.doubtful.push_back(track.finding.target);
    }
    note_open();
    keep(run, seen);
    return known;
  }

  void keep(const history::Run& run, const std::vector<history::Seen>& seen) {
    if (request_.recorder == nullptr) return;
    const auto kept = request_.recorder->record(run, seen);
    if (!kept)
      return unkept_.is(
          fmt::format("the history does not take what is seen: {}", kept.error().error.message));
    unkept_.is_not("the history is written again");
    for (const auto& note : kept->notes) sink_.note(note);
  }

  bool is_told(const history::Seen& finding) const { return finding.severity >= request_.level; }

  void note_open() {
    figures_.open.clear();
    for (const auto& track : tracks_) {
      if (track.open && track.finding.status == audit::Status::open)
        ++figures_.open[{track.finding.rule, track.finding.severity}];
    }
  }

  void note_figures(const report::Document& document, const history::Run& run, milliseconds began,
                    const history::Appended& known) {
    for (const auto& one : known.transitions) ++figures_.transitions[one.kind];
    figures_.last_look = run.finished_at;
    if (!run.whole) {
      ++figures_.rechecks;
      return;
    }
    ++figures_.looks;
    figures_.took = time_.elapsed() - began;
    figures_.last = run;
    figures_.vantages = document.vantages;
    if (run.verdict != audit::Verdict::inconclusive) figures_.last_conclusive = run.finished_at;
  }

  bool tell(history::Run&& run, std::vector<history::Transition>&& transitions) {
    std::erase_if(transitions, [&](const auto& one) {
      // One that became too small to be told is told that.
      const bool was_told = one.before && one.before->severity >= request_.level;
      return !is_told(one.finding) && !was_told;
    });
    if (transitions.empty()) return true;
    WatchEvent event{request_.host, std::move(run), std::move(transitions)};
    for (const auto& [what, count] : figures_.open) event.open += what.second >= request_.level ? count : 0;
    if (!couriers_.empty()) {
      const auto payload = event_json(event);
      for (const auto& courier : couriers_) courier->take(event.run.id, payload);
    }
    return !sink_.event || sink_.event(event);
  }

  void tell_figures() {
    figures_.hooks.clear();
    for (const auto& courier : couriers_) figures_.hooks.emplace_back(courier->name(), courier->figures());
    if (sink_.figures) sink_.figures(figures_);
  }

  void note_late(std::uint64_t left_out) {
    figures_.late += left_out;
    if (left_out == 0) return late_.is_not({});
    late_.is(fmt::format("a look takes longer than the time between two ({}): some are left out",
                         format_duration(std::chrono::duration_cast<seconds>(request_.schedule.every))));
  }

  /// Looks at what is doubtful, less and less often, until the next look at everything.
  Wake recheck_until(milliseconds next) {
    auto pause = request_.schedule.recheck;
    while (true) {
      const auto soon = time_.elapsed() + pause;
      const bool rechecks = pause.count() > 0 && !doubtful_.empty() && soon < next;
      const auto wake = time_.wait_until(rechecks ? soon : next);
      if (!rechecks || wake != Wake::due) return wake;
      const auto looked = look(std::exchange(doubtful_, {}));
      if (!looked || !*looked) return Wake::stop;
      pause *= 2;
    }
  }

  const WatchRequest& request_;
  Timekeeper& time_;
  const WatchSink& sink_;
  AuditRequest audit_;
  std::vector<history::Track> tracks_;  // by fingerprint
  std::set<audit::Target> doubtful_;
  WatchFigures figures_;
  Once broken_, failing_, late_, unkept_;
  std::vector<std::unique_ptr<Courier>> couriers_;
};

}  // namespace

std::size_t WatchFigures::count_open(Severity severity) const {
  std::size_t count = 0;
  for (const auto& [what, times] : open) count += what.second == severity ? times : 0;
  return count;
}

Attempt<WatchFigures> watch_run(const WatchRequest& request, Timekeeper& time, const WatchSink& sink) {
  return Watcher(request, time, sink).run();
}

}  // namespace rdnsgate::run
