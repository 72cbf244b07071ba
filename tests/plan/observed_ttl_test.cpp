// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The TTL that an RRset ends with: what somebody declared, else what it had.
#include <doctest/doctest.h>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

Builder inventory_of(const std::string& host) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", ManagedBy::octodns).zone("mail.example", ManagedBy::octodns);
  builder.address("mx1", "192.0.2.10", host, host);
  builder.address("mx2", "192.0.2.20", host, host);
  return builder;
}

Dns dns_with(std::uint32_t ptr, std::uint32_t forward) {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", ptr, {"n0.mail.example"}).ptr("192.0.2.20", 86400, {"n1.mail.example"});
  return dns.a("n0.mail.example", forward, {"192.0.2.10"}).a("n1.mail.example", forward, {"192.0.2.20"});
}

/// The TTL that each RRset has when all is done.
std::map<std::string, std::uint32_t> last_ttls(const Plan& plan) {
  std::map<std::string, std::uint32_t> last;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.after && step.type != RrType::SOA) last[step.owner.text()] = step.after->ttl;
    }
  }
  return last;
}

}  // namespace

TEST_CASE("a TTL that was observed and that nobody declared is restored as it was") {
  for (const std::uint32_t ttl : {60u, 300u, 3600u, 7200u, 172800u}) {
    CAPTURE(ttl);
    const auto dns = dns_with(ttl, ttl);
    const auto now = inventory_of("n1.mail.example").build();
    const auto last = last_ttls(plan_for(dns, now).value());
    CHECK(last.at("10.2.0.192.in-addr.arpa") == ttl);
    CHECK(last.at("n1.mail.example") == ttl);
  }
}

TEST_CASE("a TTL that one address of the RRset declares counts, whatever the others have by default") {
  auto builder = inventory_of("n1.mail.example");
  builder.raw().addresses.front().ttl_declared = true;
  builder.raw().addresses.front().ttl = 172800;
  const auto last = last_ttls(plan_for(dns_with(3600, 3600), builder.build()).value());
  CHECK(last.at("10.2.0.192.in-addr.arpa") == 172800);
  CHECK(last.at("n1.mail.example") == 172800);
}

TEST_CASE(
    "a record that was not there before gets the default, and so does one whose TTL only a cache showed") {
  const auto now = inventory_of("n2.mail.example").build();
  const auto dns = dns_with(3600, 3600);
  CHECK(last_ttls(plan_for(dns, now).value()).at("n2.mail.example") == 86400);
  dns::FactStore store;
  ask(dns, now, nullptr).for_each([&](Fact fact) {
    fact.authoritative = false;
    store.insert(fact);
  });
  const dns::VantageInfo info{"resolver", dns::VantageKind::forward, "resolver"};
  const auto plan = make_plan(now, nullptr, {store, 0, info}, {}).value();
  CHECK(last_ttls(plan).at("10.2.0.192.in-addr.arpa") == 86400);
}
