// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/ptr/rules.h"
#include "rules/several.h"
#include "rules/zone/zone_lint.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto v4 = "ptr-orphan 2.9.185.in-addr.arpa";
constexpr auto v6 = "ptr-orphan 2.9.a.2.ip6.arpa";

Estate swept() {
  auto estate = good_estate();
  for (auto& zone : estate.inventory.zones) zone.sweep = zone.name.labels().back() == "arpa";
  return estate;
}

/// A name that is not above one of these does not exist.
World sparse(World world, std::vector<std::string> addresses) {
  std::vector<dns::Name> names;
  for (const auto& address : addresses) names.push_back(dns::reverse_name(ip(address)));
  return world.change([names](dns::Fact& fact) {
    if (fact.question.type != RrType::PTR || fact.outcome != Outcome::nodata) return;
    for (const auto& name : names) {
      if (name.is_within(fact.question.name)) return;
    }
    fact.outcome = Outcome::nxdomain;
  });
}

World world() { return sparse(good_world(), {"2a92::10", "2a92::11"}); }

}  // namespace

TEST_CASE("ptr-orphan: a swept zone has records of addresses that nobody declares") {
  CHECK(run(swept(), world()).lines.empty());
  const auto more = sparse(good_world()
                               .ptr("185.9.2.20", {"old.corp-mail.net"})
                               .ptr("185.9.2.21", {"older.corp-mail.net"})
                               .ptr("185.9.2.255", {"x.isp.net"})
                               .ptr("2a92:0:0:7::1", {"v6.corp-mail.net"}),
                           {"2a92::10", "2a92::11", "2a92:0:0:7::1"});
  const auto said = run(swept(), more);
  CHECK(said.sentence(v4) ==
        "2.9.185.in-addr.arpa has 3 PTR records of undeclared addresses: 185.9.2.20-185.9.2.21, 185.9.2.255");
  CHECK(said.sentence(v6) == "2.9.a.2.ip6.arpa has 1 PTR record of undeclared addresses: 2a92:0:0:7::1");
  CHECK(report(swept(), {walk(more)}).says(std::string(v4) + " confirmed"));
  // Without `sweep` nobody looks.
  CHECK(run(good_estate(), more).lines.empty());
  CHECK(run(good_estate(), more).questions.size() < 30);
}

TEST_CASE("ptr-orphan: retired addresses, internal views, relays and aliases are no orphans") {
  auto estate = swept();
  estate.inventory.retired_addresses.push_back({ip("185.9.2.20"), {}});
  estate.inventory.internal_views.push_back({.addresses = {ip("185.9.2.21")}});
  estate.inventory.relays.push_back(
      {.name = "relay", .addresses = {Prefix::parse("185.9.2.128/25").value()}});
  const auto more = world()
                        .ptr("185.9.2.20", {"x.isp.net"})
                        .ptr("185.9.2.21", {"x.isp.net"})
                        .ptr("185.9.2.200", {"x.isp.net"})
                        .cname("9.2.9.185.in-addr.arpa", "9.0-63.2.9.185.in-addr.arpa");
  CHECK(run(estate, more).silent_about("ptr-orphan"));
}

TEST_CASE("ptr-orphan: the zone of a part of a /24 has the addresses of that part") {
  Estate estate;
  estate.zone("64/26.2.9.185.in-addr.arpa");
  estate.inventory.zones.back().sweep = true;
  World small;
  small.zone("64/26.2.9.185.in-addr.arpa");
  small.rrset({name("70.64/26.2.9.185.in-addr.arpa"), RrType::PTR, 60, {name("x.isp.net").wire()}});
  const auto said = run(estate, small);
  CHECK(said.sentence("ptr-orphan 64/26.2.9.185.in-addr.arpa") ==
        "64/26.2.9.185.in-addr.arpa has 1 PTR record of undeclared addresses: 185.9.2.70");
  CHECK(said.questions.size() <= 66);
}

TEST_CASE("ptr-orphan: never more than so many questions, and it is said where that is not enough") {
  // Every name exists.
  const auto said = run(swept(), good_world());
  CHECK(said.questions.size() < 256 + 1024 + 100);
  CHECK(said.sentence(v6) ==
        "2.9.a.2.ip6.arpa has more names than 1024 questions find: no PTR record of an undeclared address so "
        "far");
  CHECK(said.silent_about(v4));
  const auto all = run(swept(), good_world().change([](dns::Fact& fact) {
    if (fact.question.type != RrType::PTR || fact.outcome != Outcome::nodata) return;
    if (fact.question.name.label_count() == 34) {
      fact.outcome = Outcome::answer;
      fact.answer = {{fact.question.name, RrType::PTR, 60, {name("x.isp.net").wire()}}};
    }
  }));
  CHECK(all.draft(v6).args.wording == "so-far");
}

TEST_CASE("ptr-orphan: a wildcard above the addresses is not gone down") {
  const auto said = run(swept(), sparse(good_world(), {}).wildcard_ptr("2.9.a.2.ip6.arpa", "x.isp.net"));
  CHECK(said.silent_about(v6));
}

TEST_CASE("ptr-orphan: a question without an answer leaves it open") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    const auto failing = world().fail("99.2.9.185.in-addr.arpa", RrType::PTR, outcome);
    const auto said = run(swept(), failing);
    CHECK(said.lines == std::vector<std::string>{std::string(v4) + " (inconclusive)"});
    CHECK(report(swept(), {walk(failing)}).says(std::string(v4) + " inconclusive"));
    CHECK(
        run(swept(), world().fail("2.9.185.in-addr.arpa", RrType::SOA, outcome)).silent_about("ptr-orphan"));
  }
}

TEST_CASE("ptr-orphan: zone files have all records") {
  const auto judge = rules::judge_texts_ptr_orphan;
  const auto estate = good_estate();
  const auto lint = [&](std::string_view origin, std::string_view records) {
    return ZoneLint(origin, "1", records).declaring(estate.inventory)(judge);
  };
  const std::string wanted = "only PTR records of declared addresses | ";
  CHECK(lint("2.9.185.in-addr.arpa",
             "10 PTR a.isp.net.\n20 PTR a.isp.net.\n22 PTR a.isp.net.\n21 PTR a.isp.net.\n") ==
        Lines{"4:1: " + wanted + "3 PTR records of undeclared addresses: 185.9.2.20-185.9.2.22"});
  CHECK(lint("2.9.185.in-addr.arpa", "$GENERATE 0-255 $ PTR h$.isp.net.\n").size() == 1);
  CHECK(lint("2.9.185.in-addr.arpa", "70.64/26 PTR a.isp.net.\n").size() == 1);
  CHECK(
      lint("2.9.a.2.ip6.arpa", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR a.isp.net.\n") ==
      Lines{"3:1: " + wanted + "1 PTR record of undeclared addresses: 2a92::1"});
  for (const auto* records :
       {"10 PTR a.isp.net.\n11 PTR a.isp.net.\n", "* PTR a.isp.net.\n", "20 TXT x\n", "20 CNAME 20.0-63\n",
        "x PTR a.isp.net.\n", "s NS ns.isp.net.\n1.s PTR a.isp.net.\n"}) {
    CAPTURE(records);
    CHECK(lint("2.9.185.in-addr.arpa", records) == Lines{});
  }
  // Nobody declares the zone.
  CHECK(lint("3.9.185.in-addr.arpa", "20 PTR a.isp.net.\n") == Lines{});
}
