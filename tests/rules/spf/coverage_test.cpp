// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/registry.h"
#include "rules/spf/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto path = "spf-ip-not-covered shop.net via mx1";

Said shop_with(const std::string& record) { return run(shop(), shop_world(record)); }

/// Every answer about the name is one that no zone file holds.
World& outside(World& world, const std::string& of) {
  return world.change(of, RrType::TXT, [](dns::Fact& fact) {
    fact.outcome = Outcome::unanswered;
    fact.answer.clear();
    fact.soa.reset();
    fact.from_files = dns::FromFiles::outside;
  });
}

}  // namespace

TEST_CASE("spf: a right estate has nothing to say") {
  const auto said = run(shop(), shop_world());
  CAPTURE(text_of(said));
  CHECK(said.silent_about("spf-"));
  CHECK(said.silent_about("dual-spf-"));
}

TEST_CASE("spf: without domains nothing is asked and nothing is said") {
  const auto said = run(good_estate(), good_world());
  CHECK(said.silent_about("spf-"));
  for (const auto& [owner, type] : said.questions) CHECK(type != RrType::TXT);
}

TEST_CASE(
    "spf-ip-not-covered: one finding for a path, with all addresses that do not pass, and how to fix it") {
  auto said = shop_with("v=spf1 include:spf.news.net -all");
  CHECK(said.sentence(path) ==
        "2 addresses of mx1 may not send for shop.net: SPF gives fail (-all) for 185.9.2.10, 2a92::10");
  CHECK(given(said.draft(path), "terms") == "ip4:185.9.2.10, ip6:2a92::10");
  CHECK(said.silent_about("spf-ip-not-covered shop.net via news"));

  said = shop_with("v=spf1 ip4:185.9.2.10 include:spf.news.net ~all");
  CHECK(said.sentence(path) ==
        "1 address of mx1 may not send for shop.net: SPF gives softfail (~all) for 2a92::10");
  CHECK(said.says("dual-spf-family-missing shop.net via mx1"));

  // No match at all is neutral, and a match that is no pass is none.
  said = shop_with("v=spf1 -ip4:185.9.2.10 ?ip6:2a92::/32 include:spf.news.net +all");
  CHECK(given(said.draft(path), "results") == "fail (-ip4:185.9.2.10), neutral (?ip6:2a92::/32)");
  said = shop_with("v=spf1 include:spf.news.net");
  CHECK(given(said.draft(path), "results") == "neutral");
}

TEST_CASE("spf-ip-not-covered: addresses by a, mx, redirect and includes are covered") {
  auto world = shop_world("v=spf1 mx a:mx1.corp-mail.net include:spf.news.net -all");
  mx(world, "shop.net", {"mx1.corp-mail.net"});
  CHECK(run(shop(), world).silent_about("spf-ip-not-covered"));
  world = shop_world("v=spf1 redirect=_spf.shop.net");
  txt(world, "_spf.shop.net", {"v=spf1 ip4:185.9.2.0/28 ip6:2a92::/64 include:spf.news.net -all"});
  CHECK(run(shop(), world).silent_about("spf-ip-not-covered"));
}

TEST_CASE("spf-ip-not-covered: a relay's blocks are evaluated, unless its include is what lacks") {
  auto world = shop_world();
  txt(world, "spf.news.net", {"v=spf1 ip4:198.51.99.0/29 -all"});
  const auto said = run(shop(), world);
  CHECK(said.sentence("spf-ip-not-covered shop.net via news") ==
        "8 addresses of news may not send for shop.net: SPF gives fail (-all) for 198.51.99.8-198.51.99.15");
  CHECK(given(said.draft("spf-ip-not-covered shop.net via news"), "terms") == "ip4:198.51.99.8/29");

  const auto without = shop_with("v=spf1 ip4:185.9.2.10 ip6:2a92::10 -all");
  CHECK(without.silent_about("spf-ip-not-covered"));
  CHECK(without.sentence("spf-relay-missing-include shop.net via news") ==
        "the SPF record of shop.net lacks include:spf.news.net of the relay news");
}

TEST_CASE("spf-ip-not-covered: silent where the domain's record is none that works") {
  for (const auto& records : std::vector<std::vector<std::string>>{
           {}, {"google-site-verification=1"}, {"v=spf1 -all", "v=spf1 +all"}, {"v=spf1 ip5:1.2.3.4 -all"}}) {
    auto world = shop_world();
    world.erase("shop.net", RrType::TXT);
    if (!records.empty()) txt(world, "shop.net", records);
    const auto said = run(shop(), world);
    CAPTURE(text_of(said));
    CHECK(said.silent_about("spf-ip-not-covered"));
    CHECK(said.silent_about("spf-relay-missing-include"));
    CHECK(spf_lines(said).size() == 1);
  }
  // Nor is an error of an include repeated.
  auto world =
      shop_world("v=spf1 include:none.shop.net ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net -all");
  world.a("none.shop.net", {"192.0.2.1"});
  const auto said = run(shop(), world);
  CHECK(said.says("spf-include-none shop.net"));
  CHECK(said.silent_about("spf-ip-not-covered"));
}

TEST_CASE(
    "spf-ip-not-covered: what failed is told once, of the domain, and a path that stands anyway is right") {
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::bogus,
                             Outcome::unreachable, Outcome::malformed, Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    auto world = shop_world("v=spf1 include:spf.news.net ip4:185.9.2.10 ip6:2a92::10 -all");
    world.fail("spf.news.net", RrType::TXT, outcome);
    const auto said = run(shop(), world);
    CAPTURE(text_of(said));
    CHECK(said.says("spf-temperror shop.net (inconclusive)"));
    CHECK(spf_lines(said).size() == 1);
    const auto own = run(shop(), shop_world().fail("shop.net", RrType::TXT, outcome));
    CAPTURE(text_of(own));
    CHECK(own.says("spf-temperror shop.net (inconclusive)"));
    CHECK(spf_lines(own).size() == 1);
  }
  // A refusal that comes before what failed is certain.
  auto world = shop_world("v=spf1 -ip4:185.9.2.10 include:spf.news.net ip6:2a92::10 -all");
  world.fail("spf.news.net", RrType::TXT, Outcome::servfail);
  const auto said = run(shop(), world);
  CHECK(given(said.draft(path), "addresses") == "185.9.2.10");
}

TEST_CASE("spf-ip-not-covered: what no zone file holds matters to the paths that hang on it alone") {
  auto world = shop_world();
  auto said = run(shop(), outside(world, "spf.news.net"));
  CAPTURE(text_of(said));
  CHECK_FALSE(said.says(path + std::string(" (inconclusive)")));
  CHECK(said.says("spf-ip-not-covered shop.net via news (inconclusive)"));
  CHECK(said.silent_about("spf-temperror"));
  CHECK(said.silent_about("spf-relay-missing-include"));
}

TEST_CASE("spf-ip-not-covered: a pool behind a macro is evaluated for some, and that is said") {
  Estate estate;
  std::vector<Estate::Entry> entries;
  for (unsigned i = 0; i < 200; ++i)
    entries.push_back({fmt::format("185.9.3.{}", i), fmt::format("out-{}.corp-mail.net", i)});
  estate.sender("pool", "pool.corp-mail.net", entries);
  add_domain(estate, "shop.net", {"pool"});
  World world;
  world.zone("shop.net").zone("corp-mail.net");
  txt(world, "shop.net", {"v=spf1 exists:%{i}.ok.shop.net -all"});
  txt(world, "pool.corp-mail.net", {"v=spf1 ip4:185.9.3.0/24 -all"});
  for (unsigned i = 0; i < 200; ++i) world.a(fmt::format("185.9.3.{}.ok.shop.net", i), {"127.0.0.2"});
  const auto said = run(estate, world);
  const auto& draft = said.draft("spf-ip-not-covered shop.net via pool");
  CHECK(draft.args.wording == "untried");
  CHECK(draft.args.severity == Severity::info);
  CHECK(given(draft, "addresses") == "185.9.3.64-185.9.3.199");
  std::size_t asked = 0;
  for (const auto& [owner, type] : said.questions) asked += owner.is_within(name("ok.shop.net")) ? 1 : 0;
  CHECK(asked == 64);
}

TEST_CASE("spf-ip-not-covered: a pool is its block, and what of it does not pass is told as ranges") {
  Estate estate;
  std::vector<Estate::Entry> entries;
  for (unsigned i = 0; i < 64; ++i)
    entries.push_back({fmt::format("185.9.3.{}", i), fmt::format("out-{}.corp-mail.net", i)});
  estate.sender("pool", "pool.corp-mail.net", entries);
  World world;
  world.zone("shop.net").zone("corp-mail.net");
  txt(world, "shop.net", {"v=spf1 ip4:185.9.3.0/27 ip4:185.9.3.63 -all"});
  txt(world, "pool.corp-mail.net", {"v=spf1 ip4:185.9.3.0/26 -all"});
  add_domain(estate, "shop.net", {"pool"});
  for (const bool is_range : {false, true}) {
    CAPTURE(is_range);
    if (is_range) estate.inventory.senders.front().ranges = {Prefix::parse("185.9.3.0/26").value()};
    const auto said = run(estate, world);
    CHECK(spf_lines(said) == Lines{"spf-ip-not-covered shop.net via pool"});
    const auto& draft = said.draft("spf-ip-not-covered shop.net via pool");
    CHECK(given(draft, "addresses") == "185.9.3.32-185.9.3.62");
    CHECK(given(draft, "count") == "31");
    CHECK(given(draft, "terms") ==
          "ip4:185.9.3.32/28, ip4:185.9.3.48/29, ip4:185.9.3.56/30, ip4:185.9.3.60/31, ip4:185.9.3.62");
  }
}

TEST_CASE("dual-spf-family-missing: leaves the path to spf-ip-not-covered, and speaks where that is off") {
  const auto world = shop_world("v=spf1 ip4:185.9.2.10 include:spf.news.net -all");
  auto estate = shop();
  const auto both = report(estate, {walk(world)});
  CHECK(both.finding("spf-ip-not-covered", "shop.net via mx1").severity == Severity::error);
  CHECK(both.silent_about("dual-spf-family-missing"));
  estate.inventory.rules.push_back({"spf-ip-not-covered", Severity::off, {}});
  const auto alone = report(estate, {walk(world)});
  CHECK(alone.finding("dual-spf-family-missing", "shop.net via mx1").message() ==
        "the IPv6 addresses of mx1 may not send for shop.net, though the IPv4 addresses may: SPF gives fail "
        "(-all)");
}

TEST_CASE("spf-helo: once for a sender, with its names, and only of senders that a domain has") {
  auto world = shop_world();
  world.erase("mx1.corp-mail.net", RrType::TXT);
  auto said = run(shop(), world);
  CHECK(said.sentence("spf-helo-missing mx1") ==
        "1 HELO name of mx1 without an SPF record: mx1.corp-mail.net");
  CHECK(run(shop(), World(world).nxdomain("mx1.corp-mail.net")).silent_about("spf-helo"));
  auto twice = shop();
  add_domain(twice, "shop2.net", {"mx1"});
  txt(world, "shop2.net", {"v=spf1 ip4:185.9.2.10 ip6:2a92::10 -all"});
  said = run(twice, world);
  CHECK(spf_lines(said) == Lines{"spf-helo-missing mx1"});
  CHECK(std::count_if(said.drafts.begin(), said.drafts.end(), [](const auto& draft) {
          return rules::registry()[draft.rule].info.id == "spf-helo-missing";
        }) == 1);

  said = run(shop(), txt(world, "mx1.corp-mail.net", {"v=spf1 ip4:185.9.2.10 -all"}));
  CHECK(said.sentence("spf-helo-fail mx1") ==
        "SPF refuses 1 HELO name of mx1 at its own addresses: mx1.corp-mail.net (2a92::10): fail");
  said = run(shop(), txt(world, "mx1.corp-mail.net", {"v=spf1 ip4:185.9.2.10 ~all"}));
  CHECK(said.draft("spf-helo-fail mx1").args.severity == Severity::warning);
  said = run(shop(), world.fail("mx1.corp-mail.net", RrType::TXT, Outcome::servfail));
  CHECK(said.says("spf-helo-lookup-failed mx1 (inconclusive)"));
  CHECK(spf_lines(said).size() == 1);
}
