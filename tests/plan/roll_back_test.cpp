// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "plan/lab.h"
#include "plan/random_estate.h"
#include "plan/rename_sample.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// The plan of a random case, rolled back from wherever.
struct Trial {
  explicit Trial(unsigned seed)
      : estate(random_case(seed)), facts(ask(estate.dns, estate.now, &estate.base)) {
    auto made = make_plan(estate.now, &estate.base, world(), {});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    plan = std::move(*made);
  }

  World world() const { return {facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}}; }
  Climate climate(std::size_t caches) const {
    Climate one = climate_of(estate.now);
    one.caches = caches;
    return one;
  }
  std::vector<Breach> back_from(const Plan& some, const TurningPoint& turn, std::size_t caches = 0) const {
    return simulate_rollback(estate.now, &estate.base, world(), some, climate(caches), turn);
  }
  /// Whether simulate() sees it, by itself, of whatever roll-back.
  bool is_refuted(const Plan& some) const {
    return !simulate(estate.now, &estate.base, world(), some, climate(0)).breaches.empty();
  }

  Case estate;
  dns::FactStore facts;
  Plan plan;
};

/// Just begun, while name servers take it over, when all of them have it, and when its wait is over.
std::vector<TurningPoint> turns_of(const Plan& plan, const Climate& climate) {
  std::vector<TurningPoint> all;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    const auto& one = plan.phases[i];
    std::set<seconds> moments{seconds(0), climate.propagation / 3, climate.propagation, one.wait.total};
    for (const auto after : moments) all.push_back({i, one.starts_after + after});
  }
  return all;
}

std::string describe(const Plan& plan, const TurningPoint& turn, const Breach& breach) {
  return "from " + plan.phases[turn.phase].id + " +" + std::to_string(turn.at.count()) + ": +" +
         std::to_string(breach.at.count()) + " " + breach.who + " " + breach.text;
}

}  // namespace

TEST_CASE("no roll-back of a random plan breaks anything, from whatever moment of whatever phase") {
  std::size_t turns = 0, played = 0;
  Sample sample(10);
  const unsigned all = estates(250);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Trial one(seed);
    std::map<std::size_t, std::size_t> moments;
    for (const auto& turn : turns_of(one.plan, one.climate(0))) {
      ++turns;
      const auto moment = moments[turn.phase]++;
      if (!sample.takes(kind_of(one.plan.phases[turn.phase]) + " " + std::to_string(moment))) continue;
      const auto breaches = one.back_from(one.plan, turn);
      CHECK_MESSAGE(breaches.empty(), describe(one.plan, turn, breaches.front()));
      ++played;
    }
  }
  CHECK(turns > 12 * all);
  CHECK(played > 200);
}

namespace {

std::set<std::string> texts(const std::vector<Breach>& breaches) {
  std::set<std::string> all;
  for (const auto& breach : breaches) all.insert(breach.who + " " + breach.text);
  return all;
}

bool breaks_somewhere(const Trial& one, const Plan& some) {
  const auto turns = turns_of(some, one.climate(0));
  return std::any_of(turns.begin(), turns.end(),
                     [&](const TurningPoint& turn) { return !one.back_from(some, turn).empty(); });
}

}  // namespace

TEST_CASE("whatever is wrong with a roll-back, the simulator finds it without playing each by itself") {
  std::size_t hasty = 0, reckless = 0, incomplete = 0;
  const unsigned all = estates(60);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const Trial one(seed);
    // Nobody waits.
    Plan some = one.plan;
    for (auto& phase : some.phases) phase.rollback_wait = {};
    CHECK(one.is_refuted(some) == breaks_somewhere(one, some));
    hasty += one.is_refuted(some) ? 1 : 0;
    // Forward first.
    some = one.plan;
    for (auto& phase : some.phases) {
      if (phase.id == "add-forward") continue;
      phase.rollback.clear();
      phase.rollback_manual.clear();
    }
    CHECK(one.is_refuted(some) == breaks_somewhere(one, some));
    reckless += one.is_refuted(some) ? 1 : 0;
    // One record is left out.
    some = one.plan;
    for (auto& phase : some.phases) {
      if (phase.id.starts_with("remove-old") && !phase.rollback.empty()) phase.rollback.pop_back();
    }
    CHECK(one.is_refuted(some) == breaks_somewhere(one, some));
    incomplete += one.is_refuted(some) ? 1 : 0;
  }
  CHECK(3 * hasty > all);
  CHECK(3 * reckless > all);
  CHECK(20 * incomplete > all);
}

TEST_CASE("every wait of a roll-back is needed: mail would pay for it") {
  const std::set<std::string> must_be_paid{"add-ptr old-ttl",   "swap-ptr old-ttl",
                                           "switch-helo bake",  "start-egress queue",
                                           "start-relay queue", "remove-old negative-ttl"};
  std::set<std::string> seen, paid;
  Sample sample(1);
  for (unsigned seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const Trial one(seed);
    for (std::size_t i = 0; i < one.plan.phases.size(); ++i) {
      for (const auto& term : one.plan.phases[i].rollback_wait.terms) {
        if (term.value.count() < 2 || term.name == "skew") continue;
        Plan some = one.plan;
        some.phases[i].rollback_wait.total -= std::min(term.value, some.phases[i].rollback_wait.total);
        const auto& id = some.phases[i].id;
        const auto what = id.substr(0, id.find_first_of("0123456789")) + " " + term.name;
        seen.insert(what);
        if (!sample.takes(what) && (paid.contains(what) || !must_be_paid.contains(what))) continue;
        if (one.is_refuted(some)) paid.insert(what);
      }
    }
  }
  CHECK(seen.size() > 12);
  for (const auto& what : must_be_paid) {
    CAPTURE(what);
    CHECK(seen.contains(what));
    CHECK(paid.contains(what));
  }
}

namespace {

/// 192.0.2.10 is to be followed by 192.0.2.20.
struct Renumber {
  Renumber() {
    dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
    dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("n.mail.example", 300, {"192.0.2.10"});
    dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 -all"});
    facts = ask(dns, now, &base);
    plan = make_plan(now, &base, world(), {}).value();
  }
  static Inventory inventory(const std::string& address) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa")
        .zone("mail.example")
        .zone("example.com")
        .domain("example.com", {"mx"});
    return builder.address("mx", address, "n.mail.example", "n.mail.example").build();
  }
  World world() const { return {facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}}; }
  std::vector<Breach> breaches(const Plan& some) const {
    return simulate(now, &base, world(), some, climate_of(now)).breaches;
  }
  Phase& of(Plan& some, const std::string& id) const {
    return *std::find_if(some.phases.begin(), some.phases.end(),
                         [&](const Phase& one) { return one.id == id; });
  }

  Dns dns;
  Inventory now = inventory("192.0.2.20"), base = inventory("192.0.2.10");
  dns::FactStore facts;
  Plan plan;
};

}  // namespace

TEST_CASE("a name that a host still says is not taken away: hosts and caches are waited for") {
  // HELO and PTR are switched in their own phases; the name was given the address before both.
  Inventory now = estate("n1.mail.example"), base = estate("n0.mail.example");
  const auto facts = ask(live(), now, &base);
  const World world{facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  const auto plan = make_plan(now, &base, world, {}).value();
  CHECK(simulate(now, &base, world, plan, climate_of(now)).breaches.empty());
  CHECK(phase(plan, "switch-helo")->rollback_wait.total == seconds(3600));
  CHECK(phase(plan, "swap-ptr")->rollback_wait.total == seconds(660));
  CHECK(phase(plan, "add-forward")->rollback_wait.terms.empty());

  auto hasty = plan;
  for (auto& one : hasty.phases) {
    if (one.id == "switch-helo") one.rollback_wait = {};
  }
  const auto breaches = simulate(now, &base, world, hasty, climate_of(now)).breaches;
  CHECK(texts(breaches).contains("192.0.2.10 says HELO n1.mail.example, which does not resolve to it"));
  REQUIRE_FALSE(breaches.empty());
  REQUIRE(breaches.front().rolled_back);
  // It takes a host that has changed its name before.
  CHECK(plan.phases[breaches.front().rolled_back->phase].id == "switch-helo");
  CHECK(breaches.front().rolled_back->at == phase(plan, "switch-helo")->starts_after);
}

TEST_CASE("a roll-back takes reverse before forward, and leaves SPF until mail under way is judged") {
  const Renumber one;
  CHECK(one.breaches(one.plan).empty());
  auto some = one.plan;
  CHECK(one.of(some, "start-egress").rollback_wait.total == seconds(5 * 86400));
  CHECK(one.of(some, "start-egress").rollback_wait.terms.front().name == "queue");
  CHECK(one.of(some, "add-ptr").rollback_wait.terms.size() == 3);

  one.of(some, "add-ptr").rollback_wait = {};
  auto breaches = one.breaches(some);
  CHECK(texts(breaches) == std::set<std::string>{"192.0.2.20 is not confirmed by n.mail.example"});

  some = one.plan;
  one.of(some, "start-egress").rollback_wait.total = seconds(2 * 86400);
  breaches = one.breaches(some);
  CHECK(
      texts(breaches) ==
      std::set<std::string>{"192.0.2.20 is not let through by the SPF record of example.com (pass or fail)"});
  REQUIRE(breaches.front().rolled_back);
  CHECK(some.phases[breaches.front().rolled_back->phase].id == "start-egress");
}
