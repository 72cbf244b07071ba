// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Which terms are a relay's, where a domain's record has them, and whose an include is that no relay has.
#include "rules/spf/relay_terms.h"

#include <doctest/doctest.h>

#include "rules/spf/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

bool is_same(const std::string& a, const std::string& b) {
  return rules::is_same_mechanism(mailauth::parse_spf_term(a).value(), mailauth::parse_spf_term(b).value());
}

/// Sends through mx1 and the relay, whose addresses nobody knows.
Estate sends_through(const std::string& terms) {
  auto estate = good_estate();
  add_relay(estate, "news", terms);
  return add_domain(estate, "shop.net", {"mx1", "news"}, "fail");
}

World record(const std::string& terms) {
  return shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 " + terms + " -all");
}

}  // namespace

TEST_CASE("the mechanisms of a relay are its own: no modifier, no `all`, and nothing that is no term") {
  inventory::Relay relay;
  relay.spf = "include:a.news.net redirect=b.news.net exp=c.news.net ?all ip5:x mx:news.net/28";
  std::vector<std::string> texts;
  for (const auto& term : rules::terms_of(relay)) texts.push_back(term.text);
  CHECK(texts == std::vector<std::string>{"include:a.news.net", "mx:news.net/28"});
}

TEST_CASE("terms are the same that ask the same of one name, or of a network that holds the other") {
  CHECK(is_same("ip4:198.51.99.0/24", "ip4:198.51.99.16/28"));
  CHECK_FALSE(is_same("ip4:198.51.99.16/28", "ip4:198.51.99.0/24"));
  CHECK_FALSE(is_same("a:news.net", "mx:news.net"));
  CHECK(is_same("a:news.net/24//64", "?a:NEWS.net/24//64"));
  CHECK_FALSE(is_same("a:news.net/24//64", "a:news.net/25//64"));
  CHECK_FALSE(is_same("a:news.net/24//64", "a:news.net/24//65"));
  CHECK(is_same("exists:%{i}.news.net", "exists:%{i}.news.net"));
  CHECK_FALSE(is_same("exists:%{i}.news.net", "exists:%{i}.shop.net"));
  CHECK_FALSE(is_same("exists:%{i}.news.net", "exists:news.net"));
  CHECK_FALSE(is_same("exists:news.net", "exists:%{i}.news.net"));
}

TEST_CASE("spf-relay-missing-include: a term below a match that is no pass lets nobody through") {
  auto world = record("?include:_own.shop.net");
  txt(world, "_own.shop.net", {"v=spf1 include:spf.news.net -all"});
  CHECK(
      run(sends_through("include:spf.news.net"), world).says("spf-relay-missing-include shop.net via news"));
}

TEST_CASE("spf-relay-missing-include: what depends on the message, or was not asked, may have it") {
  CHECK(run(sends_through("include:spf.news.net"), record("include:%{l}.shop.net"))
            .silent_about("spf-relay-missing-include"));
  auto world = record("include:_own.shop.net");
  world.zone("_own.shop.net").fail("_own.shop.net", RrType::TXT, dns::Outcome::servfail);
  CHECK(run(sends_through("include:spf.news.net"), world).silent_about("spf-relay-missing-include"));
  world.change("_own.shop.net", RrType::TXT, [](dns::Fact& fact) {
    fact.outcome = dns::Outcome::unanswered;
    fact.from_files = dns::FromFiles::outside;
  });
  const auto said = run(sends_through("include:spf.news.net"), world);
  CHECK(said.says("spf-relay-missing-include shop.net via news (inconclusive)"));
}

TEST_CASE("spf-relay-missing-include: a relay whose mail has another domain in MAIL FROM needs nothing") {
  auto estate = sends_through("include:spf.news.net");
  CHECK(run(estate, record("")).says("spf-relay-missing-include shop.net via news"));
  estate.inventory.relays.back().mail_from = "bounces.news.net";
  CHECK(run(estate, record("")).silent_about("spf-relay-missing-include"));
}

TEST_CASE(
    "spf-relay-orphan-include: of includes that let somebody through, before `all`, and where mail is sent") {
  const auto says = [](const std::string& terms) {
    auto world = shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net " + terms);
    world.zone("old.net").a("old.net", {"203.0.113.1"});
    txt(world, "old.net", {"v=spf1 ip4:203.0.113.0/28 -all"});
    return run(shop(), world).says("spf-relay-orphan-include shop.net");
  };
  CHECK(says("include:old.net -all"));
  CHECK_FALSE(says("a:old.net -all"));
  CHECK_FALSE(says("?include:old.net -all"));
  CHECK_FALSE(says("-all include:old.net"));
  auto world = shop_world("v=spf1 include:old.net -all");
  txt(world, "old.net", {"v=spf1 ip4:203.0.113.0/28 -all"});
  auto parked = good_estate();
  CHECK(run(add_domain(parked, "shop.net", {}, "fail"), world).silent_about("spf-relay-orphan-include"));
}

TEST_CASE("spf-relay-orphan-include: what is the inventory's, or the organisation's, is no stranger's") {
  const auto says = [](const std::string& domain, const std::string& include, const auto& change) {
    auto estate = good_estate();
    add_domain(estate, domain, {"mx1"}, "fail");
    change(estate);
    auto world = good_world();
    world.zone(domain);
    txt(world, domain, {"v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:" + include + " -all"});
    txt(world, include, {"v=spf1 ip4:185.9.2.10 -all"});
    return run(estate, world).says("spf-relay-orphan-include " + domain);
  };
  const auto nothing = [](Estate&) {};
  CHECK(says("shop.net", "partner.org", nothing));
  CHECK_FALSE(says("shop.net", "_spf.partner.org", [](Estate& it) { it.zone("partner.org"); }));
  CHECK_FALSE(says("shop.net", "partner.org", [](Estate& it) { add_domain(it, "partner.org", {}, "fail"); }));
  CHECK_FALSE(says("eu.shop.net", "_spf.shop.net", nothing));
  // Below a suffix each name is an organisation of its own, but for who holds the suffix.
  CHECK(says("shop.github.io", "other.github.io", nothing));
  CHECK_FALSE(says("github.io", "_spf.github.io", nothing));
}
