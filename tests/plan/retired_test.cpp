// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Addresses and names that the inventory lists as retired: what the DNS still says of them goes.
#include <doctest/doctest.h>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Builder estate() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  builder.address("mx1", "192.0.2.10", "mx1.mail.example", "mx1.mail.example");
  return builder;
}

Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"mx1.mail.example"}).a("mx1.mail.example", 300, {"192.0.2.10"});
  return dns;
}

Inventory retiring(const std::vector<std::string>& addresses, const std::vector<std::string>& names) {
  auto builder = estate();
  for (const auto& address : addresses) builder.raw().retired_addresses.push_back({ip(address), {}});
  for (const auto& text : names) builder.raw().retired_names.push_back({name(text), {}});
  return builder.build();
}

bool notes(const Plan& plan, const std::string& text) {
  return std::any_of(plan.notes.begin(), plan.notes.end(),
                     [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("a retired address stops, then its PTR goes, then its name") {
  auto dns = live();
  dns.ptr("192.0.2.9", 300, {"old.mail.example"}).a("old.mail.example", 300, {"192.0.2.9"});
  const auto plan = plan_for(dns, retiring({"192.0.2.9"}, {"old.mail.example"})).value();
  CHECK(ids(plan) == Texts{"preflight", "stop-egress", "remove-ptr", "remove-old"});
  CHECK(steps(plan, "remove-ptr") == Texts{"9.2.0.192.in-addr.arpa PTR: 300 old.mail.example. => -"});
  CHECK(steps(plan, "remove-old") == Texts{"old.mail.example A: 300 192.0.2.9 => -"});
  REQUIRE(phase(plan, "stop-egress")->manual.size() == 1);
  CHECK(phase(plan, "stop-egress")->manual[0].text == "stop sending from 192.0.2.9");
  for (const auto& one : plan.phases) {
    for (const auto& step : one.steps) REQUIRE(dns.carry_out(step));
  }
  CHECK(plan_for(dns, retiring({"192.0.2.9"}, {"old.mail.example"})).value().phases.empty());
}

TEST_CASE("of what the DNS no longer knows there is nothing to do") {
  CHECK(plan_for(live(), retiring({"192.0.2.9", "192.0.2.8"}, {"old.mail.example"})).value().phases.empty());
}

TEST_CASE("a PTR that names somebody else's host is left alone") {
  auto dns = live();
  dns.ptr("192.0.2.9", 300, {"host-9.hoster.example"});
  const auto plan = plan_for(dns, retiring({"192.0.2.9"}, {})).value();
  CHECK(plan.phases.empty());
  CHECK(notes(plan, "The PTR record of 192.0.2.9 names nothing in the inventory's zones"));
  // Of two names only ours goes.
  dns.ptr("192.0.2.9", 300, {"host-9.hoster.example", "old.mail.example"});
  CHECK(steps(plan_for(dns, retiring({"192.0.2.9"}, {})).value(), "remove-ptr") ==
        Texts{"9.2.0.192.in-addr.arpa PTR: 300 old.mail.example. host-9.hoster.example. => "
              "300 host-9.hoster.example."});
}

TEST_CASE("a retired name gives up what is ours, and keeps what is not") {
  auto dns = live();
  dns.a("old.mail.example", 300, {"192.0.2.10", "198.51.100.7"});
  CHECK(steps(plan_for(dns, retiring({}, {"old.mail.example"})).value(), "remove-old") ==
        Texts{"old.mail.example A: 300 192.0.2.10 198.51.100.7 => 300 198.51.100.7"});
  // Without being listed, a name may serve others.
  dns.ptr("192.0.2.9", 300, {"old.mail.example"}).a("old.mail.example", 300, {"192.0.2.9", "198.51.100.7"});
  const auto plan = plan_for(dns, retiring({"192.0.2.9"}, {})).value();
  CHECK(steps(plan, "remove-old").empty());
  CHECK(notes(plan, "old.mail.example still has 192.0.2.9; the name is neither declared nor retired"));
}

TEST_CASE("a retired address leaves the SPF record of whoever lists it") {
  auto dns = live();
  dns.txt("mail.example", 300, {"v=spf1 ip4:192.0.2.10 ip4:192.0.2.9 -all"});
  auto builder = estate();
  builder.domain("mail.example", {"mx1"});
  builder.raw().retired_addresses.push_back({ip("192.0.2.9"), {}});
  const auto plan = plan_for(dns, builder.build()).value();
  CHECK(ids(plan) == Texts{"preflight", "stop-egress", "remove-old"});
  REQUIRE(steps(plan, "remove-old").size() == 1);
  CHECK(steps(plan, "remove-old")[0].find("=> 300 \"v=spf1 ip4:192.0.2.10 -all\"") != std::string::npos);
  // Mail sent before may still be judged by it.
  CHECK(formula(*phase(plan, "stop-egress")).find("queue 432000") != std::string::npos);
}

TEST_CASE("what could not be determined of a retired address leaves it as it is") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    auto dns = live();
    dns.broken("9.2.0.192.in-addr.arpa", RrType::PTR, outcome);
    const auto plan = plan_for(dns, retiring({"192.0.2.9"}, {})).value();
    CHECK(plan.phases.empty());
    REQUIRE(plan.left_out.size() == 1);
    CHECK(plan.left_out[0].id == "192.0.2.9");
  }
}

TEST_CASE("with an earlier inventory, a retired address is what it was there") {
  auto dns = live();
  dns.ptr("192.0.2.9", 300, {"old.mail.example"}).a("old.mail.example", 300, {"192.0.2.9"});
  auto earlier = estate();
  earlier.address("mx0", "192.0.2.9", "old.mail.example", "old.mail.example");
  const auto base = earlier.build();
  const auto plan = plan_for(dns, retiring({"192.0.2.9"}, {}), &base).value();
  CHECK(plan.id != "");
  CHECK(phase(plan, "stop-egress")->manual[0].sender == "mx0");
  CHECK(steps(plan, "remove-old") == Texts{"old.mail.example A: 300 192.0.2.9 => -"});
}
