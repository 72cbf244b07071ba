// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Records that a wildcard makes up are none of the name's own.
#include <doctest/doctest.h>

#include <algorithm>

#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/rollout/find_standing.h"
#include "plan/rollout/standing.h"
#include "plan/rollout/verify_phase.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Inventory host(const std::string& name, const Texts& addresses = {"192.0.2.10"}) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  for (const auto& address : addresses) builder.address("mx1", address, name, name);
  return builder.build();
}

Dns zones() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  return dns.ptr("192.0.2.10", 300, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
}

/// Carries everything out, as servers with prerequisites would: a wildcard is no RRset of the name.
void apply(const Plan& plan, Dns& dns) {
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.type != RrType::SOA) REQUIRE_MESSAGE(dns.carry_out(step), step_text(step));
    }
  }
}

bool holds(const Dns& dns, const Inventory& now, const Inventory* base, const Plan& plan) {
  const auto facts = ask(dns, now, base);
  const World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}};
  return simulate(now, base, world, plan, climate_of(now)).breaches.empty();
}

std::size_t addresses_of(const Dns& dns, const std::string& owner) {
  const auto fact = dns.answer(name(owner), RrType::A);
  return fact.answer.empty() ? 0 : fact.answer.front().rdata.size();
}

}  // namespace

TEST_CASE("a new name under a wildcard gets its own address and no stranger's") {
  auto dns = zones();
  dns.a("*.mail.example", 3600, {"198.51.100.99"});
  const auto now = host("n1.mail.example"), base = host("n0.mail.example");
  for (const auto* earlier : {&base, static_cast<const Inventory*>(nullptr)}) {
    const auto plan = plan_for(dns, now, earlier).value();
    CHECK(steps(plan, "add-forward") == Texts{"n1.mail.example A: - => 300 192.0.2.10"});
    // Caches may still have what the wildcard gave.
    CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + old-ttl 3600 + skew 60");
    CHECK(std::any_of(plan.notes.begin(), plan.notes.end(), [](const auto& note) {
      return note.find("n1.mail.example has no records of its own") == 0;
    }));
    CHECK(std::none_of(plan.notes.begin(), plan.notes.end(), [](const auto& note) {
      return note.find("also has addresses") != std::string::npos;
    }));
    const auto at = static_cast<std::size_t>(phase(plan, "add-forward") - plan.phases.data());
    const auto script = nsupdate_script(plan, at, name("mail.example"), false);
    CHECK(script.find("prereq nxrrset n1.mail.example. IN A\n") != std::string::npos);
    CHECK(script.find("198.51.100.99") == std::string::npos);
    CHECK(holds(dns, now, earlier, plan));
    auto after = dns;
    apply(plan, after);
    CHECK(addresses_of(after, "n1.mail.example") == 1);
    // Once the old name has nothing of its own, the wildcard answers for it.
    if (phase(plan, "remove-old") == nullptr) continue;
    const auto& gone = phase(plan, "remove-old")->verify.front();
    CHECK_FALSE(gone.expect);
    REQUIRE(phase(plan, "remove-old")->steps.front().wildcard);
    CHECK(phase(plan, "remove-old")->steps.front().wildcard->rdata ==
          dns.answer(name("x.mail.example"), RrType::A).answer.front().rdata);
  }
}

TEST_CASE("a plan keeps what a wildcard gives when it is written and read") {
  auto dns = zones();
  dns.a("*.mail.example", 3600, {"198.51.100.99"});
  const auto now = host("n1.mail.example"), base = host("n0.mail.example");
  const auto plan = plan_for(dns, now, &base).value();
  const auto read = read_plan(emit_json(plan), "plan.json").value();
  const auto& step = phase(read, "add-forward")->steps.front();
  REQUIRE(step.wildcard);
  CHECK(step.wildcard->ttl == 3600);
}

TEST_CASE(
    "where the wildcard gives a declared address, the first own record takes it along, of both families") {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).ptr("2001:db8::10", 300, {"n.mail.example"});
  dns.a("*.mail.example", 300, {"192.0.2.10", "198.51.100.99"}).aaaa("*.mail.example", 300, {"2001:db8::10"});
  const auto now = host("n.mail.example", {"192.0.2.10", "192.0.2.20", "2001:db8::10"});
  const auto base = host("n.mail.example", {"192.0.2.10", "2001:db8::10"});
  CHECK(plan_for(dns, base, &base).value().phases.empty());
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(steps(plan, "add-forward") == Texts{"n.mail.example A: - => 300 192.0.2.10 192.0.2.20",
                                            "n.mail.example AAAA: - => 86400 2001:db8::10"});
  CHECK(holds(dns, now, &base, plan));
  auto after = dns;
  apply(plan, after);
  CHECK(plan_for(after, now).value().phases.empty());
}

TEST_CASE("a first record of a type that the wildcard does not give takes the declared addresses along, too") {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("*.mail.example", 300, {"192.0.2.10", "198.51.100.99"});
  const auto now = host("n.mail.example", {"192.0.2.10", "2001:db8::10"}), base = host("n.mail.example");
  for (const auto* earlier : {&base, &now, static_cast<const Inventory*>(nullptr)}) {
    const auto plan = plan_for(dns, now, earlier).value();
    CHECK(steps(plan, "add-forward") == Texts{"n.mail.example A: - => 300 192.0.2.10",
                                              "n.mail.example AAAA: - => 86400 2001:db8::10"});
    CHECK(holds(dns, now, earlier, plan));
  }
}

TEST_CASE("a PTR that a wildcard makes is replaced by one of the address's own, and never taken away") {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  dns.set("*.2.0.192.in-addr.arpa", RrType::PTR, 300, {name("pool.mail.example").wire()});
  dns.a("n0.mail.example", 300, {"192.0.2.10"}).a("pool.mail.example", 300, {"192.0.2.10"});
  const auto now = host("n0.mail.example");
  const auto plan = plan_for(dns, now, &now).value();
  CHECK(steps(plan, "swap-ptr") == Texts{"10.2.0.192.in-addr.arpa PTR: - => 300 n0.mail.example."});
  auto after = dns;
  apply(plan, after);

  // The address goes; its PTR and its name are the wildcard's.
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  const auto nothing = builder.build();
  const auto before = host("pool.mail.example");
  const auto made = plan_for(dns, nothing, &before);
  REQUIRE_MESSAGE(made, made.error().message);
  const auto& leaving = *made;
  CHECK(phase(leaving, "remove-ptr") == nullptr);
  CHECK(phase(leaving, "remove-old") == nullptr);
  CHECK(std::any_of(leaving.notes.begin(), leaving.notes.end(), [](const auto& note) {
    return note.find("is made by a wildcard") != std::string::npos;
  }));
}

TEST_CASE("a declared TTL is given to records of the name's own, and not to what a wildcard makes") {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("*.mail.example", 300, {"192.0.2.10"});
  auto now = host("n.mail.example");
  now.addresses.front().ttl = 3600;
  now.addresses.front().ttl_declared = true;
  const auto plan = plan_for(dns, now, &now).value();
  CHECK(steps(plan, "restore-ttl") ==
        Texts{"10.2.0.192.in-addr.arpa PTR: 300 n.mail.example. => 3600 n.mail.example."});
  CHECK(holds(dns, now, &now, plan));
  apply(plan, dns);
  // What has it already is not probed.
  ask(dns, now, &now).for_each([](const dns::Fact& fact) {
    CHECK(fact.question.name.text().find("probe.2.0.192") == std::string::npos);
  });
}

TEST_CASE("a name with records of its own is its own, whatever the wildcard beside it says") {
  auto dns = zones();
  SUBCASE("the same as the wildcard") { dns.a("*.mail.example", 300, {"192.0.2.10"}); }
  SUBCASE("something else") { dns.a("*.mail.example", 300, {"198.51.100.99"}); }
  const auto now = host("n0.mail.example", {"192.0.2.10", "192.0.2.20"});
  const auto base = host("n0.mail.example");
  CHECK(steps(plan_for(dns, now, &base).value(), "add-forward") ==
        Texts{"n0.mail.example A: 300 192.0.2.10 => 300 192.0.2.10 192.0.2.20"});
}

TEST_CASE("a probe that is not answered says nothing of a wildcard") {
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused}) {
    auto dns = zones();
    dns.broken("rdnsgate-wildcard-probe.mail.example", RrType::A, outcome);
    const auto now = host("n1.mail.example"), base = host("n0.mail.example");
    CHECK(plan_for(dns, now, &base));
  }
}

TEST_CASE("an SPF record that a wildcard makes is not changed") {
  auto dns = zones();
  dns.txt("*.mail.example", 300, {"v=spf1 ip4:192.0.2.10 -all"});
  Builder one, two;
  for (auto* builder : {&one, &two}) {
    builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder->address("mx1", "192.0.2.10", "n0.mail.example", "n0.mail.example");
    builder->domain("news.mail.example", {"mx1"});
  }
  two.address("mx1", "192.0.2.20", "n0.mail.example", "n0.mail.example");
  const auto base = one.build(), now = two.build();
  const auto plan = plan_for(dns, now, &base);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().message.find("made by a wildcard") != std::string::npos);
}

TEST_CASE("a name with a wildcard of its own below it is its own, where all three say the same") {
  auto dns = zones();
  dns.a("*.mail.example", 300, {"192.0.2.10"}).a("*.n0.mail.example", 300, {"192.0.2.10"});
  const auto now = host("n0.mail.example", {"192.0.2.10", "192.0.2.20"});
  const auto base = host("n0.mail.example");
  CHECK(steps(plan_for(dns, now, &base).value(), "add-forward") ==
        Texts{"n0.mail.example A: 300 192.0.2.10 => 300 192.0.2.10 192.0.2.20"});
}

TEST_CASE("names that do not change are not probed") {
  auto dns = zones();
  dns.a("*.mail.example", 300, {"198.51.100.99"});
  const auto now = host("n0.mail.example");
  ask(dns, now, &now).for_each([](const dns::Fact& fact) {
    CHECK(fact.question.name.text().find("wildcard-probe") == std::string::npos);
  });
}

TEST_CASE("facts without the probes make the plan that they made before, and it says so") {
  auto dns = zones();
  dns.a("*.mail.example", 300, {"198.51.100.99"});
  const auto now = host("n1.mail.example"), base = host("n0.mail.example");
  dns::FactStore older;
  ask(dns, now, &base).for_each([&](const dns::Fact& fact) {
    if (fact.question.name.text().find("wildcard-probe") == std::string::npos) older.insert(fact);
  });
  const World world{older, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  const auto plan = make_plan(now, &base, world, {});
  REQUIRE(plan);
  CHECK(std::any_of(plan->notes.begin(), plan->notes.end(), [](const auto& note) {
    return note.find("Whether a wildcard makes the records of") == 0;
  }));
}

TEST_CASE("the apex of a zone is its own: the zone above is not asked") {
  auto dns = zones();
  dns.txt("mail.example", 300, {"v=spf1 ip4:192.0.2.10 -all"});
  Builder one, two;
  for (auto* builder : {&one, &two}) {
    builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
    builder->address("mx1", "192.0.2.10", "n0.mail.example", "n0.mail.example");
    builder->domain("mail.example", {"mx1"});
  }
  two.address("mx1", "192.0.2.20", "n0.mail.example", "n0.mail.example");
  const auto base = one.build(), now = two.build();
  ask(dns, now, &base).for_each([](const dns::Fact& fact) {
    CHECK(fact.question.name.text() != "rdnsgate-wildcard-probe.example");
  });
}

TEST_CASE("a verification takes what a wildcard gives for nothing of the name's own") {
  auto dns = zones();
  dns.a("*.mail.example", 3600, {"198.51.100.99"});
  const auto now = host("n1.mail.example"), base = host("n0.mail.example");
  const auto plan = plan_for(dns, now, &base).value();
  apply(plan, dns);
  const auto* removal = phase(plan, "remove-old");
  REQUIRE(removal != nullptr);
  const dns::VantageInfo info{"recursive", dns::VantageKind::recursive, "recursive"};
  const auto wrong = [&] {
    dns::FactStore store;
    for (const auto& check : removal->verify) store.insert(dns.answer(check.owner, check.type));
    return verify_phase(*removal, store, 0, info).wrong.size();
  };
  CHECK(wrong() == 0);
  // Another record keeps the name, and the wildcard away from it.
  dns.txt("n0.mail.example", 300, {"x"});
  CHECK(wrong() == 0);
  dns.a("n0.mail.example", 300, {"192.0.2.10"});
  CHECK(wrong() == 1);
}
