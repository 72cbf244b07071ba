// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "plan/emit.h"
#include "plan/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// A small estate before and after a change, and the DNS that the change finds.
struct Case {
  Inventory base, now;
  Dns dns;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Case make() {
    Case result;
    Builder before, after;
    for (auto* builder : {&before, &after})
      builder->zone("mail.example", manager()).zone("2.0.192.in-addr.arpa", manager());
    after.raw().zones = before.raw().zones;
    for (auto* zones : {&before.raw().zones, &after.raw().zones})
      zones->push_back({name("8.b.d.0.1.0.0.2.ip6.arpa"), ManagedBy::ticket, {}, {}, {}, {}, {}, {}, {}});
    const unsigned hosts = 1 + pick(4);
    for (unsigned i = 0; i < hosts; ++i) {
      const auto sender = "s" + std::to_string(i);
      if (!chance(6)) add(before, sender, addresses(), before_names_);
      if (!chance(8)) add(after, sender, changed(sender), after_names_);
    }
    result.base = before.build();
    result.now = after.build();
    publish(result);
    return result;
  }

 private:
  unsigned pick(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(random_); }
  bool chance(unsigned one_in) { return pick(one_in) == 0; }
  ManagedBy manager() {
    return std::array{ManagedBy::nsupdate, ManagedBy::zonefile, ManagedBy::ticket}[pick(3)];
  }
  std::uint32_t ttl() { return std::array{30u, 300u, 3600u, 86400u}[pick(4)]; }
  std::string host() { return "h" + std::to_string(pick(5)) + ".mail.example"; }

  std::vector<std::string> addresses() {
    std::vector<std::string> all = {fresh_v4()};
    if (chance(2)) all.push_back("2001:db8::" + std::to_string(1 + used_++));
    if (chance(4)) all.push_back(fresh_v4());
    return all;
  }
  std::string fresh_v4() { return "192.0.2." + std::to_string(1 + used_++); }

  void add(Builder& builder, const std::string& sender, const std::vector<std::string>& all,
           std::map<std::string, std::pair<std::string, std::string>>& names) {
    addresses_[sender] = all;
    const auto helo = host();
    for (const auto& address : all) {
      const auto ptr = chance(4) ? host() : helo;
      names[address] = {ptr, helo};
      builder.address(sender, address, ptr, helo);
    }
  }

  /// The addresses that the sender keeps, and new ones.
  std::vector<std::string> changed(const std::string& sender) {
    std::vector<std::string> all;
    for (const auto& address : addresses_[sender]) {
      if (!chance(4)) all.push_back(address);
    }
    if (all.empty() || chance(3)) all.push_back(fresh_v4());
    return all;
  }

  /// The DNS follows the earlier inventory, with a blemish here and there.
  void publish(Case& result) {
    for (const auto* zone : {"mail.example", "2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa"})
      result.dns.zone(zone, 86400, ttl());
    std::map<std::pair<std::string, bool>, std::vector<std::string>> forward;
    for (const auto& [address, names] : before_names_) {
      for (const auto& owner : {names.first, names.second}) {
        auto& all = forward[{owner, address.find(':') != std::string::npos}];
        if (!chance(12) && std::find(all.begin(), all.end(), address) == all.end()) all.push_back(address);
      }
      if (!chance(12)) result.dns.ptr(address, ttl(), {chance(12) ? "generic.hoster.example" : names.first});
    }
    for (const auto& [key, all] : forward) {
      if (all.empty()) continue;
      key.second ? result.dns.aaaa(key.first, ttl(), all) : result.dns.a(key.first, ttl(), all);
    }
    if (chance(2)) result.dns.a(host(), ttl(), {"203.0.113.80"});
  }

  std::mt19937 random_;
  unsigned used_ = 0;
  std::map<std::string, std::vector<std::string>> addresses_;
  std::map<std::string, std::pair<std::string, std::string>> before_names_, after_names_;
};

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

}  // namespace

TEST_CASE("no random change ever breaks a path, whatever the caches hold, and every plan arrives") {
  std::size_t planned = 0, phases = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const Case c = Generator(seed).make();
    const auto result = plan_for(c.dns, c.now, &c.base);
    REQUIRE_MESSAGE(result.has_value(), result.error().message);
    const Plan& plan = *result;
    planned += plan.phases.empty() ? 0 : 1;
    phases += plan.phases.size();
    const Simulator simulator(c.dns, c.now, c.base, plan);
    const auto broken = simulator.broken_paths(), early = simulator.early_phases();
    REQUIRE_MESSAGE(broken.empty(), broken.front());
    REQUIRE_MESSAGE(early.empty(), early.front());
    Dns after = c.dns;
    for (const auto& phase : plan.phases) {
      for (const auto& step : phase.steps) REQUIRE_MESSAGE(after.carry_out(step), step_text(step));
    }
    const auto left = plan_for(after, c.now, &c.now);
    REQUIRE(left.has_value());
    REQUIRE_MESSAGE(left->phases.empty(), left->phases.back().id);
  }
  CHECK(planned > 500);
  CHECK(phases > 2000);
}

TEST_CASE("every term of every wait is needed") {
  std::size_t terms = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const Case c = Generator(seed).make();
    const auto plan = plan_for(c.dns, c.now, &c.base).value();
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
      if (is_last_round(plan, i) || !is_binding(plan, i)) continue;
      for (const auto& term : plan.phases[i].wait.terms) {
        CAPTURE(plan.phases[i].id);
        CAPTURE(term.name);
        const auto by = std::min(term.value, plan.phases[i].wait.total - seconds(1));
        CHECK_FALSE(Simulator(c.dns, c.now, c.base, shortened(plan, i, by)).early_phases().empty());
        CHECK_FALSE(Simulator(c.dns, c.now, c.base, shortened(plan, i, seconds(1))).early_phases().empty());
        ++terms;
      }
    }
  }
  CHECK(terms > 500);
}

TEST_CASE("the simulator sees what happens without waits, and in the wrong order") {
  std::size_t without_waits = 0, wrong_order = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Case c = Generator(seed).make();
    const auto plan = plan_for(c.dns, c.now, &c.base).value();
    Plan hasty = plan;
    for (auto& phase : hasty.phases)
      phase.starts_after = seconds(static_cast<long long>(&phase - hasty.phases.data()));
    if (!Simulator(c.dns, c.now, c.base, hasty).broken_paths().empty()) ++without_waits;
    Plan reversed = plan;
    const auto end = plan.total;
    for (auto& phase : reversed.phases) phase.starts_after = end - phase.starts_after;
    std::reverse(reversed.phases.begin(), reversed.phases.end());
    if (!Simulator(c.dns, c.now, c.base, reversed).broken_paths().empty()) ++wrong_order;
  }
  CHECK(without_waits > 50);
  CHECK(wrong_order > 50);
}

TEST_CASE("without an earlier inventory a plan arrives too, or says why not") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Case c = Generator(seed).make();
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
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const Case c = Generator(seed).make();
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
    for (const auto& file : plan_files(*plan)) CHECK_FALSE(file.content.empty());
    CHECK_FALSE(emit_nsupdate(*plan).empty());
  }
  CHECK(plans > 50);
}
