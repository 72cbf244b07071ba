// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/simulator.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/rename_sample.h"
#include "plan/simulate/cache_crowd.h"

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

namespace {

/// What is wrong where one phase begins at another time than it should.
class Shifted {
 public:
  Shifted(const Dns& dns, Inventory now, Inventory base) : now_(std::move(now)), base_(std::move(base)) {
    facts_ = ask(dns, now_, &base_);
    plan = make_plan(now_, &base_, world(), {}).value();
    CHECK(simulate(now_, &base_, world(), plan, climate_of(now_)).breaches.empty());
  }

  std::set<std::string> breaches(const std::string& id, seconds begins) const {
    auto shifted = plan;
    for (auto& one : shifted.phases) {
      if (one.id == id) one.starts_after = begins;
    }
    std::set<std::string> all;
    for (const auto& breach : simulate(now_, &base_, world(), shifted, climate_of(now_)).breaches)
      all.insert(breach.who + " " + breach.text);
    return all;
  }
  seconds start(const std::string& id) const { return phase(plan, id)->starts_after; }

  Plan plan;

 private:
  World world() const { return {facts_, 0, {"authority", dns::VantageKind::authoritative, "authority"}}; }
  Inventory now_, base_;
  dns::FactStore facts_;
};

}  // namespace

TEST_CASE("a HELO name that goes before the host says another one is seen") {
  const Shifted rename(live(), estate("n1.mail.example"), estate("n0.mail.example"));
  CHECK(rename.breaches("remove-old", rename.start("switch-helo"))
            .contains("192.0.2.10 says HELO n0.mail.example, which does not resolve to it"));
  CHECK(rename.breaches("switch-helo", rename.start("add-forward"))
            .contains("192.0.2.10 says HELO n1.mail.example, which does not resolve to it"));
}

TEST_CASE("an address that sends without its SPF record is seen, and so is mail that is judged days later") {
  const auto inventory = [](const std::string& address) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa")
        .zone("mail.example")
        .zone("example.com")
        .domain("example.com", {"mx"});
    return builder.address("mx", address, "n.mail.example", "n.mail.example").build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("n.mail.example", 300, {"192.0.2.10"});
  dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 -all"});
  const Shifted renumber(dns, inventory("192.0.2.20"), inventory("192.0.2.10"));
  CHECK(renumber.breaches("start-egress", renumber.start("add-forward"))
            .contains("192.0.2.20 is not let through by the SPF record of example.com (pass or fail)"));
  // The host has stopped long ago; its last mail is still under way.
  CHECK(renumber.breaches("remove-old", renumber.start("stop-egress") + seconds(2 * 86400))
            .contains("192.0.2.10 is not let through by the SPF record of example.com (pass or fail)"));
}

TEST_CASE("a relay that no SPF record lists is seen, and a key that is none while its mail is under way") {
  const auto inventory = [](const std::vector<std::string>& via, const std::vector<std::string>& selectors) {
    Builder builder;
    builder.zone("example.com").domain("example.com", via);
    builder.raw().domains.back().dkim = selectors;
    for (const auto* relay : {"old", "new"})
      builder.raw().relays.push_back(
          {relay, "include:spf." + std::string(relay) + ".example", {}, {}, {}, {}, {}});
    return builder.build();
  };
  Dns dns;
  dns.zone("example.com").txt("example.com", 3600, {"v=spf1 include:spf.old.example -all"});
  dns.txt("s2026._domainkey.example.com", 3600, {"v=DKIM1; p=AAAA"});
  dns.txt("s2027._domainkey.example.com", 3600, {"v=DKIM1; p=BBBB"});
  const Shifted change(dns, inventory({"new"}, {"s2027"}), inventory({"old"}, {"s2026"}));
  CHECK(change.breaches("start-relay", change.start("add-forward"))
            .contains("example.com sends through new, which its SPF record does not let through (whatever its own "
                      "terms say)"));
  CHECK(change.breaches("revoke-key", change.start("switch-dkim") + seconds(2 * 86400))
            .contains("example.com has mail signed with s2026, which is no key"));
}

TEST_CASE(
    "a step that does not find what it expects is seen, and one for a zone that the name does not lie in") {
  const auto spoilt = [](void (*spoil)(Step&)) {
    Rename rename;
    for (auto& one : rename.plan.phases) {
      if (one.id != "remove-old") continue;
      REQUIRE(one.steps.size() == 1);
      spoil(one.steps.front());
    }
    std::set<std::string> all;
    for (const auto& breach : rename.run(climate_of(rename.now)).breaches)
      all.insert(breach.who + " " + breach.text);
    return all;
  };
  const std::set<std::string> unexpected{"n0.mail.example A is not what the plan expects there"};
  CHECK(spoilt([](Step&) {}).empty());
  CHECK(spoilt([](Step& step) { step.before.reset(); }) == unexpected);
  CHECK(spoilt([](Step& step) { step.before->rdata = {dns::rdata_of(ip("192.0.2.99"))}; }) == unexpected);
  CHECK(spoilt([](Step& step) { step.zone = name("example"); }) ==
        std::set<std::string>{"n0.mail.example A lies in mail.example, and the plan changes example"});
}

namespace {

/// mx's addresses, of which 192.0.2.20 is new, have the name that the DNS has for the others, or a new one.
struct UnderWildcard {
  UnderWildcard(Dns some, const std::string& former, const std::string& name)
      : dns(std::move(some)), now(host(name, true)), base(host(former, false)), facts(ask(dns, now, &base)) {
    plan = make_plan(now, &base, world(), {}).value();
  }
  static Inventory host(const std::string& name, bool has_new) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
    for (const auto* address : {"192.0.2.10", "2001:db8::10"}) builder.address("mx", address, name, name);
    if (has_new) builder.address("mx", "192.0.2.20", name, name);
    return builder.build();
  }
  static Dns zones(const std::string& pointer) {
    Dns dns;
    dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example", 86400, 300);
    return dns.ptr("192.0.2.10", 300, {pointer}).ptr("2001:db8::10", 300, {pointer});
  }
  World world() const { return {facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}}; }
  std::set<std::string> breaches(const Plan& some) const {
    std::set<std::string> all;
    for (const auto& breach : simulate(now, &base, world(), some, climate_of(now)).breaches)
      all.insert(breach.who + " " + breach.text);
    return all;
  }

  Dns dns;
  Inventory now, base;
  dns::FactStore facts;
  Plan plan;
};

}  // namespace

TEST_CASE(
    "with the first record of its own a name is seen to lose what a wildcard gave it, of the other type") {
  auto dns = UnderWildcard::zones("n.mail.example");
  dns.a("*.mail.example", 300, {"192.0.2.10"}).aaaa("*.mail.example", 300, {"2001:db8::10"});
  UnderWildcard one(dns, "n.mail.example", "n.mail.example");
  CHECK(one.breaches(one.plan).empty());
  for (auto& phase : one.plan.phases) {
    for (auto* steps : {&phase.steps, &phase.rollback})
      std::erase_if(*steps, [](const Step& step) { return step.type == RrType::AAAA; });
  }
  CHECK(one.breaches(one.plan) ==
        std::set<std::string>{"2001:db8::10 is not confirmed by n.mail.example",
                              "2001:db8::10 says HELO n.mail.example, which does not resolve to it"});
}

TEST_CASE("where a wildcard answers for a name that went, caches keep that for its TTL") {
  auto dns = UnderWildcard::zones("n0.mail.example");
  dns.a("n0.mail.example", 300, {"192.0.2.10"}).aaaa("n0.mail.example", 300, {"2001:db8::10"});
  dns.a("*.mail.example", 86400, {"198.51.100.99"});
  UnderWildcard one(dns, "n0.mail.example", "n1.mail.example");
  CHECK(one.breaches(one.plan).empty());
  for (auto& phase : one.plan.phases) {
    if (phase.id.starts_with("remove-old")) phase.rollback_wait.total = seconds(300 + 300 + 60);
  }
  CHECK(
      one.breaches(one.plan).contains("192.0.2.10 says HELO n0.mail.example, which does not resolve to it"));
}

TEST_CASE("the SPF record of a HELO name that comes into use is watched, though no domain is") {
  auto dns = live();
  dns.txt("n1.mail.example", 300, {"v=spf1 ip4:198.51.100.1 -all"});
  Rename rename;
  rename.facts = ask(dns, rename.now, &rename.base);
  rename.plan = make_plan(rename.now, &rename.base, rename.world, {}).value();
  const auto forecast = rename.run(climate_of(rename.now));
  REQUIRE(forecast.breaches.size() == 1);
  CHECK(forecast.breaches.front().text ==
        "is not let through by the SPF record of its HELO name n1.mail.example (fail)");
}
