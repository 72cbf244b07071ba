// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "plan/emit/emit.h"
#include "plan/random_estate.h"
#include "plan/simulate/simulator.h"
#include "plan/timetable.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// The plan of a random case, and what the simulator says of it or of a spoilt copy.
struct Trial {
  Case estate;
  dns::FactStore facts;
  Plan plan;

  World world() const { return {facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}}; }
  Forecast run(const Plan& some, std::size_t caches = 5) const {
    Climate climate = climate_of(estate.now);
    climate.caches = caches;
    return simulate(estate.now, &estate.base, world(), some, climate);
  }
};

Trial trial(unsigned seed) {
  Trial one{random_case(seed), {}, {}};
  one.facts = ask(one.estate.dns, one.estate.now, &one.estate.base);
  auto plan = make_plan(one.estate.now, &one.estate.base, one.world(), {});
  REQUIRE_MESSAGE(plan.has_value(), plan.error().message);
  one.plan = std::move(*plan);
  return one;
}

std::string describe(const Breach& breach) {
  return "+" + std::to_string(breach.at.count()) + " " + breach.who + " " + breach.text;
}

std::string describe(const Plan& plan, const Early& early) {
  return plan.phases[early.phase].id + " begins " + std::to_string(early.by.count()) + " s too early for " +
         early.what;
}

/// Moves everything after the round of `phase` forward.
Plan shortened(Plan plan, std::size_t phase, seconds by) {
  const auto start = plan.phases[phase].starts_after;
  for (auto& later : plan.phases) {
    if (later.starts_after > start) later.starts_after -= by;
  }
  return plan;
}

bool is_last_round(const Plan& plan, std::size_t phase) {
  return std::none_of(plan.phases.begin(), plan.phases.end(),
                      [&](const Phase& p) { return p.starts_after > plan.phases[phase].starts_after; });
}

/// The phase whose wait the next round really waits for, and no other of the same length beside it.
bool is_binding(const Plan& plan, std::size_t phase) {
  const auto& one = plan.phases[phase];
  return std::all_of(plan.phases.begin(), plan.phases.end(), [&](const Phase& other) {
    return &other == &one || other.starts_after != one.starts_after || other.wait.total <= one.wait.total;
  });
}

/// Terms of waits that mail does not pay for. A margin costs nothing where everything else is in time, nor
/// does a look at what a wave did. And whoever goes on too early while the last server still has the old TTL
/// is saved by the next wait, which counts the same delay again. A revoked key is none whether its record is
/// there or not; and while a new relay is watched, and where nothing follows the end of an old one, the SPF
/// record lists both.
bool costs_nothing(const std::string& what) {
  return what.ends_with(" skew") || what.ends_with(" soak") || what == "lower-ttl propagation" ||
         what == "lower-ttl publish-delay" || what.starts_with("revoke-key ") ||
         what.ends_with("-relay bake");
}

}  // namespace

TEST_CASE("no random change ever breaks a path, whatever the caches hold, and every plan arrives") {
  std::size_t planned = 0, phases = 0, fetches = 0;
  const unsigned all = estates(600);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Trial one = trial(seed);
    planned += one.plan.phases.empty() ? 0 : 1;
    phases += one.plan.phases.size();
    const auto forecast = one.run(one.plan);
    fetches += forecast.fetches;
    REQUIRE_MESSAGE(forecast.breaches.empty(), describe(forecast.breaches.front()));
    REQUIRE_MESSAGE(forecast.early.empty(), describe(one.plan, forecast.early.front()));
    Dns after = one.estate.dns;
    for (const auto& phase : one.plan.phases) {
      for (const auto& step : phase.steps) REQUIRE_MESSAGE(after.carry_out(step), step_text(step));
    }
    const auto left = plan_for(after, one.estate.now, &one.estate.now);
    REQUIRE(left.has_value());
    REQUIRE_MESSAGE(left->phases.empty(), left->phases.back().id);
  }
  CHECK(6 * planned > 5 * all);
  CHECK(phases > 3 * all);
  CHECK(fetches > 80 * all);
}

TEST_CASE("every term of every wait is needed, and for most of them mail would pay") {
  std::size_t terms = 0;
  std::set<std::string> seen, paid;
  Sample sample(1);
  for (unsigned seed = 0; seed < 160; ++seed) {
    CAPTURE(seed);
    const Trial one = trial(seed);
    for (std::size_t i = 0; i < one.plan.phases.size(); ++i) {
      if (is_last_round(one.plan, i) || !is_binding(one.plan, i)) continue;
      const auto& wait = one.plan.phases[i].wait;
      for (const auto& term : wait.terms) {
        if (term.value.count() == 0) continue;
        ++terms;
        const auto what = kind_of(one.plan.phases[i]) + " " + term.name;
        if (!sample.takes(what) && (paid.count(what) == 1 || costs_nothing(what))) continue;
        CAPTURE(one.plan.phases[i].id);
        CAPTURE(term.name);
        const auto by = std::min(term.value, wait.total - seconds(1));
        CHECK_FALSE(one.run(shortened(one.plan, i, seconds(1)), 1).early.empty());
        const auto forecast = one.run(shortened(one.plan, i, by), 1);
        CHECK_FALSE(forecast.early.empty());
        seen.insert(what);
        if (!forecast.breaches.empty()) paid.insert(what);
      }
    }
  }
  CHECK(terms > 500);
  std::erase_if(seen, costs_nothing);
  CHECK(seen.size() > 20);
  for (const auto& what : seen) {
    CAPTURE(what);
    CHECK(paid.count(what) == 1);
  }
}

TEST_CASE("the simulator sees what happens without waits, and in the wrong order") {
  std::size_t without_waits = 0, wrong_order = 0;
  const unsigned all = estates(100);
  for (unsigned seed = 0; seed < all; ++seed) {
    const Trial one = trial(seed);
    Plan hasty = one.plan;
    for (auto& phase : hasty.phases)
      phase.starts_after = seconds(static_cast<long long>(&phase - hasty.phases.data()));
    if (!one.run(hasty).breaches.empty()) ++without_waits;
    Plan reversed = one.plan;
    const auto end = one.plan.total;
    for (auto& phase : reversed.phases) phase.starts_after = end - phase.starts_after;
    std::reverse(reversed.phases.begin(), reversed.phases.end());
    if (!one.run(reversed).breaches.empty()) ++wrong_order;
  }
  CHECK(2 * without_waits > all);
  CHECK(2 * wrong_order > all);
}

TEST_CASE("no step of a random plan is taken outside of the windows, nor before its wait is over") {
  const std::vector<std::vector<const char*>> choices = {
      {"Mon-Thu 08:00-16:00 Europe/Zurich"},
      {"Sat 22:00-04:00 America/New_York"},
      {"Tue 09:00-09:01 UTC", "Thu 23:30-00:30 Australia/Adelaide"},
      {"daily 01:00-03:00 Europe/Zurich"}};
  // Two days before the clocks go back in Zurich, and nine before they do in New York.
  const auto start = parse_time("2027-10-29T12:34:56Z").value();
  std::size_t late = 0;
  const unsigned all = estates(120);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    Trial one = trial(seed);
    for (const auto* text : choices[seed % choices.size()])
      one.plan.windows.push_back(ChangeWindow::parse(text).value());
    const Timetable times(one.plan, start);
    Plan dated = one.plan;
    for (std::size_t i = 0; i < dated.phases.size(); ++i) {
      CAPTURE(dated.phases[i].id);
      const auto after = one.plan.phases[i].starts_after;
      CHECK(next_opening(one.plan.windows, times.at(after)) == times.at(after));
      if (i > 0) {
        const auto before = one.plan.phases[i - 1].starts_after;
        CHECK(times.at(after) - times.at(before) >= after - before);
      }
      late += times.since(after) > after ? 1 : 0;
      dated.phases[i].starts_after = times.since(after);
    }
    dated.total = times.since(one.plan.total);
    const auto forecast = one.run(dated, 2);
    CHECK(forecast.breaches.empty());
    CHECK(forecast.early.empty());
  }
  CHECK(3 * late > 5 * all);
}

TEST_CASE("a random plan that was made through a cache, which counts TTLs down, is in time for what it hid") {
  std::size_t planned = 0;
  const unsigned all = estates(200);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    Trial one{random_case(seed), {}, {}};
    one.facts = ask(one.estate.dns, one.estate.now, &one.estate.base);
    std::mt19937 random(seed);
    dns::FactStore cached;
    one.facts.for_each([&](Fact fact) {
      fact.authoritative = false;
      for (auto& set : fact.answer)
        set.ttl = std::uniform_int_distribution<std::uint32_t>(0, set.ttl)(random);
      cached.insert(fact);
    });
    auto plan = make_plan(one.estate.now, &one.estate.base,
                          {cached, 0, {"cache", dns::VantageKind::forward, "cache"}}, {});
    REQUIRE_MESSAGE(plan.has_value(), plan.error().message);
    planned += plan->phases.empty() ? 0 : 1;
    // In the world as its name servers have it.
    const auto forecast = one.run(*plan, 2);
    CHECK_MESSAGE(forecast.breaches.empty(), describe(forecast.breaches.front()));
    CHECK_MESSAGE(forecast.early.empty(), describe(*plan, forecast.early.front()));
  }
  CHECK(3 * planned > 2 * all);
}

TEST_CASE("without an earlier inventory a plan arrives too, or says why not") {
  for (unsigned seed = 0; seed < estates(300); ++seed) {
    CAPTURE(seed);
    const Case c = random_case(seed);
    const auto plan = plan_for(c.dns, c.now);
    REQUIRE_MESSAGE(plan.has_value(), plan.error().message);
    Dns after = c.dns;
    for (const auto& phase : plan->phases) {
      for (const auto& step : phase.steps) REQUIRE_MESSAGE(after.carry_out(step), step_text(step));
    }
    const auto left = plan_for(after, c.now);
    REQUIRE(left.has_value());
    CHECK(left->changes == 0);
  }
}

TEST_CASE("whatever the answers hold, there is a plan or a reason, and the plan can be written") {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  const auto octets = [&](std::size_t most) {
    std::string text(pick(most), '\0');
    for (char& c : text) c = static_cast<char>(pick(256));
    return text;
  };
  std::size_t plans = 0;
  const unsigned all = estates(400);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Case c = random_case(seed);
    dns::FactStore store;
    ask(c.dns, c.now, &c.base).for_each([&](Fact fact) {
      if (pick(12) == 0) {
        for (auto& set : fact.answer) {
          set.ttl = static_cast<std::uint32_t>(random());
          if (pick(2) == 0) set.rdata = {octets(40)};
        }
        if (pick(3) == 0) fact.answer.clear();
        if (fact.soa && pick(2) == 0) fact.soa->rdata = {octets(60)};
        if (pick(4) == 0) fact.outcome = static_cast<Outcome>(pick(10));
      }
      store.insert(fact);
    });
    const auto plan =
        make_plan(c.now, &c.base, {store, 0, {"replay", dns::VantageKind::replay, "replay"}}, {});
    if (!plan) {
      CHECK_FALSE(plan.error().message.empty());
      continue;
    }
    ++plans;
    for (const auto& file : plan_files(*plan, plan->facts_taken_at)) CHECK_FALSE(file.content.empty());
    CHECK_FALSE(emit_nsupdate(*plan).empty());
  }
  CHECK(8 * plans > all);
}
