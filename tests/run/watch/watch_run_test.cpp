// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/watch_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "run/estate.h"

namespace rdnsgate::run {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Wake = Timekeeper::Wake;

/// A clock that goes as fast as it is asked to wait. A look takes no time unless `look_takes` says so.
struct FastClock final : Timekeeper {
  milliseconds now{0}, look_takes{0};
  seconds set_by{0};  ///< somebody has set the wall clock
  milliseconds end{hours(24)};
  std::vector<milliseconds> waited;
  std::function<Wake(milliseconds)> wake = [](milliseconds) { return Wake::due; };

  milliseconds elapsed() override { return now; }
  Time wall() override {
    now += look_takes / 2;  // asked when a look begins and when it ends
    return noon + std::chrono::duration_cast<seconds>(now) + set_by;
  }
  Wake wait_until(milliseconds until) override {
    waited.push_back(until);
    now = std::max(now, until);
    return now >= end ? Wake::stop : wake(until);
  }
  bool stops() override { return now >= end; }
};

struct Watched : Estate {
  WatchRequest request;
  FastClock clock;
  Heard heard;
  std::vector<std::string> notes;
  std::vector<WatchEvent> events;
  WatchFigures last;

  Watched() {
    request.audit.command = "check";
    request.audit.files = {inventory};
    request.audit.asking = asking();
    request.host = "gate.example";
    request.schedule.jitter_percent = 0;
  }

  void reverse(const std::string& host) {
    write("zones/2.0.192.in-addr.arpa.zone", zone("10 PTR " + host + ".mail.example.\n"));
  }

  WatchFigures run() {
    WatchSink sink;
    sink.event = [this](const WatchEvent& event) {
      events.push_back(event);
      return true;
    };
    sink.figures = [this](const WatchFigures& figures) { last = figures; };
    sink.note = [this](const std::string& text) { notes.push_back(text); };
    sink.listener = &heard;
    auto ended = watch_run(request, clock, sink);
    REQUIRE(ended.has_value());
    return *ended;
  }

  std::vector<history::Transition> transitions(std::string_view rule) const {
    std::vector<history::Transition> all;
    for (const auto& event : events) {
      for (const auto& one : event.transitions) {
        if (one.finding.rule == rule) all.push_back(one);
      }
    }
    return all;
  }
};

TEST_CASE("a day has a look every five minutes, and nothing to tell") {
  Watched watched;
  const auto ended = watched.run();
  CHECK(ended.looks == 288);
  CHECK(ended.rechecks == 0);
  CHECK(ended.late == 0);
  CHECK(watched.events.empty());
  CHECK(watched.notes.empty());
}

TEST_CASE("what is doubtful is looked at again, alone, until it is certain") {
  Watched watched;
  watched.clock.end = minutes(30);
  watched.clock.wake = [&](milliseconds until) {
    if (until == minutes(5)) watched.reverse("other");
    return Wake::due;
  };
  watched.run();
  // Seen at 5 minutes, confirmed a minute later; then nothing is doubtful any more.
  const std::vector<milliseconds> expected{minutes(5),  minutes(6),  minutes(10), minutes(15),
                                           minutes(20), minutes(25), minutes(30)};
  CHECK(watched.clock.waited == expected);
  const auto told = watched.transitions("ptr-mismatch");
  REQUIRE(told.size() == 1);
  CHECK(told[0].since == noon + minutes(5));
  CHECK(told[0].at == noon + minutes(6));
  CHECK(watched.last.rechecks == 1);
}

TEST_CASE("what recovers says how long it was open, whoever sets the clock meanwhile") {
  Watched watched;
  watched.request.policy = {1, 1};
  watched.reverse("other");
  seconds set{0};
  SUBCASE("nobody") {}
  SUBCASE("forward") { set = hours(1); }
  SUBCASE("back") { set = -hours(24); }
  watched.clock.end = minutes(16);
  watched.clock.wake = [&](milliseconds until) {
    if (until == minutes(10)) {
      watched.reverse("mx1");
      watched.clock.set_by = set;
    }
    return Wake::due;
  };
  watched.run();
  const auto told = watched.transitions("ptr-mismatch");
  REQUIRE(told.size() == 2);
  CHECK(told[1].kind == history::TransitionKind::recovered);
  CHECK(told[1].lasted() == std::max(seconds(0), seconds(minutes(10)) + set));
  CHECK(watched.last.looks == 4);  // the schedule does not go by that clock
}

TEST_CASE("a look that takes too long leaves out others, which is said once") {
  Watched watched;
  watched.clock.look_takes = minutes(7);
  watched.clock.end = hours(2);
  const auto ended = watched.run();
  CHECK(ended.looks >= 10);
  CHECK(ended.looks <= 13);
  CHECK(ended.late >= 9);
  REQUIRE(watched.notes.size() == 1);
  CHECK(watched.notes[0].find("longer than the time between two (5m)") != std::string::npos);
}

TEST_CASE("a machine that slept looks once, and goes on") {
  Watched watched;
  watched.clock.end = hours(10);
  watched.clock.wake = [&](milliseconds until) {
    if (until == minutes(30)) watched.clock.now += hours(8);
    return Wake::due;
  };
  const auto ended = watched.run();
  CHECK(ended.looks >= 24);
  CHECK(ended.looks <= 25);
}

TEST_CASE("what is open is known from before") {
  Watched first;
  first.reverse("other");
  first.request.policy = {1, 1};
  first.clock.end = minutes(4);
  first.run();
  REQUIRE_FALSE(first.events.empty());
  Watched second;
  second.reverse("other");
  second.request.policy = {1, 1};
  second.clock.end = minutes(4);
  for (const auto& one : first.events.front().transitions) {
    history::Track track;
    track.finding = one.finding;
    track.open = true;
    track.opened_at = one.since;
    track.inventory_path = second.inventory;
    second.request.known.push_back(track);
  }
  second.run();
  CHECK(second.transitions("ptr-mismatch").empty());
}

}  // namespace
}  // namespace rdnsgate::run
