// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto zen = "zen.spamhaus.org";
constexpr auto dbl = "dbl.spamhaus.org";
constexpr auto own = "bl.corp-mail.net";
constexpr auto corp = "corp-mail.net";

std::string nibbles(std::string_view address, std::string_view list) {
  auto text = dns::reverse_name(ip(address)).text();
  return text.substr(0, text.size() - std::string_view(".ip6.arpa").size()) + "." + std::string(list);
}

Estate with_list(std::string_view zone, bool of_names = false) {
  auto estate = good_estate();
  estate.inventory.blocklists.push_back(
      {.zone = name(zone), .of_names = of_names, .codes = {}, .refusals = {}, .test = {}, .at = {}});
  return estate;
}
std::string at(std::string_view entry, std::string_view list) {
  return std::string(entry) + "." + std::string(list);
}

/// A list of addresses of both families that works.
World working(std::string_view list) {
  auto world = good_world();
  world.zone(list).a(at("2.0.0.127", list), {"127.0.0.2"});
  world.a(at("2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", list), {"127.0.0.2"});
  return world;
}
World working_names(std::string_view list, std::string_view test) {
  auto world = good_world();
  world.zone(list).a(at(test, list), {"127.0.1.2"});
  return world;
}

}  // namespace

TEST_CASE("dnsbl: nothing is asked that was not configured, and nothing found in a list without entries") {
  CHECK(run(good_estate(), working(zen)).silent_about("dnsbl"));
  for (const auto& question : run(good_estate(), good_world()).questions)
    CHECK_FALSE(question.first.is_within(name(zen)));
  const auto said = run(with_list(zen), working(zen));
  CHECK(said.silent_about("dnsbl"));
  CHECK(said.silent_about("dbl"));
  CHECK(said.questions.contains({name("10.2.9.185.zen.spamhaus.org"), RrType::A}));
}

TEST_CASE("dnsbl-listed: an address, with what the list means and says") {
  auto world = working(zen);
  world.a("10.2.9.185.zen.spamhaus.org", {"127.0.0.2", "127.0.0.9"})
      .txt("10.2.9.185.zen.spamhaus.org", {"https://check.spamhaus.org/sbl/query/SBL1"});
  auto said = run(with_list(zen), world);
  CHECK(said.sentence("dnsbl-listed 185.9.2.10") ==
        "185.9.2.10 is on the blocklist zen.spamhaus.org: 127.0.0.2 (SBL), 127.0.0.9 (DROP); it says: "
        "https://check.spamhaus.org/sbl/query/SBL1");
  CHECK_FALSE(said.says("dnsbl-listed 185.9.2.11"));
  world = working(zen);
  world.a(nibbles("2a92::10", zen), {"127.0.0.77"});
  said = run(with_list(zen), world);
  CHECK(said.sentence("dnsbl-listed 2a92::10") ==
        "2a92::10 is on the blocklist zen.spamhaus.org: 127.0.0.77");
  auto estate = with_list(own);
  estate.inventory.blocklists[0].codes = {{Prefix::parse("127.0.0.2").value(), "ours"},
                                          {Prefix::parse("127.0.0.0/8").value(), "any"}};
  world = working(own);
  world.a(at("10.2.9.185", own), {"127.0.0.2", "127.0.0.5"});
  CHECK(given(run(estate, world).draft("dnsbl-listed 185.9.2.10"), "codes") ==
        "127.0.0.2 (ours), 127.0.0.5 (any)");
}

TEST_CASE("dnsbl: answers that mean that one may not ask are no listing") {
  struct Row {
    const char* answer;
    const char* why;
  };
  for (const Row& row :
       {Row{"127.255.255.252", "mistyped"}, Row{"127.255.255.254", "public resolver"},
        Row{"127.255.255.255", "too often"}, Row{"127.255.255.1", "refuses"}, Row{"127.0.0.1", "refuses"},
        Row{"192.0.2.1", "no answer of a blocklist"}, Row{"127.0.0.66", "declared"}}) {
    CAPTURE(row.answer);
    auto estate = with_list(own);
    estate.inventory.blocklists[0].refusals = {Prefix::parse("127.0.0.66").value()};
    // Of everything, the test entry included.
    auto world = working(own);
    for (const auto* entry : {"2.0.0.127", "1.0.0.127", "10.2.9.185"}) world.a(at(entry, own), {row.answer});
    auto said = run(estate, world);
    CHECK(said.silent_about("dnsbl-listed"));
    CHECK(said.sentence("dnsbl-lookup-failed bl.corp-mail.net").find(row.why) != std::string::npos);
    // Of one address, beside a code that would list it.
    world = working(own);
    world.a(at("10.2.9.185", own), {"127.0.0.4", row.answer});
    said = run(estate, world);
    CHECK(said.silent_about("dnsbl-listed"));
    CHECK(said.sentence("dnsbl-lookup-failed bl.corp-mail.net").starts_with("of "));
  }
}

TEST_CASE("dnsbl: a list without its test entry, or with the one that none has, lists nobody") {
  auto world = good_world();
  world.zone(own).a(at("10.2.9.185", own), {"127.0.0.2"});
  auto said = run(with_list(own), world);
  CHECK(said.silent_about("dnsbl-listed"));
  CHECK(said.sentence("dnsbl-lookup-failed bl.corp-mail.net") ==
        "what is on the blocklist bl.corp-mail.net is not known: it has no entry for 127.0.0.2, which each "
        "list has");
  CHECK_FALSE(said.questions.contains({name(at("10.2.9.185", own)), RrType::A}));
  world = working(own);
  for (const auto* entry : {"1.0.0.127", "10.2.9.185", "11.2.9.185"}) world.a(at(entry, own), {"127.0.0.2"});
  said = run(with_list(own), world);
  CHECK(said.silent_about("dnsbl-listed"));
  CHECK(said.sentence("dnsbl-lookup-failed bl.corp-mail.net").find("it lists everything") !=
        std::string::npos);
}

TEST_CASE("dnsbl: what fails is inconclusive, of the list and of an address") {
  for (const auto outcome :
       {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus, Outcome::unreachable}) {
    CAPTURE(dns::to_string(outcome));
    auto world = working(own);
    world.a(at("10.2.9.185", own), {"127.0.0.2"});
    for (const auto* entry : {"2.0.0.127", "1.0.0.127"}) {
      const auto said = run(with_list(own), World(world).fail(at(entry, own), RrType::A, outcome));
      CHECK(said.says("dnsbl-lookup-failed bl.corp-mail.net (inconclusive)"));
      CHECK(said.silent_about("dnsbl-listed"));
    }
    const auto said = run(with_list(own), World(world).fail(at("11.2.9.185", own), RrType::A, outcome));
    CHECK(said.says("dnsbl-listed 185.9.2.10"));
    CHECK(said.sentence("dnsbl-lookup-failed bl.corp-mail.net").find("1 could not be determined") !=
          std::string::npos);
    const auto reason = run(with_list(own), World(world).fail(at("10.2.9.185", own), RrType::TXT, outcome));
    CHECK(reason.says("dnsbl-listed 185.9.2.10"));
    CHECK(reason.silent_about("dnsbl-lookup-failed"));
  }
}

TEST_CASE("dnsbl: IPv6 addresses are asked about only where the list has IPv6") {
  auto world = good_world();
  world.zone(own).a(at("2.0.0.127", own), {"127.0.0.2"}).a(nibbles("2a92::10", own), {"127.0.0.2"});
  const auto said = run(with_list(own), world);
  CHECK(said.says("dnsbl-not-asked bl.corp-mail.net"));
  CHECK(said.silent_about("dnsbl-listed"));
  CHECK_FALSE(said.questions.contains({name(nibbles("2a92::10", own)), RrType::A}));
  world = working(own);
  world.a(at("1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", own), {"127.0.0.2"})
      .a(nibbles("2a92::10", own), {"127.0.0.2"});
  const auto everything = run(with_list(own), world);
  CHECK(everything.says("dnsbl-lookup-failed bl.corp-mail.net (inconclusive)"));
  CHECK(everything.silent_about("dnsbl-listed"));
}

TEST_CASE(
    "dnsbl: special addresses are not told to a list, unless that is wanted; no more than the limit are") {
  Estate estate;
  estate.sender("lab", "lab.corp-mail.net", {"192.0.2.7", "10.0.0.7", "185.9.2.90", "185.9.2.91"});
  estate.inventory.blocklists.push_back(
      {.zone = name(own), .of_names = false, .codes = {}, .refusals = {}, .test = {}, .at = {}});
  const auto asks = [](const Said& said, std::string_view entry) {
    return said.questions.contains({name(at(entry, own)), RrType::A});
  };
  auto said = run(estate, working(own));
  CHECK(asks(said, "90.2.9.185"));
  CHECK_FALSE(asks(said, "7.2.0.192"));
  CHECK_FALSE(asks(said, "7.0.0.10"));
  estate.inventory.blocklist_use.special_addresses = true;
  said = run(estate, working(own));
  CHECK(asks(said, "7.2.0.192"));
  CHECK(asks(said, "7.0.0.10"));
  CHECK(said.silent_about("dnsbl-not-asked"));
  estate.inventory.blocklist_use.limit = 3;
  said = run(estate, working(own));
  CHECK_FALSE(asks(said, "91.2.9.185"));
  CHECK(said.sentence("dnsbl-not-asked bl.corp-mail.net") ==
        "1 entry was not looked up in bl.corp-mail.net: the limit is 3");
}

TEST_CASE("dbl-listed: domains, HELO names and registered domains, each once") {
  auto estate = with_list(dbl, true);
  estate.domain(corp);
  auto world = working_names(dbl, "dbltest.com");
  world.a(at(corp, dbl), {"127.0.1.2"}).a(at("mx1.corp-mail.net", dbl), {"127.0.1.105"});
  const auto said = run(estate, world);
  CHECK(said.sentence("dbl-listed corp-mail.net") ==
        "corp-mail.net is on the blocklist dbl.spamhaus.org: 127.0.1.2 (low reputation)");
  CHECK(said.sentence("dbl-listed 185.9.2.10") ==
        "mx1.corp-mail.net, which 185.9.2.10 is called by, is on the blocklist dbl.spamhaus.org: 127.0.1.105 "
        "(abused by malware)");
  CHECK_FALSE(said.says("dbl-listed 2a92::10"));
  CHECK(run(estate, working_names(dbl, "dbltest.com"))
            .silent_about("d"
                          "bl"));
}

TEST_CASE("dbl-listed: test entries and refusals of lists of names, of bits too") {
  // RFC 5782 §5 where nothing else is known; what the inventory says goes before.
  auto estate = with_list(own, true);
  auto world = working_names(own, "test");
  world.a(at(corp, own), {"127.0.0.2"});
  CHECK(run(estate, world).says("dbl-listed 185.9.2.10"));
  estate.inventory.blocklists[0].test = name("other.test");
  CHECK(run(estate, world).says("dnsbl-lookup-failed bl.corp-mail.net (inconclusive)"));
  CHECK(run(estate, world).silent_about("dbl-listed"));
  world.a(at("other.test", own), {"127.0.0.2"});
  CHECK(run(estate, world).says("dbl-listed 185.9.2.10"));
  world.a(at("invalid", own), {"127.0.0.2"});
  CHECK(run(estate, world).silent_about("dbl-listed"));
  constexpr auto uribl = "multi.uribl.com";
  world = good_world();
  world.zone(uribl).a(at("test.uribl.com", uribl), {"127.0.0.14"}).a(at(corp, uribl), {"127.0.0.6"});
  CHECK(given(run(with_list(uribl, true), world).draft("dbl-listed 185.9.2.10"), "codes") ==
        "127.0.0.6 (black, grey)");
  world.a(at(corp, uribl), {"127.0.0.3"});
  CHECK(run(with_list(uribl, true), world).silent_about("dbl-listed"));
}
