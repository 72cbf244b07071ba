// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What one rule about SPF leaves to another, and which addresses and families are meant.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/spf/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto covered = "spf-ip-not-covered";

/// The terms stand in front of what lets the relay through.
World before_relay(const std::string& terms) {
  return shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 " + terms + " include:spf.news.net -all");
}

World with_record(World world, const std::string& record) {
  world.erase("shop.net", RrType::TXT);
  return txt(world, "shop.net", {record});
}

}  // namespace

TEST_CASE("spf-ip-not-covered: what breaks the whole record is said of the domain, and not of each path") {
  const auto said_once = [](const World& world, const std::string& line) {
    const auto said = run(shop(), world);
    CAPTURE(text_of(said));
    CHECK(said.says(line));
    CHECK(said.silent_about(covered));
  };
  auto world = before_relay("include:a.shop.net");
  said_once(txt(world, "a.shop.net", {"v=spf1 include:shop.net -all"}), "spf-loop shop.net");
  world = before_relay("include:a.shop.net");
  said_once(txt(world, "a.shop.net", {"no record"}), "spf-include-none shop.net");
  // Where nothing else is taken in, too.
  said_once(shop_world("v=spf1 include:shop.net ip4:185.9.2.10 ip6:2a92::10 -all"), "spf-loop shop.net");
  world = shop_world("v=spf1 include:a.shop.net ip4:185.9.2.10 ip6:2a92::10 -all");
  said_once(txt(world, "a.shop.net", {"no record"}), "spf-include-none shop.net");
  said_once(before_relay("a:x1.shop.net a:x2.shop.net a:x3.shop.net"), "spf-void-limit shop.net");
  std::string many;
  world = before_relay("");
  for (unsigned i = 0; i < 10; ++i) {
    many += fmt::format(" include:i{}.shop.net", i);
    txt(world, fmt::format("i{}.shop.net", i), {"v=spf1 ip4:185.9.2.10 -all"});
  }
  said_once(with_record(world, "v=spf1 ip4:185.9.2.10 ip6:2a92::10" + many + " include:spf.news.net -all"),
            "spf-lookup-limit shop.net");
  std::vector<std::string> hosts;
  world = before_relay("mx:many.shop.net");
  for (unsigned i = 0; i < 11; ++i) {
    hosts.push_back(fmt::format("h{}.shop.net", i));
    world.a(hosts.back(), {"185.9.2.10"}).aaaa(hosts.back(), {"2a92::10"});
  }
  said_once(mx(world, "many.shop.net", hosts), "spf-mx-limit shop.net");
}

TEST_CASE(
    "spf-void-limit: of mail over IPv6 alone what IPv6 clients ask for counts, and IPv4 where nobody knows") {
  auto world = shop_world("v=spf1 ip6:2a92::10 a:h1.shop.net a:h2.shop.net a:h3.shop.net -all");
  for (const auto* host : {"h1.shop.net", "h2.shop.net", "h3.shop.net"}) world.aaaa(host, {"2a92::10"});
  Estate v6;
  v6.sender("mx1", "mx1.corp-mail.net", {"2a92::10"});
  add_domain(v6, "shop.net", {"mx1"});
  CHECK(run(v6, world).silent_about("spf-void-limit"));
  Estate unknown;
  add_relay(unknown, "news", "include:spf.news.net");
  add_domain(unknown, "shop.net", {"news"});
  CHECK(given(run(unknown, world).draft("spf-void-limit shop.net"), "family") == "IPv4");
}

TEST_CASE("spf-ip-not-covered: blocks of a relay that touch or overlap are one range, counted once") {
  Estate estate;
  add_relay(estate, "news", "include:spf.news.net",
            {"198.51.99.16/28", "198.51.99.0/28", "198.51.99.8/29", "198.51.99.64/30", "2a92:77::/64"});
  add_domain(estate, "shop.net", {"news"});
  auto world = shop_world("v=spf1 include:spf.news.net -all");
  txt(world, "spf.news.net", {"v=spf1 ip6:2a92:77::/64 -all"});
  const auto said = run(estate, world);
  const auto& draft = said.draft("spf-ip-not-covered shop.net via news");
  CHECK(given(draft, "addresses") == "198.51.99.0-198.51.99.31, 198.51.99.64-198.51.99.67");
  CHECK(given(draft, "count") == "36");
}

TEST_CASE("spf-ip-not-covered: a sender with a range has its other addresses too") {
  Estate estate;
  std::vector<Estate::Entry> entries;
  for (unsigned i = 0; i < 4; ++i)
    entries.push_back({fmt::format("185.9.3.{}", i), fmt::format("out-{}.corp-mail.net", i)});
  entries.push_back({"185.9.4.1", "out-x.corp-mail.net"});
  estate.sender("pool", "pool.corp-mail.net", entries);
  estate.inventory.senders.front().ranges = {Prefix::parse("185.9.3.0/30").value()};
  add_domain(estate, "shop.net", {"pool"});
  World world;
  world.zone("shop.net").zone("corp-mail.net");
  txt(world, "shop.net", {"v=spf1 ip4:185.9.3.0/30 -all"});
  txt(world, "pool.corp-mail.net", {"v=spf1 ip4:185.9.3.0/30 ip4:185.9.4.1 -all"});
  const auto said = run(estate, world);
  const auto& draft = said.draft("spf-ip-not-covered shop.net via pool");
  CHECK(given(draft, "addresses") == "185.9.4.1");
}

TEST_CASE("spf-ip-not-covered: a macro about the HELO name has that of the sender") {
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"});
  add_domain(estate, "shop.net", {"mx1"});
  auto world = shop_world("v=spf1 exists:%{h}.ok.shop.net -all");
  CHECK(run(estate, world).says("spf-ip-not-covered shop.net via mx1"));
  world.a("mx1.corp-mail.net.ok.shop.net", {"127.0.0.2"});
  CHECK(run(estate, world).silent_about(covered));
}

TEST_CASE("dual-spf-family-missing: a term of a relay that lacks is said as such, and not as a family") {
  auto estate = good_estate();
  add_relay(estate, "news", "ip4:198.51.99.0/28 ip6:2a92:77::/64", {"198.51.99.0/28", "2a92:77::/64"});
  add_domain(estate, "shop.net", {"news"});
  estate.inventory.rules.push_back({covered, Severity::off, {}});
  const auto world = shop_world("v=spf1 ip4:198.51.99.0/28 -all");
  auto said = report(estate, {walk(world)});
  CHECK(said.finding("spf-relay-missing-include", "shop.net via news").severity == Severity::error);
  CHECK(said.silent_about("dual-spf-family-missing"));
  // Its terms are there, and let one family through.
  estate.inventory.relays.back().spf = "ip4:198.51.99.0/28";
  said = report(estate, {walk(world)});
  CHECK(said.finding("dual-spf-family-missing", "shop.net via news").severity == Severity::error);
}

TEST_CASE("spf-helo-fail: two records of a HELO name, or one that is wrong, are an error to whoever looks") {
  for (const auto& texts : std::vector<std::vector<std::string>>{
           {"v=spf1 ip4:185.9.2.10 ip6:2a92::10 -all", "v=spf1 a -all"}, {"v=spf1 ip4:185.9.2.300 a -all"}}) {
    auto world = shop_world();
    world.erase("mx1.corp-mail.net", RrType::TXT);
    const auto said = run(shop(), txt(world, "mx1.corp-mail.net", texts));
    CAPTURE(text_of(said));
    CHECK(said.sentence("spf-helo-fail mx1").ends_with("permerror"));
    CHECK(said.silent_about("spf-helo-missing"));
  }
}

TEST_CASE("spf-relay-missing-include: a record that is taken in twice lets through by either way") {
  for (const auto* terms :
       {"include:_own.shop.net ?include:_own.shop.net", "?include:_own.shop.net include:_own.shop.net"}) {
    CAPTURE(terms);
    auto world = shop_world(fmt::format("v=spf1 ip4:185.9.2.10 ip6:2a92::10 {} -all", terms));
    txt(world, "_own.shop.net", {"v=spf1 include:spf.news.net -all"});
    const auto said = run(shop(), world);
    CHECK(said.silent_about("spf-relay-missing-include"));
    CHECK(said.silent_about(covered) == std::string_view(terms).starts_with("include"));
  }
}

TEST_CASE("spf-relay-missing-include: what lets through after all does so to the bottom of what it takes in") {
  for (const auto* deeper : {"include:_deep.shop.net", "redirect=_deep.shop.net"}) {
    CAPTURE(deeper);
    auto world = shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 ?include:_own.shop.net include:_own.shop.net -all");
    txt(world, "_own.shop.net", {fmt::format("v=spf1 {}", deeper)});
    txt(world, "_deep.shop.net", {"v=spf1 include:spf.news.net -all"});
    CHECK(run(shop(), world).silent_about("spf-relay-missing-include"));
    world.erase("_own.shop.net", RrType::TXT);
    txt(world, "_own.shop.net", {"v=spf1 ?include:_deep.shop.net -all"});
    CHECK(run(shop(), world).says("spf-relay-missing-include shop.net via news"));
  }
}

TEST_CASE(
    "spf-include-none: what an alias leads to is none where an SOA vouches for that, and not known "
    "elsewhere") {
  for (const bool has_alias : {true, false}) {
    auto world = before_relay("include:x.shop.net");
    if (has_alias) world.cname("x.shop.net", "y.shop.net").a("y.shop.net", {"185.9.2.10"});
    CHECK(run(shop(), world).says("spf-include-none shop.net"));
    const auto bare = run(shop(), world.without_soa());
    CHECK(bare.silent_about("spf-include-n"));
    CHECK(bare.says("spf-temperror shop.net (inconclusive)"));
  }
}

TEST_CASE("spf-syntax: a wrong term is told before one that is ignored, and the first of them") {
  const auto said = run(shop(), before_relay("include=spf.old.net ip5:185.9.2.10 ipv4:185.9.2.10"));
  const auto& draft = said.draft("spf-syntax shop.net");
  CHECK(given(draft, "term") == "ip5:185.9.2.10");
  CHECK(given(draft, "column") == "56");
  CHECK_FALSE(draft.args.severity.has_value());
}

TEST_CASE("spf-ip-extra: networks of relays that lie in each other are counted once") {
  auto estate = shop();
  add_relay(estate, "more", "ip4:198.51.99.8/30 ip4:198.51.99.16/29");
  const auto said = run(estate, before_relay("ip4:198.51.99.0/27"));
  CHECK(given(said.draft("spf-ip-extra shop.net"), "terms") == "ip4:198.51.99.0/27 (8 of 32)");
}
