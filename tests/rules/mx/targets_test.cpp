// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";
constexpr auto host = "in.corp-mail.net";

Estate estate() { return good_estate().domain(corp); }
World world() { return good_world().mx(corp, {{10, host}}); }

}  // namespace

TEST_CASE("mx-target-no-addr: neither family has an address") {
  CHECK(run(estate(), world()).sentence("mx-target-no-addr corp-mail.net") ==
        "the MX record of corp-mail.net names in.corp-mail.net, which does not resolve: no A or AAAA record");
  CHECK(run(estate(), world().nxdomain(host)).sentence("mx-target-no-addr corp-mail.net") ==
        "the MX record of corp-mail.net names in.corp-mail.net, which does not resolve: NXDOMAIN");
  CHECK(run(estate(), world().a(host, {"185.9.2.20"})).silent_about("mx-target-no-addr"));
  CHECK(run(estate(), world().aaaa(host, {"2a92::20"})).silent_about("mx-target-no-addr"));
}

TEST_CASE("mx-cname: a mail host is no alias, wherever that leads") {
  auto said = run(estate(), world().cname(host, "mx1.corp-mail.net"));
  CHECK(said.sentence("mx-cname corp-mail.net") ==
        "the MX record of corp-mail.net names in.corp-mail.net, which is an alias of mx1.corp-mail.net");
  CHECK(said.silent_about("mx-target-no-addr"));
  said = run(estate(), world().cname(host, "nothing.corp-mail.net"));
  CHECK(said.says("mx-cname corp-mail.net"));
  CHECK(said.says("mx-target-no-addr corp-mail.net"));
  // The domain itself may be one: its MX record is that of what stands in for it.
  said = run(good_estate().domain("alias.corp-mail.net"),
             good_world().mx(corp, {{10, "mx1.corp-mail.net"}}).cname("alias.corp-mail.net", corp));
  CHECK(said.silent_about("mx-"));
  CHECK(said.silent_about("mailfrom-"));
}

TEST_CASE("mx-private: an address that nobody outside can reach, also of a domain without MX record") {
  auto said = run(estate(), world().a(host, {"185.9.2.20", "10.0.0.5"}).aaaa(host, {"fd00::5"}));
  CHECK(
      said.sentence("mx-private corp-mail.net") ==
      "in.corp-mail.net takes mail for corp-mail.net and has 10.0.0.5, fd00::5: not an address of the public "
      "Internet");
  said = run(estate(), good_world().a(corp, {"192.168.1.5"}));
  CHECK(said.says("mx-private corp-mail.net"));
  CHECK(run(estate(), world().a(host, {"192.0.2.5"})).silent_about("mx-private"));  // for documentation
  // Of a sender's own name fcrdns-* and leak-private-in-public say it.
  said =
      run(estate(), good_world().mx(corp, {{10, "mx1.corp-mail.net"}}).a("mx1.corp-mail.net", {"10.0.0.5"}));
  CHECK(said.silent_about("mx-private"));
}

TEST_CASE("mx-ip-literal: an address in place of a name, and one that the zone's name came behind") {
  auto said = run(estate(), good_world().mx(corp, {{10, "185.9.2.10"}}));
  CHECK(said.sentence("mx-ip-literal corp-mail.net") ==
        "the MX record of corp-mail.net has the address 185.9.2.10 in place of a host name");
  CHECK(said.silent_about("mx-target-no-addr"));
  CHECK_FALSE(said.questions.contains({name("185.9.2.10"), RrType::A}));

  const auto* appended = "185.9.2.10.corp-mail.net";
  for (const auto* domain : {corp, "mail.corp-mail.net"}) {
    said = run(good_estate().domain(domain), good_world().mx(domain, {{10, appended}}));
    CHECK(
        said.sentence(fmt::format("mx-ip-literal {}", domain)) ==
        fmt::format("the MX record of {} names 185.9.2.10.corp-mail.net, which has no address: it looks like "
                    "the address 185.9.2.10 without a final dot",
                    domain));
    CHECK(said.silent_about("mx-target-no-addr"));
  }
  said = run(estate(), good_world().mx(corp, {{10, appended}}).a(appended, {"185.9.2.10"}));
  CHECK(said.silent_about("mx-"));
  said = run(estate(), good_world().mx(corp, {{10, "1.2.3.other.net"}}).a("1.2.3.other.net", {"185.9.2.10"}));
  CHECK(said.silent_about("mx-"));
}

TEST_CASE("mail hosts: a question that failed is no finding, and the one host's failure hides no other's") {
  for (const auto type : {RrType::A, RrType::AAAA}) {
    for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
      auto said = run(estate(), world().fail(host, type, outcome));
      CAPTURE(text_of(said));
      CHECK(said.says("mx-lookup-failed corp-mail.net (inconclusive)"));
      CHECK(said.silent_about("mx-target-no-addr"));
      CHECK(said.silent_about("mx-cname"));
      CHECK(said.silent_about("mx-private"));
      said = run(estate(),
                 good_world().mx(corp, {{10, host}, {20, "other.corp-mail.net"}}).fail(host, type, outcome));
      CHECK(said.says("mx-target-no-addr corp-mail.net"));
    }
  }
}

TEST_CASE("mail hosts: of a hundred the first sixteen are asked for") {
  std::vector<std::pair<unsigned, std::string>> many;
  for (unsigned i = 0; i < 100; ++i) many.emplace_back(i, fmt::format("in{}.corp-mail.net", i));
  const auto said = run(estate(), good_world().mx(corp, many));
  CHECK(said.questions.contains({name("in15.corp-mail.net"), RrType::A}));
  CHECK_FALSE(said.questions.contains({name("in16.corp-mail.net"), RrType::A}));
}

TEST_CASE("mx-target-no-addr: four numbers in a zone that does not hold the domain are a name") {
  const auto said = run(estate(), good_world().mx(corp, {{10, "9.9.9.9.relay.org"}}));
  CHECK(said.says("mx-target-no-addr corp-mail.net"));
  CHECK(said.silent_about("mx-ip-literal"));
}

TEST_CASE("mx-private: that a domain has no MX record has to be vouched for before its own address counts") {
  CHECK(run(estate(), good_world().a(corp, {"10.0.0.5"})).says("mx-private corp-mail.net"));
  CHECK(run(estate(), good_world().a(corp, {"10.0.0.5"}).without_soa()).silent_about("mx-private"));
}
