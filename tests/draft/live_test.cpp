// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/live.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>

#include "dns/rdata_text.h"

using namespace rdnsgate;
using namespace rdnsgate::draft;
using dns::Fact;
using dns::Outcome;
using dns::RrType;

namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }
IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

dns::RRset soa(std::string_view owner) {
  return {name(owner), RrType::SOA, 300, {name("ns").wire() + name("h").wire() + std::string(20, '\1')}};
}

/// Answers by question, the rest NODATA by the zones 2.0.192.in-addr.arpa and mail.example.
class World {
 public:
  Fact& operator()(std::string_view owner, RrType type, Outcome outcome,
                   std::vector<std::string> rdata = {}) {
    Fact& fact = facts_[{name(owner), type}];
    fact.outcome = outcome;
    if (!rdata.empty()) fact.answer = {{name(owner), type, 300, std::move(rdata)}};
    return fact;
  }
  Estate read(const Wanted& wanted, const Estate& before = {}) {
    dns::FactStore store;
    while (true) {
      Estate estate = before;
      dns::FactDesk desk(store, 0);
      read_live(desk, wanted, estate);
      if (desk.complete()) return estate;
      for (const auto& question : desk.missing()) store.insert(answer(question));
    }
  }

 private:
  Fact answer(const dns::Question& question) {
    Fact fact;
    const auto known = facts_.find({question.name, question.type});
    if (known != facts_.end()) {
      fact = known->second;
    } else {
      fact.outcome = Outcome::nodata;
      fact.soa = soa(question.name.is_within(name("arpa")) ? "2.0.192.in-addr.arpa" : "mail.example");
    }
    fact.question = question;
    return fact;
  }
  std::map<std::pair<dns::Name, RrType>, Fact> facts_;
};

std::vector<std::string> zones(const Estate& estate) {
  std::vector<std::string> names;
  for (const auto& zone : estate.zones) names.push_back(zone.name.text());
  return names;
}

}  // namespace

TEST_CASE("live: PTR names and the zones that they are in") {
  World world;
  world("10.2.0.192.in-addr.arpa", RrType::PTR, Outcome::answer, {name("mx1.mail.example").wire()});
  world("11.2.0.192.in-addr.arpa", RrType::PTR, Outcome::answer,
        {name("z.mail.example").wire(), name("mx2.mail.example").wire()});
  const auto estate = world.read({{ip("192.0.2.10"), ip("192.0.2.11"), ip("192.0.2.12")}, {}});
  CHECK(estate.hosts.at(ip("192.0.2.10")).ptr == std::vector{name("mx1.mail.example")});
  CHECK(estate.hosts.at(ip("192.0.2.11")).ptr.front() == name("mx2.mail.example"));
  CHECK(estate.hosts.at(ip("192.0.2.11")).ptr.size() == 2);
  CHECK(estate.hosts.at(ip("192.0.2.12")).left_out == "it has no PTR record");
  CHECK(zones(estate) == std::vector<std::string>{"2.0.192.in-addr.arpa", "mail.example"});
  CHECK(estate.failed_lookups == 0);
}

TEST_CASE("live: a lookup that failed is no missing record, whatever way it failed") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus,
                             Outcome::malformed, Outcome::unanswered, Outcome::unreachable}) {
    World world;
    world("10.2.0.192.in-addr.arpa", RrType::PTR, outcome).reason = "why";
    CHECK(world.read({{ip("192.0.2.10")}, {}}).hosts.at(ip("192.0.2.10")).left_out ==
          "its PTR record could not be looked up: " + std::string(to_string(outcome)) + " (why)");
    CHECK(world.read({{ip("192.0.2.10")}, {}}).failed_lookups == 1);
  }
  World world;  // a denial that nobody vouches for
  world("10.2.0.192.in-addr.arpa", RrType::PTR, Outcome::nxdomain);
  CHECK(world.read({{ip("192.0.2.10")}, {}})
            .hosts.at(ip("192.0.2.10"))
            .left_out.starts_with("its PTR record could"));
}

TEST_CASE("live: a registry's zone is none of ours, and an alias leads into the block's") {
  World world;
  world("10.2.0.192.in-addr.arpa", RrType::PTR, Outcome::answer).answer = {
      {name("10.2.0.192.in-addr.arpa"), RrType::CNAME, 60, {name("10.0-63.2.0.192.in-addr.arpa").wire()}},
      {name("10.0-63.2.0.192.in-addr.arpa"), RrType::PTR, 60, {name("mx.mail.example").wire()}}};
  world("0-63.2.0.192.in-addr.arpa", RrType::SOA, Outcome::answer).answer = {
      soa("0-63.2.0.192.in-addr.arpa")};
  world("11.2.0.192.in-addr.arpa", RrType::PTR, Outcome::answer, {name("mx.mail.example").wire()});
  world("2.0.192.in-addr.arpa", RrType::SOA, Outcome::nxdomain).soa = soa("192.in-addr.arpa");
  const auto estate = world.read({{ip("192.0.2.10"), ip("192.0.2.11")}, {}});
  CHECK(zones(estate) == std::vector<std::string>{"0-63.2.0.192.in-addr.arpa", "mail.example"});
  CHECK(estate.hosts.at(ip("192.0.2.10")).reverse_zone == name("0-63.2.0.192.in-addr.arpa"));
}

TEST_CASE("live: a domain's SPF record names hosts and relays") {
  World world;
  const std::string record = "v=spf1 ip4:192.0.2.10 a mx include:spf.relay.example ip4:10.0.0.0/8 -all";
  world("mail.example", RrType::TXT, Outcome::answer,
        {std::string("\1x", 2), static_cast<char>(record.size()) + record});
  world("mail.example", RrType::A, Outcome::answer, {std::string("\xc0\0\2\x0b", 4)});
  world("mail.example", RrType::MX, Outcome::answer,
        {std::string("\0\12", 2) + name("mx.mail.example").wire()});
  world("mx.mail.example", RrType::A, Outcome::servfail);
  const auto estate = world.read({{}, {name("mail.example")}});
  REQUIRE(estate.domains.size() == 1);
  const auto& domain = estate.domains.front();
  CHECK(domain.addresses == std::vector{ip("192.0.2.10"), ip("192.0.2.11")});
  CHECK(domain.spf_all == "fail");
  REQUIRE(domain.relays.size() == 1);
  CHECK(domain.relays.front().spf == "include:spf.relay.example");
  CHECK(domain.notes ==
        std::vector<std::string>{"its SPF record lets 10.0.0.0/8 through: list those addresses that send",
                                 "the A records of mx.mail.example: servfail"});
  CHECK(estate.hosts.size() == 2);
}

TEST_CASE("live: one answer with very many addresses does not decide how many are looked up") {
  World world;
  const std::string record = "v=spf1 a -all";
  world("mail.example", RrType::TXT, Outcome::answer, {static_cast<char>(record.size()) + record});
  std::vector<std::string> addresses;
  for (unsigned i = 0; i < 5000; ++i)
    addresses.push_back({'\x0a', '\1', static_cast<char>(i >> 8), static_cast<char>(i & 255)});
  world("mail.example", RrType::A, Outcome::answer, std::move(addresses));
  const auto estate = world.read({{}, {name("mail.example")}});
  CHECK(estate.hosts.size() == 4096);
  CHECK(estate.domains.front().notes ==
        std::vector<std::string>{"its SPF record covers 5000 addresses, of which the first 4096 are here"});
}

TEST_CASE("live: a domain without an SPF record, with two, and one that could not be looked up") {
  const auto note = [](auto change) {
    World world;
    change(world);
    const auto estate = world.read({{}, {name("mail.example")}});
    return estate.domains.front().notes.front();
  };
  CHECK(note([](World&) {}) == "mail.example has no SPF record");
  CHECK(note([](World& world) {
          world("mail.example", RrType::TXT, Outcome::answer, {"\6v=spf1", "\6v=spf1"});
        }) == "mail.example has several SPF records, so that none holds");
  CHECK(note([](World& world) { world("mail.example", RrType::TXT, Outcome::timeout); }) ==
        "its SPF record could not be looked up: timeout");
}

TEST_CASE("live: a relay has a label that may stand in an inventory, or is a comment") {
  World world;
  const auto publish = [&](const std::string& record) {
    std::string rdata;
    for (std::size_t at = 0; at < record.size(); at += 255) {
      const auto part = record.substr(at, 255);
      rdata += static_cast<char>(part.size()) + part;
    }
    world("mail.example", RrType::TXT, Outcome::answer, {rdata});
    return world.read({{}, {name("mail.example")}}).domains.front();
  };
  const auto domain = publish(
      "v=spf1 include:_spf.google.com include:spf.google.com include:_SPF.Google.com include:%{ir}.x.example "
      "redirect=__a.example");
  std::vector<std::string> relays;
  for (const auto& relay : domain.relays) relays.push_back(relay.name + " " + relay.spf);
  CHECK(relays == std::vector<std::string>{"spf.google.com include:_spf.google.com",
                                           "spf.google.com-2 include:spf.google.com",
                                           "a.example include:__a.example"});
  REQUIRE(domain.notes.size() == 1);
  CHECK(domain.notes[0] == "its SPF record also has include:%{ir}.x.example");
  const auto odd = publish("v=spf1 include:\x1b[31m include:" + std::string(64, 'a') + ".example");
  CHECK(odd.relays.empty());

  std::string many = "v=spf1";
  for (int i = 0; i < 50; ++i) many += fmt::format(" a:h{}.mail.example mx:m{}.mail.example", i, i);
  const auto flood = publish(many);
  REQUIRE(flood.notes.size() == 12);  // ten names without MX records
  CHECK(flood.notes.front() ==
        "its SPF record has 50 a terms, of which the first 10 are here: receivers look up no more");
  CHECK(flood.notes.back() ==
        "its SPF record has 50 mx terms, of which the first 10 are here: receivers look up no more");
}

namespace {

std::string txt_of(const std::string& text) { return std::string(1, static_cast<char>(text.size())) + text; }

Estate of_domain(World& world, bool selectors) {
  Wanted wanted;
  wanted.domains = {name("mail.example")};
  wanted.relays = selectors;
  Sources sources;
  Diagnostics problems;
  wanted.known =
      read_known_relays(sources, sources.add("known-relays.yaml", std::string(own_known_relays())), problems);
  REQUIRE(problems.empty());
  return world.read(wanted);
}

}  // namespace

TEST_CASE("the DMARC record of a domain is taken over; one that failed is said") {
  World world;
  world("mail.example", RrType::TXT, Outcome::answer, {txt_of("v=spf1 ip4:192.0.2.10 -all")});
  CHECK_FALSE(of_domain(world, false).domains.front().dmarc);
  world("_dmarc.mail.example", RrType::TXT, Outcome::answer,
        {txt_of("v=DMARC1; p=quarantine; rua=mailto:d@mail.example")});
  const auto domain = of_domain(world, false).domains.front();
  REQUIRE(domain.dmarc);
  CHECK(domain.dmarc->policy == "quarantine");
  CHECK(domain.dmarc->rua == std::vector<std::string>{"mailto:d@mail.example"});
  world("_dmarc.mail.example", RrType::TXT, Outcome::answer,
        {txt_of("v=DMARC1; p=none"), txt_of("v=DMARC1; p=reject")});
  CHECK_FALSE(of_domain(world, false).domains.front().dmarc);
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::bogus}) {
    World failing;
    failing("mail.example", RrType::TXT, Outcome::answer, {txt_of("v=spf1 ip4:192.0.2.10 -all")});
    failing("_dmarc.mail.example", RrType::TXT, outcome);
    const auto estate = of_domain(failing, false);
    CHECK_FALSE(estate.domains.front().dmarc);
    CHECK(estate.failed_lookups == 1);
    CHECK_FALSE(estate.domains.front().notes.empty());
  }
}

TEST_CASE("selectors of well-known relays are looked up where that is asked for") {
  World world;
  world("mail.example", RrType::TXT, Outcome::answer,
        {txt_of("v=spf1 ip4:192.0.2.10 include:spf.protection.outlook.com include:spf.relay.example -all")});
  world("selector2._domainkey.mail.example", RrType::TXT, Outcome::answer, {txt_of("v=DKIM1; p=x")});
  CHECK(of_domain(world, false).domains.front().relays.front().dkim.empty());
  const auto relays = of_domain(world, true).domains.front().relays;
  REQUIRE(relays.size() == 2);
  CHECK(relays.front().dkim == std::vector<std::string>{"selector2"});
  CHECK(relays.back().dkim.empty());
}

TEST_CASE("relays: well-known ones have their names, and say of themselves what is known") {
  World world;
  world("mail.example", RrType::TXT, Outcome::answer,
        {txt_of("v=spf1 ip4:192.0.2.10 include:spf.mtasv.net include:spf.relay.example -all")});
  const auto relays = of_domain(world, false).domains.front().relays;
  REQUIRE(relays.size() == 2);
  CHECK(relays.front().name == "postmark");
  CHECK(relays.front().spf == "include:spf.mtasv.net");
  CHECK(relays.front().mail_from == std::vector<std::string>{"pm.mtasv.net", "pm-bounces.{domain}"});
  CHECK(relays.back().name == "spf.relay.example");
  CHECK(relays.back().documentation.empty());
}

TEST_CASE("relays: the addresses that they publish are taken over where that is asked for, or not at all") {
  World world;
  world("mail.example", RrType::TXT, Outcome::answer,
        {txt_of("v=spf1 ip4:192.0.2.10 include:spf.relay.example -all")});
  world("spf.relay.example", RrType::TXT, Outcome::answer,
        {txt_of("v=spf1 ip4:198.51.100.0/25 include:more.relay.example -all")});
  world("more.relay.example", RrType::TXT, Outcome::answer,
        {txt_of("v=spf1 ip4:198.51.100.128/25 ip6:2001:db8::/32 -all")});
  CHECK(of_domain(world, false).domains.front().relays.front().published.empty());
  auto published = of_domain(world, true).domains.front().relays.front().published;
  REQUIRE(published.size() == 2);
  CHECK(published[0].to_string() == "198.51.100.0-198.51.100.255");
  // A part of it would be a declaration that is wrong.
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::bogus}) {
    world("more.relay.example", RrType::TXT, outcome).answer.clear();
    const auto domain = of_domain(world, true).domains.front();
    CHECK(domain.relays.front().published.empty());
    REQUIRE(domain.notes.size() == 1);
    CHECK(domain.notes.front().starts_with("the addresses of spf.relay.example are not declared: "));
  }
}

TEST_CASE("known relays: the program's own list, one of the user's, and what is wrong with one") {
  const auto read = [](const std::string& text) {
    Sources sources;
    Diagnostics problems;
    auto relays = read_known_relays(sources, sources.add("k.yaml", text), problems);
    return std::pair(std::move(relays), std::move(problems));
  };
  auto [relays, problems] = read(std::string(own_known_relays()));
  CHECK(problems.empty());
  REQUIRE(known_relay(relays, "sendgrid.net") != nullptr);
  CHECK(known_relay(relays, "sendgrid.net")->dkim == std::vector<std::string>{"s1", "s2"});
  CHECK(known_relay(relays, "relay.example") == nullptr);
  for (const auto& relay : relays) CHECK(relay.documentation.starts_with("https://"));
  const std::string head = "version: 1\nrelays:\n  - {name: own, documentation: https://r.example/, ";
  const auto own = read(head + "includes: [SPF.Relay.example]}\n");
  CHECK(own.second.empty());
  CHECK(known_relay(own.first, "spf.relay.example") != nullptr);
  for (const auto* text : {"", "[]", "version: 2\nrelays: []\n", "version: 1\n", "version: 1\nrelays: [x]\n",
                           "version: 1\nrelays:\n  - {name: a, includes: [b.example]}\n", "a: [", "{\"version\": 1"}) {
    const auto broken = read(text);
    CAPTURE(text);
    CHECK(broken.first.empty());
    REQUIRE_FALSE(broken.second.empty());
    CHECK(broken.second.front().code.starts_with("relays-"));
  }
  CHECK(read("# none yet\n").second.front().message ==
        "the list of relays is empty: it has to begin with \"version: 1\"");
  CHECK_FALSE(read(head + "includes: []}\n").second.empty());
  CHECK_FALSE(read(head + "includes: [a.example], dkim: ['x y']}\n").second.empty());
  CHECK_FALSE(read(head + "includes: [a.example, A.example]}\n").second.empty());
  CHECK_FALSE(read(head + "includes: [a.example], selectors: [x]}\n").second.empty());
}
