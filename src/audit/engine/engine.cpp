// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/engine.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

#include "audit/engine/allowance.h"
#include "audit/engine/disputes.h"
#include "audit/engine/outside.h"
#include "audit/engine/part.h"
#include "audit/engine/private_reverse.h"
#include "audit/engine/rewriting.h"
#include "audit/engine/subjects.h"
#include "audit/engine/tally.h"
#include "audit/engine/views.h"
#include "audit/null_answer.h"
#include "audit/policy/enabled.h"

namespace rdnsgate::audit {
namespace {

using dns::Fact;
using dns::Question;
using dns::VantageIndex;
using SteadyClock = std::chrono::steady_clock;

struct QuestionHash {
  std::size_t operator()(const Question& question) const {
    const std::size_t salt = (std::size_t{question.vantage} << 16) | static_cast<std::size_t>(question.type);
    return std::hash<dns::Name>{}(question.name) ^ (salt * 0x9E3779B97F4A7C15u);
  }
};

/// A subject at one vantage: its facts, and what they have been good for so far.
struct Seat {
  dns::FactDesk desk;
  Unfinished unfinished{};
  std::size_t reviewed_with = 0;  ///< Engine::state_of_review() when the facts were handed out
};

/// One subject on its way through all vantages.
struct Active {
  std::size_t subject = 0;
  std::size_t vantages_left = 0;
  std::vector<Judgement> judgements;
  std::vector<std::uint32_t> missing;  // facts that each vantage still waits for
  std::vector<LedTo> led_to;           // at each vantage
  std::vector<Seat> seats;             // at each vantage
  bool disputed = false;               // the servers of a zone do not agree on a fact that it stands on
  bool judged_again = false;           // by those that met one of them, when that was known
};

struct Task {
  std::uint32_t slot;
  VantageIndex vantage;
};

/// Who waits for a fact: nearly always one task.
struct Waiters {
  Task first;
  std::vector<Task> more;
};

class Engine {
 public:
  Engine(const RunContext& run, const Policy& policy, dns::Panel& panel, dns::FactStore& store,
         const LiveOptions& options)
      : run_(run),
        subjects_(run, policy),
        panel_(panel),
        store_(store),
        options_(options),
        stinted_desk_(stinted_, 0),
        limit_rules_(enabled<const LimitedCase>(policy)),
        rewriting_(*run.inventory, panel.vantages()),
        private_reverse_(policy.is_done(Duty::asks_private_reverse) ? panel.vantages()
                                                                    : std::span<const dns::VantageInfo>()),
        disputes_(panel.vantages()),
        outside_(*run.inventory),
        crosscheck_(run, policy, panel.vantages()),
        tallies_(panel.vantages().size()),
        shared_(tallies_.size()) {
    result_.notes.resize(tallies_.size());
    if (run.shard) result_.parts.resize(tallies_.size());
    allowances_.assign(tallies_.size(), Allowance(options.limits, subjects_.count()));
    set_review(stinted_desk_);
    if (tallies_.size() > 1) subjects_.compare_vantages();
  }

  LiveResult run() {
    const auto end = SteadyClock::now() + options_.deadline;
    panel_.set_sink([this](Fact&& fact) { arrive(std::move(fact)); });
    const struct Guard {
      dns::Panel& panel;
      ~Guard() { panel.set_sink({}); }
    } guard{panel_};
    for (const auto& question : rewriting_.questions()) panel_.ask(question);
    for (const auto& question : private_reverse_.questions()) panel_.ask(question);
    while (!done()) {
      start_subjects();
      work();
      if (done()) break;
      const auto left = std::chrono::duration_cast<milliseconds>(end - SteadyClock::now());
      if (left.count() <= 0 || (options_.stop && options_.stop())) break;
      panel_.run_once(std::min<milliseconds>(left, milliseconds(100)));
      work();
      show_progress();
    }
    result_.unjudged = subjects_.count() - done_;
    crosscheck_.keep_first(result_.findings);
    finish_stats();
    return std::move(result_);
  }

 private:
  bool done() const { return done_ == subjects_.count() && private_reverse_.complete(); }

  void set_review(dns::FactDesk& desk) {
    desk.set_review([this](Fact& fact) {
      rewriting_.review(fact);
      disputes_.review(fact);
    });
  }

  void prepare(dns::FactDesk& desk) {
    set_review(desk);
    desk.share(shared_[desk.vantage()]);
  }

  /// What a review of facts depends on: while this is the same, so is what they were reviewed to.
  std::size_t state_of_review() const { return 2 * disputes_.count() + (rewriting_.complete() ? 1 : 0); }

  void start_subjects() {
    while (next_ < subjects_.count() && active_count_ < options_.active_subjects && has_room()) {
      const std::uint32_t slot = free_slot();
      Active& active = active_[slot];
      active.subject = next_++;
      active.vantages_left = tallies_.size();
      active.disputed = active.judged_again = false;
      active.judgements.assign(tallies_.size(), {});
      active.missing.assign(tallies_.size(), 0);
      active.led_to.assign(tallies_.size(), {});
      ++active_count_;
      for (VantageIndex v = 0; v < tallies_.size(); ++v) ready_.push_back({slot, v});
      work();
    }
  }

  bool has_room() const {
    for (VantageIndex v = 0; v < tallies_.size(); ++v) {
      if (panel_.room(v) == 0) return false;
    }
    return true;
  }

  std::uint32_t free_slot() {
    if (free_.empty()) {
      auto& seats = active_.emplace_back().seats;
      seats.reserve(tallies_.size());
      for (VantageIndex v = 0; v < tallies_.size(); ++v) prepare(seats.emplace_back(Seat{dns::FactDesk(store_, v)}).desk);
      return static_cast<std::uint32_t>(active_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void work() {
    while (!ready_.empty()) {
      const Task task = ready_.front();
      ready_.pop_front();
      judge(task);
    }
  }

  void judge(Task task) {
    Active& active = active_[task.slot];
    Judgement judgement;
    auto& desk = look(active, task.vantage, judgement);
    if (!desk.complete()) {
      desk.take_missing(missing_);
      return want_all(task);
    }
    if (!rewriting_.complete() && !walks_itself(task.vantage)) return parked_.push_back(task);
    note_limit(active, task.vantage, judgement);
    note_outside(active, desk);
    active.judgements[task.vantage] = std::move(judgement);
    if (is_authoritative(task.vantage)) {
      for (const auto& fact : desk.facts()) active.disputed = active.disputed || disputes_.concern(*fact);
    }
    if (--active.vantages_left > 0) return;
    if (active.disputed && !std::exchange(active.judged_again, true)) judge_again(task.slot);
    if (active.vantages_left == 0) close(task.slot);
  }

  /// Judges the subject on what is there; returns the desk at which that was done.
  dns::FactDesk& look(Active& active, VantageIndex vantage, Judgement& judgement) {
    const auto& led_to = active.led_to[vantage];
    if (!led_to.refused.empty()) return look_stinted(active.subject, vantage, led_to, judgement);
    if (std::exchange(shared_with_, state_of_review()) != state_of_review()) {
      for (auto& shared : shared_) shared.clear();
    }
    auto& seat = active.seats[vantage];
    if (std::exchange(seat.reviewed_with, state_of_review()) != state_of_review()) start_anew(seat);
    seat.desk.resume();
    judgement = subjects_.judge(active.subject, walks_itself(vantage), panel_.vantages()[vantage].internal, seat.desk,
                                seat.unfinished);
    return seat.desk;
  }

  static void start_anew(Seat& seat) {
    seat.desk.clear();
    seat.unfinished = {};
  }

  dns::FactDesk& look_stinted(std::size_t subject, VantageIndex vantage, const LedTo& led_to, Judgement& judgement) {
    stinted_ = {};
    do {
      stinted_desk_.reset(vantage);
      judgement = subjects_.judge(subject, walks_itself(vantage), panel_.vantages()[vantage].internal, stinted_desk_);
    } while (supply(stinted_desk_.missing(), led_to));
    return stinted_desk_;
  }

  /// To a subject that may not ask everything: what is known, and of the rest that it was not asked. Others
  /// may ask the same, so that none of it goes to the store.
  bool supply(const std::vector<Question>& missing, const LedTo& led_to) {
    const auto before = stinted_.size();
    for (const auto& question : missing) {
      if (const auto fact = store_.find(question))
        stinted_.insert(*fact);
      else if (led_to.is_refused(question))
        stinted_.insert(not_asked(question));
    }
    return stinted_.size() > before;
  }

  void note_limit(const Active& active, VantageIndex vantage, Judgement& judgement) const {
    if (active.led_to[vantage].refused.empty()) return;
    const std::string limit = allowances_[vantage].describe(active.led_to[vantage]);
    const LimitedCase c{run_, *run_.inventory, limit};
    Findings findings;
    findings.begin_subject(subjects_.target(active.subject), subjects_.at(active.subject));
    judge_all(limit_rules_, c, findings);
    auto drafts = findings.take();
    std::move(drafts.begin(), drafts.end(), std::back_inserter(judgement.drafts));
  }

  void note_outside(const Active& active, const dns::FactDesk& desk) {
    if (outside_.none()) return;
    const auto& facts = desk.facts();
    if (std::any_of(facts.begin(), facts.end(), [](const auto& fact) { return dns::is_outside(*fact); }))
      outside_.add(subjects_.target(active.subject));
  }

  bool is_authoritative(VantageIndex vantage) const {
    return panel_.vantages()[vantage].kind == dns::VantageKind::authoritative;
  }

  /// Now that it is known what every server says, by those that met one of them.
  void judge_again(std::uint32_t slot) {
    for (VantageIndex v = 0; v < tallies_.size(); ++v) {
      if (is_authoritative(v)) continue;
      ++active_[slot].vantages_left;
      ready_.push_back({slot, v});
    }
  }

  void want_all(Task task) {
    Active& active = active_[task.slot];
    std::uint32_t wanted = 0;
    for (auto& question : missing_) {
      if (!may_ask(question, active)) continue;
      want(std::move(question), task);
      ++wanted;
    }
    active.missing[task.vantage] = wanted;
    if (wanted == 0) ready_.push_back(task);
  }

  bool may_ask(const Question& question, Active& active) {
    if (subjects_.is_own(active.subject, question.name) || waiting_.contains(question)) return true;
    return allowances_[question.vantage].grant(question, active.led_to[question.vantage]);
  }

  void want(Question&& question, Task task) {
    auto [waiting, is_new] = waiting_.try_emplace(std::move(question), Waiters{task, {}});
    if (!is_new) {
      waiting->second.more.push_back(task);
      return;
    }
    ++in_flight_;
    ++tallies_[waiting->first.vantage].questions;
    panel_.ask(waiting->first);
  }

  void arrive(Fact&& fact) {
    if (rewriting_.take(fact)) {
      store_.insert(fact);
      return unpark();
    }
    if (private_reverse_.take(fact)) {
      store_.insert(fact);
      return;
    }
    const auto vantage = fact.question.vantage;
    const bool own_walk = walks_itself(vantage);
    Tally& tally = tallies_[vantage];
    if (!is_own_answer(fact)) ++tally.from_files;
    if (dns::is_outside(fact)) {
      ++tally.outside;
      outside_.add(fact);
    } else if (!dns::is_definite(fact.outcome)) {
      tally.note_failure(fact);
    } else if (!own_walk && is_null_answer(fact)) {
      tally.note_failure(reviewed(fact));
    } else if (is_own_answer(fact)) {
      tally.rtt_us.push_back(fact.rtt_us);
    }
    if (run_.shard) result_.parts[vantage].answers.push_back(note_of(fact, own_walk, is_own_answer(fact)));
    result_.notes[vantage].add(fact, own_walk);
    crosscheck_.saw(fact.asked_at);
    const auto waiting = waiting_.find(fact.question);
    if (waiting == waiting_.end()) return;
    const bool is_new = store_.insert(fact);
    disputes_.note(fact);
    --in_flight_;
    const Task first = waiting->second.first;
    if (is_new) active_[first.slot].seats[first.vantage].desk.bring(std::move(fact));
    wake(first);
    for (const Task task : waiting->second.more) wake(task);
    waiting_.erase(waiting);
  }

  /// Of the questions that the deadline cut off it is known that they were asked.
  void finish_parts() {
    for (const auto& [question, waiters] : waiting_)
      result_.parts[question.vantage].answers.push_back({question_hash(question), AnswerNote::longest});
    for (VantageIndex v = 0; v < tallies_.size(); ++v)
      finish(result_.parts[v], result_.notes[v], tallies_[v], panel_.vantages()[v].kind);
  }

  Fact reviewed(Fact fact) const {
    rewriting_.review(fact);
    return fact;
  }

  /// What was made up is known now: resolvers can be judged.
  void unpark() {
    if (!rewriting_.complete()) return;
    ready_.insert(ready_.end(), parked_.begin(), parked_.end());
    parked_.clear();
  }

  void wake(Task task) {
    if (--active_[task.slot].missing[task.vantage] == 0) ready_.push_back(task);
  }

  bool walks_itself(VantageIndex vantage) const {
    const auto kind = panel_.vantages()[vantage].kind;
    return kind != dns::VantageKind::forward && kind != dns::VantageKind::replay;
  }

  void close(std::uint32_t slot) {
    Active& active = active_[slot];
    auto compared = compare(active.judgements, panel_.vantages(), options_.quorum);
    if (tallies_.size() > 1) {
      Views views{
          subjects_.rank(active.subject), subjects_.target(active.subject), subjects_.at(active.subject), active.judgements, compared,
          [&](VantageIndex vantage, std::uint64_t question) { return recall(active, vantage, question); }};
      crosscheck_.look(views, result_.notes);
    }
    std::move(compared.begin(), compared.end(), std::back_inserter(result_.findings));
    for (auto& seat : active.seats) start_anew(seat);
    free_.push_back(slot);
    --active_count_;
    ++done_;
  }

  /// One of the facts that the subject was judged on.
  std::optional<Fact> recall(Active& active, VantageIndex vantage, std::uint64_t question) {
    Judgement judgement;
    for (const auto& fact : look(active, vantage, judgement).facts()) {
      if (question_hash(fact->question) == question) return *fact;
    }
    return std::nullopt;
  }

  void show_progress() {
    if (!options_.progress) return;
    const auto now = SteadyClock::now();
    if (now - shown_ < milliseconds(200)) return;
    shown_ = now;
    options_.progress({done_, subjects_.count(), in_flight_});
  }

  /// Of whoever was asked, and not of zone files that were laid over it.
  bool is_own_answer(const Fact& fact) const {
    return fact.from_files != dns::FromFiles::all || is_zone_files(fact.question.vantage);
  }

  bool is_zone_files(VantageIndex vantage) const {
    return panel_.vantages()[vantage].kind == dns::VantageKind::zonefiles;
  }

  void finish_stats() {
    VantageStats files{std::string(zone_files_name), dns::VantageKind::zonefiles};
    for (VantageIndex v = 0; v < tallies_.size(); ++v) {
      Tally& tally = tallies_[v];
      const auto& info = panel_.vantages()[v];
      // An own walk begins with an empty cache and asks each question once.
      if (info.kind == dns::VantageKind::recursive) result_.notes[v].cold_us = tally.rtt_us;
      result_.notes[v].made_up = rewriting_.made_up(v);
      result_.notes[v].leaks = private_reverse_.leaks(v);
      files.questions += tally.from_files;
    }
    if (run_.shard) finish_parts();
    for (VantageIndex v = 0; v < tallies_.size(); ++v) {
      const auto& info = panel_.vantages()[v];
      result_.vantages.push_back(stats_of(tallies_[v], info.name, info.kind));
    }
    if (files.questions > 0) result_.vantages.push_back(std::move(files));
    result_.not_in_gate = outside_.take();
  }

  const RunContext& run_;
  Subjects subjects_;
  dns::Panel& panel_;
  dns::FactStore& store_;
  const LiveOptions& options_;
  dns::FactStore stinted_;  // what a subject is judged on that may not ask everything, and its desk
  dns::FactDesk stinted_desk_;
  std::vector<Enabled<const LimitedCase>> limit_rules_;
  std::vector<Allowance> allowances_;  // of each vantage
  Rewriting rewriting_;
  PrivateReverse private_reverse_;
  Disputes disputes_;
  Outside outside_;
  Crosscheck crosscheck_;
  std::vector<Tally> tallies_;
  std::vector<dns::SharedFacts> shared_;  // of each vantage
  std::size_t shared_with_ = 0;           // state_of_review() when they were reviewed
  std::vector<Active> active_;
  std::vector<std::uint32_t> free_;
  std::vector<Question> missing_;  // of the task at hand
  std::deque<Task> ready_;
  std::vector<Task> parked_;  // of resolvers, until it is known what they make up
  std::unordered_map<Question, Waiters, QuestionHash> waiting_;
  std::size_t next_ = 0, active_count_ = 0, done_ = 0, in_flight_ = 0;
  SteadyClock::time_point shown_{};
  LiveResult result_;
};

}  // namespace

LiveResult judge_live(const RunContext& run, const Policy& policy, dns::Panel& panel, dns::FactStore& store,
                      const LiveOptions& options) {
  return Engine(run, policy, panel, store, options).run();
}

}  // namespace rdnsgate::audit
