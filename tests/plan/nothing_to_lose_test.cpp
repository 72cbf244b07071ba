// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What is broken already: it is mended at once, and only what depends on something right waits.
#include <doctest/doctest.h>

#include <algorithm>

#include "plan/lab.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Builder one_host() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  return builder;
}

/// Everything is there for a day.
Dns zones() {
  Dns dns;
  return dns.zone("2.0.192.in-addr.arpa", 86400, 86400).zone("mail.example", 86400, 86400);
}

bool holds(const Dns& dns, const Inventory& now, const Inventory* base, const Plan& plan) {
  const auto facts = ask(dns, now, base);
  const World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}};
  return simulate(now, base, world, plan, climate_of(now)).breaches.empty();
}

}  // namespace

TEST_CASE("a PTR that confirms nothing is changed at once, and so is a missing record") {
  auto dns = zones();
  Texts first{"lower-ttl"};
  SUBCASE("the PTR names what does not resolve, and the right name does") {
    dns.ptr("192.0.2.10", 86400, {"old.mail.example"}).a("n1.mail.example", 86400, {"192.0.2.10"});
    first = {"swap-ptr"};
  }
  SUBCASE("neither name resolves") {
    dns.ptr("192.0.2.10", 86400, {"old.mail.example"});
    first = {"add-forward", "swap-ptr"};
  }
  SUBCASE("the PTR names a host elsewhere, of which the zone is ours") {
    dns.ptr("192.0.2.10", 86400, {"old.mail.example"}).a("old.mail.example", 86400, {"198.51.100.1"});
    first = {"add-forward", "swap-ptr"};
  }
  SUBCASE("there is no PTR") {
    dns.a("n1.mail.example", 86400, {"192.0.2.10"});
    first = {"add-ptr"};
  }
  SUBCASE("there is no forward record") {
    dns.ptr("192.0.2.10", 86400, {"n1.mail.example"});
    first = {"add-forward"};
  }
  const auto now = one_host().build();
  for (const auto* base : {static_cast<const Inventory*>(nullptr), &now}) {
    const auto plan = plan_for(dns, now, base).value();
    Texts at_once;
    for (const auto& phase : plan.phases) {
      CHECK(phase.id != "lower-ttl");
      if (phase.starts_after == seconds(0) && !phase.steps.empty()) at_once.push_back(phase.id);
    }
    CHECK(at_once == first);
    CHECK(holds(dns, now, base, plan));
  }
}

TEST_CASE("beside a rename that waits for its TTLs, what is broken is mended at once") {
  // mx1 is renamed and right; the PTR of mx2 confirms nothing, mx3 has no PTR.
  const auto inventory = [](const std::string& host) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder.address("mx1", "192.0.2.10", host, host);
    builder.address("mx2", "192.0.2.20", "m.mail.example", "m.mail.example");
    builder.address("mx3", "192.0.2.30", "o.mail.example", "o.mail.example");
    return builder.build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  dns.ptr("192.0.2.20", 86400, {"gone.mail.example"}).a("m.mail.example", 86400, {"192.0.2.20"});
  dns.a("o.mail.example", 86400, {"192.0.2.30"});
  const auto now = inventory("n1.mail.example"), base = inventory("n0.mail.example");
  const auto plan = plan_for(dns, now, &base).value();
  REQUIRE(phase(plan, "lower-ttl") != nullptr);
  CHECK(steps(plan, "add-ptr") == Texts{"30.2.0.192.in-addr.arpa PTR: - => 86400 o.mail.example."});
  CHECK(steps(plan, "swap-ptr") ==
        Texts{"20.2.0.192.in-addr.arpa PTR: 86400 gone.mail.example. => 300 m.mail.example."});
  for (const auto* id : {"lower-ttl", "add-ptr", "swap-ptr"})
    CHECK(phase(plan, id)->starts_after == seconds(0));
  // What is right is lowered, and waits for it, and for nothing that caches have of the rest.
  for (const auto& step : phase(plan, "lower-ttl")->steps) {
    CHECK(step.owner != name("20.2.0.192.in-addr.arpa"));
    CHECK(step.owner != name("m.mail.example"));
  }
  CHECK(phase(plan, "add-forward")->starts_after == seconds(86760));
  CHECK(steps(plan, "swap-ptr-2").size() == 1);
  CHECK(formula(*phase(plan, "add-ptr")) == "propagation 300 + negative-ttl 3600 + skew 60");
  CHECK(holds(dns, now, &base, plan));
}

TEST_CASE("what may still confirm an address is right until the opposite is seen") {
  auto dns = zones();
  // Whose name it is and whether it resolves was not asked.
  dns.ptr("192.0.2.10", 86400, {"host-10.hoster.example"});
  const auto now = one_host().build();
  const auto plan = plan_for(dns, now, &now).value();
  CHECK(phase(plan, "swap-ptr")->starts_after > seconds(0));
  // Of two names one confirms it.
  auto two = zones();
  two.ptr("192.0.2.10", 86400, {"n0.mail.example", "old.mail.example"})
      .a("n0.mail.example", 86400, {"192.0.2.10"});
  CHECK(phase(plan_for(two, now, &now).value(), "swap-ptr")->starts_after > seconds(0));
}

TEST_CASE("a name that others use rightly is not touched before its turn") {
  // mx1 is to give n1 up, for which the TTL is lowered; mx2 has no forward record at n1.
  const auto inventory = [](const std::string& host) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder.address("mx1", "192.0.2.10", host, host);
    builder.address("mx2", "192.0.2.20", "n1.mail.example", "n1.mail.example");
    return builder.build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n1.mail.example"}).a("n1.mail.example", 86400, {"192.0.2.10"});
  dns.ptr("192.0.2.20", 86400, {"n1.mail.example"});
  const auto now = inventory("n2.mail.example"), base = inventory("n1.mail.example");
  const auto plan = plan_for(dns, now, &base).value();
  std::size_t at_first = 0;
  for (const auto& phase : plan.phases) {
    if (phase.starts_after != seconds(0)) continue;
    for (const auto& step : phase.steps) at_first += step.owner == name("n1.mail.example") ? 1u : 0u;
  }
  CHECK(at_first <= 1);
  CHECK(holds(dns, now, &base, plan));
}

TEST_CASE("all that is broken is mended in one go, however many addresses it is") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  auto dns = zones();
  for (unsigned i = 1; i <= 20; ++i) {
    const auto n = std::to_string(i);
    builder.address("mx" + n, "192.0.2." + n, "n" + n + ".mail.example", "n" + n + ".mail.example");
    dns.ptr("192.0.2." + n, 86400, {"old" + n + ".mail.example"})
        .a("n" + n + ".mail.example", 300, {"192.0.2." + n});
  }
  const auto now = builder.build();
  const auto plan = plan_for(dns, now, &now).value();
  CHECK(phase(plan, "swap-ptr")->steps.size() == 20);
  CHECK(phase(plan, "swap-ptr")->starts_after == seconds(0));
}

TEST_CASE("a HELO name that does not resolve is given its address at once, and what is right waits") {
  // The PTR is right and stays; the host says a name that is not there; mx2 is renamed.
  const auto inventory = [](const std::string& host) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder.address("mx1", "192.0.2.10", "p.mail.example", "h.mail.example");
    builder.address("mx2", "192.0.2.20", host, host);
    return builder.build();
  };
  auto dns = zones();
  dns.ptr("192.0.2.10", 86400, {"p.mail.example"}).a("p.mail.example", 86400, {"192.0.2.10"});
  dns.ptr("192.0.2.20", 172800, {"n0.mail.example"}).a("n0.mail.example", 172800, {"192.0.2.20"});
  const auto now = inventory("n1.mail.example"), base = inventory("n0.mail.example");
  const auto plan = plan_for(dns, now, &base).value();
  REQUIRE(phase(plan, "lower-ttl") != nullptr);
  REQUIRE(phase(plan, "add-forward-2") != nullptr);
  CHECK(phase(plan, "add-forward")->starts_after == seconds(0));
  CHECK(steps(plan, "add-forward") == Texts{"h.mail.example A: - => 86400 192.0.2.10"});
  CHECK(phase(plan, "add-forward-2")->starts_after >= phase(plan, "lower-ttl")->wait.total);
  CHECK(holds(dns, now, &base, plan));
}

TEST_CASE("a provider that looks names up is written to when the name resolves, broken or not") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", ManagedBy::ticket).zone("mail.example");
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  const auto now = builder.build();
  auto dns = zones();
  dns.ptr("192.0.2.10", 86400, {"old.mail.example"});
  const auto plan = plan_for(dns, now, &now).value();
  CHECK(phase(plan, "lower-ttl") == nullptr);
  const auto& forward = *phase(plan, "add-forward");
  CHECK(forward.starts_after == seconds(0));
  CHECK(phase(plan, "swap-ptr")->starts_after == forward.wait.total);
  CHECK(holds(dns, now, &now, plan));
}

TEST_CASE("an address that never comes to the name is missed, broken before or not") {
  auto dns = zones();
  dns.ptr("192.0.2.10", 86400, {"old.mail.example"});
  const auto now = one_host().build();
  auto plan = plan_for(dns, now, &now).value();
  std::erase_if(plan.phases, [](const Phase& one) { return one.id == "add-forward"; });
  CHECK_FALSE(holds(dns, now, &now, plan));
}
