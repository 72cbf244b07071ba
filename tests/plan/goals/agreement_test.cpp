// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What is planned while the name servers of a zone don't say the same.
#include <doctest/doctest.h>

#include "dns/cut_sample.h"
#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

Inventory renamed() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", ManagedBy::ticket).zone("mail.example", ManagedBy::ticket);
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  builder.address("mx2", "192.0.2.11", "other.mail.example", "other.mail.example");
  builder.raw().retired_names.push_back({name("n0.mail.example"), {}});
  return builder.build();
}

Dns before() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  dns.ptr("192.0.2.11", 86400, {"other.mail.example"}).a("other.mail.example", 86400, {"192.0.2.11"});
  return dns;
}

dns::ServerAnswer said(const std::string& server, const std::string& address, Outcome outcome,
                       const std::string& target, std::uint32_t ttl = 86400) {
  dns::ServerAnswer answer{name(server), ip(address), outcome, {}, {}, {}};
  if (!target.empty())
    answer.answer = {{name("10.2.0.192.in-addr.arpa"), RrType::PTR, ttl, {dns::rdata_of(name(target))}}};
  return answer;
}

Dns two_servers(dns::ServerAnswer second) {
  return before().change("10.2.0.192.in-addr.arpa", RrType::PTR, [second](Fact& fact) {
    fact.servers = {said("ns1.test", "198.51.100.1", Outcome::answer, "n0.mail.example"), second};
  });
}

}  // namespace

TEST_CASE("a record that is to change and is not the same everywhere is in the way of a plan") {
  const auto plan =
      plan_for(two_servers(said("ns2.test", "198.51.100.2", Outcome::answer, "n9.mail.example")), renamed());
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().message ==
        "no plan: 10.2.0.192.in-addr.arpa PTR: n0.mail.example. at ns1.test (198.51.100.1), "
        "n9.mail.example. at ns2.test (198.51.100.2)");
  const auto gone = plan_for(two_servers(said("ns2.test", "198.51.100.2", Outcome::nxdomain, "")), renamed());
  REQUIRE_FALSE(gone.has_value());
  CHECK(gone.error().message.find("none at ns2.test (198.51.100.2)") != std::string::npos);
}

TEST_CASE("a server that says nothing, and a record that stays, are not") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused})
    CHECK(plan_for(two_servers(said("ns2.test", "198.51.100.2", outcome, "")), renamed()).has_value());
  const auto dns = before().change("11.2.0.192.in-addr.arpa", RrType::PTR, [](Fact& fact) {
    fact.servers = {said("ns1.test", "198.51.100.1", Outcome::answer, "other.mail.example"),
                    said("ns2.test", "198.51.100.2", Outcome::nxdomain, "")};
  });
  CHECK(plan_for(dns, renamed()).has_value());
}

TEST_CASE("so is one that stays, where the next step stands on it") {
  // The new name has its address already, at one of two servers.
  const auto forward = [](const std::string& server, const std::string& address, const std::string& has) {
    dns::ServerAnswer answer{name(server), ip(address), Outcome::answer, {}, {}, {}};
    if (has.empty()) answer.outcome = Outcome::nxdomain;
    if (!has.empty()) answer.answer = {{name("n1.mail.example"), RrType::A, 86400, {dns::rdata_of(ip(has))}}};
    return answer;
  };
  for (const std::string second : {"", "192.0.2.99"}) {
    const auto dns = before()
                         .a("n1.mail.example", 86400, {"192.0.2.10"})
                         .change("n1.mail.example", RrType::A, [&](Fact& fact) {
                           fact.servers = {forward("ns1.test", "198.51.100.1", "192.0.2.10"),
                                           forward("ns2.test", "198.51.100.2", second)};
                         });
    const auto plan = plan_for(dns, renamed());
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().message.find("n1.mail.example A") != std::string::npos);
    CHECK(plan.error().message.find("at ns2.test (198.51.100.2)") != std::string::npos);
  }
}

TEST_CASE("of several TTLs the longest is waited for, and the server named") {
  const auto slow = said("ns2.test", "198.51.100.2", Outcome::answer, "n0.mail.example", 172800);
  const auto plan = plan_for(two_servers(slow), renamed()).value();
  const auto& wait = phase(plan, "lower-ttl")->wait;
  CHECK(formula(*phase(plan, "lower-ttl")) == "propagation 300 + old-ttl 172800 + skew 60");
  CHECK(wait.terms[1].origin == "observed at ns2.test (198.51.100.2)");
}

TEST_CASE("who sees one server of each zone says so in the plan") {
  const auto facts = ask(before(), renamed(), nullptr);
  const auto says_so = [&](dns::VantageKind kind) {
    const auto plan = make_plan(renamed(), nullptr, {facts, 0, {"own", kind, "own"}}, {}).value();
    return std::any_of(plan.notes.begin(), plan.notes.end(), [](const std::string& note) {
      return note.rfind("own asks one name server of each zone", 0) == 0;
    });
  };
  CHECK(says_so(dns::VantageKind::recursive));
  CHECK(says_so(dns::VantageKind::forward));
  CHECK_FALSE(says_so(dns::VantageKind::authoritative));
  CHECK_FALSE(says_so(dns::VantageKind::zonefiles));
}

TEST_CASE("what the name servers say and does not validate is no ground for a plan") {
  const auto plan_with = [](const Dns& seen) {
    auto facts = ask(before(), renamed(), nullptr);
    const World world{facts, 0, {"authority", dns::VantageKind::authoritative, "authority"}, 1};
    while (true) {
      dns::FactDesk desk(facts, 1);
      read_validation(renamed(), nullptr, world, desk);
      if (desk.complete()) break;
      for (const auto& question : desk.missing()) {
        auto fact = seen.answer(question.name, question.type);
        fact.question.vantage = 1;
        facts.insert(fact);
      }
    }
    return make_plan(renamed(), nullptr, world, {});
  };
  const auto bogus = before().change("10.2.0.192.in-addr.arpa", RrType::PTR,
                                     [](Fact& fact) { fact.security = dns::Security::bogus; });
  const auto without = plan_with(bogus).value();
  CHECK(without.phases.empty());
  REQUIRE(without.left_out.size() == 1);
  CHECK(without.left_out[0].reason == "10.2.0.192.in-addr.arpa PTR: bogus");
  CHECK(plan_with(before()).has_value());
  // Recursion that only failed says nothing against what the name servers themselves say.
  CHECK(plan_with(before().broken("10.2.0.192.in-addr.arpa", RrType::PTR, Outcome::timeout)).has_value());
}

TEST_CASE("different serials of a zone are a note") {
  auto cut = dns::cuts::sound();
  cut.servers[1].addresses[0].soa_udp =
      dns::cuts::said(dns::cuts::answer(RrType::SOA, {dns::cuts::soa_data(9)}));
  const auto apart = std::make_shared<dns::Delegation>(dns::Delegation{cut, {}});
  const auto with = [&](const std::string& zone) {
    return before().change(zone, RrType::SOA, [&](Fact& fact) { fact.delegation = apart; });
  };
  const auto noted = [&](const std::string& zone) {
    const auto plan = plan_for(with(zone), renamed()).value();
    return std::any_of(plan.notes.begin(), plan.notes.end(), [](const std::string& note) {
      return note.find("serial 9 at ns2.test (198.51.100.12)") != std::string::npos;
    });
  };
  CHECK(noted("mail.example"));
  cut = dns::cuts::sound();
  *apart = {cut, {}};
  CHECK_FALSE(noted("mail.example"));
}
