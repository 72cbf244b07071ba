// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A plan for who has no time: everything at once, and what that costs.
#include <doctest/doctest.h>

#include "plan/lab.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Inventory at(const std::string& address, const std::string& host) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("mx1", address, host, host);
  return builder.build();
}

Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"mx1.mail.example"}).a("mx1.mail.example", 43200, {"192.0.2.10"});
  return dns;
}

PlanOptions at_once() {
  PlanOptions options;
  options.at_once = true;
  return options;
}

}  // namespace

TEST_CASE("a rename at once: one moment, and the exposure is the longest TTL that is about") {
  const auto base = at("192.0.2.10", "mx1.mail.example"), now = at("192.0.2.10", "out.mail.example");
  const auto plan = plan_for(live(), now, &base, at_once()).value();
  CHECK(ids(plan) ==
        Texts{"preflight", "add-forward", "swap-ptr", "switch-helo", "remove-old", "restore-ttl"});
  for (const auto* id : {"add-forward", "swap-ptr", "switch-helo", "remove-old"})
    CHECK(phase(plan, id)->starts_after == seconds(0));
  CHECK(plan.exposure == seconds(300 + 86400 + 60));
  CHECK(plan.total == plan.exposure);
  CHECK(plan.cheap_return_until == seconds(0));
  CHECK(plan.notes.back().find("mail may be refused") != std::string::npos);
  // The plan that takes its time has none.
  CHECK(plan_for(live(), now, &base).value().exposure == seconds(0));
}

TEST_CASE("an RRset that gains and loses does both in one change") {
  const auto base = at("192.0.2.10", "mx1.mail.example"), now = at("192.0.2.11", "mx1.mail.example");
  auto dns = live();
  const auto plan = plan_for(dns, now, &base, at_once()).value();
  CHECK(steps(plan, "add-forward") == Texts{"mx1.mail.example A: 43200 192.0.2.10 => 300 192.0.2.11"});
  CHECK(phase(plan, "remove-old") == nullptr);
  for (const auto& one : plan.phases) {
    for (const auto& step : one.steps) REQUIRE(dns.carry_out(step));
  }
  CHECK(plan_for(dns, now, nullptr, at_once()).value().phases.empty());
}

TEST_CASE("the crowd of caches sees what it costs") {
  const auto base = at("192.0.2.10", "mx1.mail.example"), now = at("192.0.2.11", "mx1.mail.example");
  const auto dns = live();
  const auto facts = ask(dns, now, &base);
  const World world{facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  const auto hasty = make_plan(now, &base, world, at_once()).value();
  CHECK_FALSE(simulate(now, &base, world, hasty, climate_of(now)).breaches.empty());
  const auto patient = make_plan(now, &base, world, {}).value();
  CHECK(simulate(now, &base, world, patient, climate_of(now)).breaches.empty());
}

TEST_CASE("nothing to do is nothing to do, at once or not") {
  const auto now = at("192.0.2.10", "mx1.mail.example");
  const auto plan = plan_for(live(), now, nullptr, at_once()).value();
  CHECK(plan.phases.empty());
  CHECK(plan.exposure == seconds(0));
}
