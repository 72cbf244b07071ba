// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// One address that several mail servers leave from, each with its HELO name.
#include <doctest/doctest.h>

#include <algorithm>

#include "plan/lab.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Inventory behind(const Texts& helos, const Texts& retired = {}) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("nat", "192.0.2.10", "nat.mail.example", helos.front());
  for (std::size_t i = 1; i < helos.size(); ++i)
    builder.raw().addresses.back().other_helos.push_back(name(helos[i]));
  for (const auto& text : retired) builder.raw().retired_names.push_back({name(text), {}});
  return builder.build();
}

Dns dns_of(const Texts& names) {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa", 86400, 86400).zone("mail.example", 86400, 86400);
  dns.ptr("192.0.2.10", 86400, {"nat.mail.example"});
  for (const auto& one : names) dns.a(one, 86400, {"192.0.2.10"});
  return dns;
}

std::size_t breaches(const Dns& dns, const Inventory& now, const Inventory* base, const Plan& plan) {
  const auto facts = ask(dns, now, base);
  const World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}};
  return simulate(now, base, world, plan, climate_of(now)).breaches.size();
}

bool notes(const Plan& plan, std::string_view text) {
  return std::any_of(plan.notes.begin(), plan.notes.end(),
                     [&](const auto& note) { return note.find(text) != std::string::npos; });
}

const std::string a = "a.mail.example", b = "b.mail.example", c = "c.mail.example", nat = "nat.mail.example";

}  // namespace

TEST_CASE("one more server behind an address gets its record, and no host is told to change its name") {
  const auto dns = dns_of({nat, a});
  const auto before = behind({a}), now = behind({a, b});
  for (const auto* base : {static_cast<const Inventory*>(nullptr), &before}) {
    const auto plan = plan_for(dns, now, base).value();
    CHECK(steps(plan, "add-forward") == Texts{"b.mail.example A: - => 86400 192.0.2.10"});
    CHECK(phase(plan, "switch-helo") == nullptr);
    CHECK(phase(plan, "remove-old") == nullptr);
    CHECK(breaches(dns, now, base, plan) == 0);
  }
}

TEST_CASE("the order of the names is no change") {
  const auto dns = dns_of({nat, a, b});
  const auto before = behind({a, b}), now = behind({b, a});
  CHECK(plan_for(dns, now, &before).value().phases.empty());
}

TEST_CASE("a name that is taken out keeps its address until it is retired") {
  const auto dns = dns_of({nat, a, b});
  const auto before = behind({a, b}), now = behind({a}), without = behind({a}, {b});
  const auto kept = plan_for(dns, now, &before).value();
  CHECK(kept.phases.empty());
  CHECK(notes(kept, "b.mail.example keeps 192.0.2.10"));
  const auto removed = plan_for(dns, without, &before).value();
  CHECK(phase(removed, "remove-old") != nullptr);
  CHECK(breaches(dns, without, &before, removed) == 0);
  // The simulator does not take the planner's word for it.
  CHECK(breaches(dns, now, &before, removed) > 0);
  CHECK(breaches(dns, before, &before, removed) > 0);
}

TEST_CASE("which server says another name is not known") {
  const auto dns = dns_of({nat, a, b});
  for (const auto& [from, to] :
       {std::pair{Texts{a, b}, Texts{c, b}}, {Texts{a}, Texts{c, b}}, {Texts{a, b}, Texts{b}}}) {
    const auto before = behind(from), now = behind(to);
    const auto plan = plan_for(dns, now, &before);
    if (to == Texts{b}) continue;
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().message.find("which of them says another name in place of a.mail.example") !=
          std::string::npos);
  }
}

TEST_CASE("where nothing leaves any more, all names go, after the servers") {
  const auto dns = dns_of({nat, a, b});
  const auto before = behind({a, b});
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("mx", "192.0.2.20", "mx.mail.example", "mx.mail.example");
  const auto now = builder.build();
  const auto plan = plan_for(dns, now, &before).value();
  const auto order = ids(plan);
  const auto stop = std::find(order.begin(), order.end(), "stop-egress"),
             gone = std::find(order.begin(), order.end(), "remove-old");
  REQUIRE(gone != order.end());
  CHECK(stop < gone);
  CHECK(breaches(dns, now, &before, plan) == 0);
}
