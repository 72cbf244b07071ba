// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/spf/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

World with(const std::string& more) {
  return shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net " + more + " -all");
}

/// `include`s of the domain's own names, which have nothing to look up.
World with_includes(unsigned count) {
  std::string more;
  for (unsigned i = 0; i < count; ++i) more += fmt::format(" include:i{}.shop.net", i);
  auto world = with(more);
  for (unsigned i = 0; i < count; ++i)
    txt(world, fmt::format("i{}.shop.net", i), {"v=spf1 ip4:185.9.2.10 -all"});
  return world;
}

}  // namespace

TEST_CASE("spf-lookup-limit: a warning from eight on, an error above ten, with ways to get below") {
  CHECK(run(shop(), with_includes(6)).silent_about("spf-"));
  const auto near = run(shop(), with_includes(7));
  CHECK(near.draft("spf-lookup-limit shop.net").args.severity == Severity::warning);
  CHECK(run(shop(), with_includes(9)).draft("spf-lookup-limit shop.net").args.wording == "near");
  const auto over = run(shop(), with_includes(10));
  const auto& draft = over.draft("spf-lookup-limit shop.net");
  CHECK_FALSE(draft.args.severity.has_value());
  CHECK(over.sentence("spf-lookup-limit shop.net")
            .starts_with(
                "the SPF record of shop.net takes 11 lookups, of ten: receivers stop at the eleventh"));
  CHECK(given(draft, "ways").find("write the networks in place of include:i0.shop.net: 1 fewer") !=
        std::string::npos);
  CHECK(over.silent_about("spf-ip-not-covered"));
}

TEST_CASE("spf-lookup-limit: what is taken in counts, as often as it is") {
  auto world = with("include:a.shop.net include:b.shop.net");
  txt(world, "a.shop.net", {"v=spf1 include:c.shop.net -all"});
  txt(world, "b.shop.net", {"v=spf1 include:c.shop.net -all"});
  txt(world, "c.shop.net", {"v=spf1 a:mx1.corp-mail.net a:mx1.corp-mail.net -all mx"});
  const auto said = run(shop(), world);
  const auto& draft = said.draft("spf-lookup-limit shop.net");
  CHECK(given(draft, "count") == "9");
  CHECK(given(draft, "costs") == "include:a.shop.net 4, include:b.shop.net 4, include:spf.news.net 1");
  CHECK(given(draft, "ways").starts_with("take in c.shop.net once: 3 fewer"));
}

TEST_CASE("spf-include-none, spf-include-nxdomain, spf-redirect-none: targets without a record that works") {
  struct Row {
    std::vector<std::string> records;
    const char* wording;
  };
  for (const auto& row : std::vector<Row>{
           {{"hello"}, "none"}, {{"v=spf1 -all", "v=spf1 mx"}, "several"}, {{"v=spf1 x"}, "wrong"}}) {
    CAPTURE(row.wording);
    auto world = with("include:there.shop.net");
    txt(world, "there.shop.net", row.records);
    auto said = run(shop(), world);
    CHECK(said.draft("spf-include-none shop.net").args.wording == row.wording);
    CHECK(spf_lines(said).size() == 1);
    world = shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net redirect=there.shop.net");
    txt(world, "there.shop.net", row.records);
    said = run(shop(), world);
    CHECK(said.draft("spf-redirect-none shop.net").args.wording == row.wording);
    CHECK(spf_lines(said).size() == 1);
  }
  const auto gone = run(shop(), with("include:gone.shop.net").nxdomain("gone.shop.net"));
  CHECK(spf_lines(gone) == Lines{"spf-include-nxdomain shop.net"});
  auto deeper = with("include:a.shop.net").nxdomain("gone.shop.net");
  txt(deeper, "a.shop.net", {"v=spf1 include:gone.shop.net -all"});
  CHECK(
      run(shop(), deeper).sentence("spf-include-nxdomain shop.net") ==
      "include:gone.shop.net in the record of a.shop.net, which shop.net takes in, names a domain that does "
      "not exist: whoever registers it may send mail of shop.net");
}

TEST_CASE("spf-loop: across domains, to itself, and by redirect; no limit is told beside it") {
  auto world = with("include:a.shop.net");
  txt(world, "a.shop.net", {"v=spf1 include:b.shop.net -all"});
  txt(world, "b.shop.net", {"v=spf1 include:shop.net -all"});
  auto said = run(shop(), world);
  CAPTURE(text_of(said));
  CHECK(
      said.sentence("spf-loop shop.net") ==
      "the SPF record of shop.net goes round in a circle: include:shop.net in the record of b.shop.net leads "
      "back to shop.net");
  CHECK(spf_lines(said).size() == 1);
  CHECK(run(shop(), with("include:shop.net")).says("spf-loop shop.net"));
  CHECK(run(shop(), shop_world("v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net redirect=shop.net"))
            .says("spf-loop shop.net"));
}

TEST_CASE("spf-void-limit: more than two names without anything, for the families that mail leaves over") {
  CHECK(run(shop(), with("a:x1.shop.net a:x2.shop.net")).silent_about("spf-"));
  const auto said = run(shop(), with("a:x1.shop.net exists:x2.shop.net mx:x3.shop.net"));
  CHECK(said.sentence("spf-void-limit shop.net") ==
        "the SPF record of shop.net has 3 lookups without an answer for IPv4 clients, of two: A of "
        "x1.shop.net, A of x2.shop.net, MX of x3.shop.net");
  CHECK(spf_lines(said).size() == 1);
  // Hosts without AAAA records are void for IPv6 clients alone.
  auto world = with("a:h1.shop.net a:h2.shop.net a:h3.shop.net");
  for (const auto* host : {"h1.shop.net", "h2.shop.net", "h3.shop.net"}) world.a(host, {"185.9.2.10"});
  CHECK(given(run(shop(), world).draft("spf-void-limit shop.net"), "family") == "IPv6");
  Estate v4;
  v4.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"});
  add_relay(v4, "news", "include:spf.news.net", {"198.51.99.0/28"});
  add_domain(v4, "shop.net", {"mx1", "news"});
  CHECK(run(v4, world).silent_about("spf-void-limit"));
}

TEST_CASE("spf-mx-limit: an mx of more than ten hosts") {
  std::vector<std::string> hosts;
  auto world = with("mx");
  for (unsigned i = 0; i < 11; ++i) {
    hosts.push_back(fmt::format("h{}.shop.net", i));
    world.a(hosts.back(), {"185.9.2.10"}).aaaa(hosts.back(), {"2a92::10"});
  }
  CHECK(spf_lines(run(shop(), mx(world, "shop.net", hosts))) == Lines{"spf-mx-limit shop.net"});
  hosts.pop_back();
  CHECK(run(shop(), mx(world, "shop.net", hosts)).silent_about("spf-"));
}

TEST_CASE("spf-temperror: one that is taken in, or named, has no answer; what is found besides stays") {
  auto said = run(shop(), with("a:h1.shop.net").fail("h1.shop.net", RrType::AAAA, Outcome::timeout));
  CHECK(spf_lines(said) == Lines{"spf-temperror shop.net (inconclusive)"});
  said = run(shop(), with("include:x.shop.net include:y.shop.net")
                         .fail("x.shop.net", RrType::TXT, Outcome::servfail)
                         .nxdomain("y.shop.net"));
  CHECK(spf_lines(said) == Lines{"spf-include-nxdomain shop.net", "spf-temperror shop.net (inconclusive)"});
}

TEST_CASE("spf: hostile records are cut off, and end") {
  std::string huge = "v=spf1";
  while (huge.size() < 64'000) huge += fmt::format(" include:x{}.shop.net", huge.size());
  auto said = run(shop(), shop_world(huge + " -all"));
  CHECK(said.says("spf-lookup-limit shop.net"));
  CHECK(said.questions.size() < 200);

  for (const auto& text :
       {std::string("v=spf1 \0\x1b[31m ip4:\xff", 20), "v=spf1 " + std::string(60'000, 'x'),
        "v=spf1 " + std::string(60'000, ' ') + "-all"}) {
    said = run(shop(), shop_world(text));
    for (const auto& draft : said.drafts) CHECK(given(draft, "terms").size() < 1000);
  }
  auto strings = shop_world();
  said = run(shop(), txt_strings(strings, "shop.net", std::vector<std::string>(10'000, "v")));
  CHECK(said.says("spf-missing shop.net"));

  // Each takes in the next twice.
  auto twice = with("include:d0.shop.net");
  for (unsigned i = 0; i < 60; ++i)
    txt(twice, fmt::format("d{}.shop.net", i),
        {fmt::format("v=spf1 include:d{}.shop.net include:d{}.shop.net -all", i + 1, i + 1)});
  said = run(shop(), twice);
  CHECK(given(said.draft("spf-lookup-limit shop.net"), "count") == "999");
}
