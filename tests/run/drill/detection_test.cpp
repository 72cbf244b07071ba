// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// When a watch tells: by hand for small schedules, and held against the watch itself.
#include "run/drill/detection.h"

#include "run/drill/differences.h"
#include "run/drill/drilled.h"
#include "run/watch/watch_run.h"

namespace rdnsgate::run {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Wake = Timekeeper::Wake;

TEST_CASE("one look is enough where that is said") {
  Drilled estate;
  estate.request.watch.policy = {1, 1};
  const auto drill = estate.play("ptr-lost");
  CHECK(drill.detection.soonest == seconds(0));
  CHECK(drill.detection.latest == minutes(5));
  CHECK(drill.detection.recovery_latest == minutes(5));
}

TEST_CASE("what is doubtful is looked at again before the next look at all") {
  Drilled estate;
  const auto drill = estate.play("ptr-lost");
  CHECK(drill.detection.soonest == minutes(1));
  CHECK(drill.detection.latest == minutes(6));
  estate.request.watch.schedule.recheck = milliseconds(0);
  const auto slow = estate.play("ptr-lost");
  CHECK(slow.detection.soonest == minutes(5));
  CHECK(slow.detection.latest == minutes(10));
}

TEST_CASE("jitter puts off the look that would have seen it") {
  Drilled estate;
  estate.request.watch.schedule.jitter_percent = 20;
  CHECK(estate.play("ptr-lost").detection.latest == minutes(7));
  CHECK(estate.play("ptr-lost").detection.recovery_latest == minutes(7));
  CHECK(estate.play("ptr-lost").detection.soonest == minutes(1));
}

TEST_CASE("below the level nothing is told") {
  Drilled estate;
  estate.request.watch.level = Severity::error;
  const auto drill = estate.play("resolver-slow");
  CHECK(drill.detection.noticed);  // above latency.fail
  estate.write("inventory.yaml", Drilled::text("mx1") + "standards: {latency: {warn: 500ms}}\n");
  const auto warned = estate.play("resolver-slow");
  CHECK_FALSE(warned.findings.empty());
  CHECK_FALSE(warned.detection.noticed);
  CHECK(warned.advice.find("warning") != std::string::npos);
}

using Finding = report::Document::Finding;

Finding finding_of(const std::string& rule, const std::string& id, Severity severity = Severity::error) {
  Finding finding;
  finding.rule = rule;
  finding.fingerprint = rule + " of " + id;
  finding.severity = severity;
  finding.certainty = audit::Certainty::confirmed;
  finding.target = {audit::TargetKind::address, id};
  finding.observed = "mx1.mail.example";
  return finding;
}

report::Document report_of(std::vector<Finding> findings) {
  report::Document document;
  document.findings = std::move(findings);
  return document;
}

/// With each look at everything enough to tell.
report::DrillDetection told_of(const report::Document& before, const report::Document& during) {
  Watchfulness watch;
  watch.schedule.every = minutes(5);
  watch.schedule.jitter_percent = 0;
  watch.policy = {1, 1};
  Sight sight;
  sight.run.finished_at = noon;
  std::map<std::string, seconds> told;
  return detect(watch, before, during, sight, sight, told);
}

TEST_CASE("what was wrong before, and what goes away, is not told as of the fault") {
  const auto old = finding_of("helo-ptr-mismatch", "192.0.2.10"),
             gone = finding_of("ptr-generic", "192.0.2.10"), lost = finding_of("ptr-missing", "192.0.2.10");
  const auto told = told_of(report_of({old, gone}), report_of({old, lost}));
  CHECK(told.noticed);
  CHECK(told.rules == std::vector<std::string>{"ptr-missing"});
  CHECK(told.soonest == seconds(0));
  CHECK(told.latest == minutes(5));
  CHECK_FALSE(told_of(report_of({old, gone}), report_of({old})).noticed);
  CHECK_FALSE(told_of(report_of({old}), report_of({old})).noticed);
}

TEST_CASE("what becomes something else is told, and is over when it is what it was") {
  const auto before = finding_of("ptr-mismatch", "192.0.2.10");
  auto other = before;
  other.observed = "mx2.mail.example";
  const auto told = told_of(report_of({before}), report_of({other}));
  CHECK(told.noticed);
  CHECK(told.rules == std::vector<std::string>{"ptr-mismatch"});
  CHECK(told.recovery_latest == minutes(5));
}

TEST_CASE("differences are the gravest first, without what is waived or was there") {
  auto waived = finding_of("ptr-missing", "192.0.2.13");
  waived.status = audit::Status::waived;
  auto unclear = finding_of("ptr-missing", "192.0.2.9");
  unclear.certainty = audit::Certainty::inconclusive;
  const auto kept = finding_of("ptr-generic", "192.0.2.10");
  const auto before = report_of({kept});
  const auto during = report_of({finding_of("addr-note", "192.0.2.10", Severity::info), kept, waived, unclear,
                                 finding_of("ttl-high", "192.0.2.10", Severity::warning),
                                 finding_of("ptr-missing", "192.0.2.11")});
  Sight first, then;
  history::Seen slow;
  slow.rule = "watch-slow";
  slow.fingerprint = "slow";
  slow.severity = Severity::warning;
  first.watched = then.watched = {slow};
  auto silent = slow;
  silent.rule = "watch-unanswered";
  silent.fingerprint = "silent";
  then.watched.push_back(silent);
  const auto all = differences(before, during, first, then, {{"ptr-missing of 192.0.2.11", minutes(6)}});
  std::vector<std::string> rules;
  for (const auto& one : all) rules.push_back(one.rule + (one.watch_only ? "!" : ""));
  CHECK(rules ==
        std::vector<std::string>{"ptr-missing", "ptr-missing", "ttl-high", "watch-unanswered!", "addr-note"});
  CHECK(all[0].target.id == "192.0.2.11");
  CHECK(all[0].told_after == minutes(6));
  CHECK_FALSE(all[1].told_after.has_value());
}

/// A clock that goes as fast as it is asked to wait, and a zone file that is broken and mended meanwhile.
struct Played final : Timekeeper {
  milliseconds now{0}, end{hours(3)};
  std::function<void(milliseconds)> meanwhile;

  milliseconds elapsed() override { return now; }
  Time wall() override { return noon + std::chrono::duration_cast<seconds>(now); }
  Wake wait_until(milliseconds until) override {
    meanwhile(until);
    now = std::max(now, until);
    return now >= end ? Wake::stop : Wake::due;
  }
  bool stops() override { return now >= end; }
};

/// When the watch itself tells that the PTR record is missing, and that it is not any more, after it is so; it begins right
/// behind the look at 30 minutes, and ends right behind the look at two hours.
std::pair<seconds, seconds> watched(const Watchfulness& watch) {
  Drilled estate;
  WatchRequest request;
  request.audit.command = "check";
  request.audit.files = {estate.inventory};
  request.audit.asking = estate.asking();
  request.schedule = watch.schedule;
  request.policy = watch.policy;
  Played clock;
  const auto whole = Drilled::zone_of(
                 "10 PTR mx1.mail.example.\n11 PTR out.mail.example.\n12 PTR out.mail.example.\n"),
             broken = Drilled::zone_of("11 PTR out.mail.example.\n12 PTR out.mail.example.\n");
  clock.meanwhile = [&](milliseconds until) {
    const bool is_broken = clock.now >= minutes(30) && clock.now < hours(2) && until > minutes(30);
    estate.write("zones/2.0.192.in-addr.arpa.zone", is_broken ? broken : whole);
  };
  std::pair<seconds, seconds> told{};
  WatchSink sink;
  sink.event = [&](const WatchEvent& event) {
    for (const auto& one : event.transitions) {
      if (one.finding.rule != "ptr-missing") continue;
      const auto at = one.at - noon;
      if (one.kind == history::TransitionKind::opened) told.first = at - minutes(30);
      if (one.kind == history::TransitionKind::recovered) told.second = at - hours(2);
    }
    return true;
  };
  sink.note = [](const std::string&) {};
  sink.listener = &estate.heard;
  REQUIRE(watch_run(request, clock, sink).has_value());
  return told;
}

TEST_CASE("a drill takes as long as the watch itself") {
  for (const auto& policy :
       {history::Policy{1, 1}, history::Policy{2, 3}, history::Policy{3, 3}, history::Policy{4, 5}}) {
    for (const auto recheck : {minutes(0), minutes(1), minutes(2)}) {
      CAPTURE(policy.confirmations);
      CAPTURE(recheck.count());
      Drilled estate;
      estate.request.watch.policy = policy;
      estate.request.watch.schedule.recheck = recheck;
      const auto drill = estate.play("ptr-lost");
      const auto [opened, recovered] = watched(estate.request.watch);
      CHECK(drill.detection.latest == opened);
      CHECK(drill.detection.recovery_latest == recovered);
    }
  }
}

}  // namespace
}  // namespace rdnsgate::run
