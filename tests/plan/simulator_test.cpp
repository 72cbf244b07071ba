// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulator.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plan/cache_crowd.h"
#include "plan/emit.h"
#include "plan/lab.h"
#include "plan/rename_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

Timeline one_change(Moment ttl, std::vector<Moment> at) {
  Timeline timeline;
  timeline.servers = at.size();
  timeline.ttl = {ttl, 300};
  timeline.switches.push_back({0, std::move(at)});
  return timeline;
}

Held hold(const Timeline& timeline, Climate climate = {}) {
  Draw draw(climate.seed);
  CacheCrowd crowd(climate, draw);
  return crowd.hold(timeline, draw);
}

}  // namespace

TEST_CASE("the last cache lets go of the old value a TTL after the last server did") {
  const auto held = hold(one_change(3600, {100, 250, 400}));
  CHECK(held.versions[0].until == 4000);
  CHECK(held.versions[1].from == 100);
  REQUIRE(held.gone.front().size() == 100);
  for (const auto gone : held.gone.front()) {
    CHECK(gone <= 4000);
    CHECK(gone >= 0);
  }
  // A crowd is no single cache: they let go one after the other.
  const auto [first, last] = std::minmax_element(held.gone.front().begin(), held.gone.front().end());
  CHECK(*last - *first > 1800);
}

TEST_CASE("caches keep what has a lower TTL than their floor for as long as the floor") {
  CHECK(hold(one_change(5, {100})).versions[0].until == 160);
  CHECK(hold(one_change(0, {100})).versions[0].until == 160);
  CHECK(hold(one_change(61, {100})).versions[0].until == 161);
}

TEST_CASE("an absence is kept for the negative TTL of its moment") {
  NegativeTtl negative;
  negative.seconds = {3600, 300};
  negative.switches.push_back({0, {1000}});
  Timeline timeline;
  timeline.ttl = {-1, 300};
  timeline.negative = &negative;
  timeline.switches.push_back({1, {1200}});
  // Asked just before the negative TTL was lowered, not just before the name came.
  CHECK(hold(timeline).versions[0].until == 4600);
  timeline.switches.front().at = {9000};
  CHECK(hold(timeline).versions[0].until == 9300);
  timeline.switches.front().at = {800};
  CHECK(hold(timeline).versions[0].until == 4400);
}

TEST_CASE("the same seed draws the same crowd, another one another") {
  const auto timeline = one_change(3600, {100, 250, 400});
  Climate other;
  other.seed = 2;
  CHECK(hold(timeline).gone == hold(timeline).gone);
  CHECK(hold(timeline).gone != hold(timeline, other).gone);
}

namespace {

struct Rename {
  Inventory now = estate("n1.mail.example"), base = estate("n0.mail.example");
  dns::FactStore facts = ask(live(), now, &base);
  World world{facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  Plan plan = make_plan(now, &base, world, {}).value();
  Forecast run(const Climate& climate) { return simulate(now, &base, world, plan, climate); }
};

}  // namespace

TEST_CASE("a plan survives the world that it was made for, and worse ones show") {
  Rename rename;
  const auto climate = climate_of(rename.now);
  const auto calm = rename.run(climate);
  CHECK(calm.breaches.empty());
  CHECK(calm.early.empty());
  CHECK(calm.paths == 1);
  CHECK(calm.fetches > 500);
  for (const auto& uptake : calm.uptakes) {
    CHECK(uptake.half <= uptake.most);
    CHECK(uptake.most <= uptake.last);
    const auto& phase = rename.plan.phases[uptake.phase];
    CHECK((phase.wait.terms.empty() || uptake.last < phase.wait.total));
  }
  for (const auto& scenario : scenarios()) {
    CAPTURE(scenario.name);
    auto rough = climate;
    scenario.apply(rough);
    const auto forecast = rename.run(rough);
    CHECK_FALSE(forecast.early.empty());
    CHECK_FALSE(forecast.breaches.empty());
  }
}

TEST_CASE("a breach says when, which path, and what about it") {
  Rename rename;
  for (auto& one : rename.plan.phases) {
    // The PTR changes while most caches still think that there is no such name.
    if (one.id == "swap-ptr") one.starts_after = phase(rename.plan, "add-forward")->starts_after;
  }
  const auto forecast = rename.run(climate_of(rename.now));
  REQUIRE_FALSE(forecast.breaches.empty());
  const auto& breach = forecast.breaches.front();
  CHECK(breach.at == phase(rename.plan, "add-forward")->starts_after);
  CHECK(breach.until > breach.at + seconds(300));
  CHECK(breach.who == "192.0.2.10");
  CHECK(breach.text == "is not confirmed by n1.mail.example");
}
