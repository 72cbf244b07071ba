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

constexpr std::string_view good = "ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net";

/// A record with the good terms, and these before and behind them.
World with(std::string_view before, std::string_view behind = "-all") {
  return shop_world(fmt::format("v=spf1 {}{}{} {}", before, before.empty() ? "" : " ", good, behind));
}

}  // namespace

TEST_CASE("spf-missing: none, a name that is not there, and a text that is nearly one") {
  auto world = shop_world();
  auto said = run(shop(), world.erase("shop.net", RrType::TXT));
  CHECK(said.sentence("spf-missing shop.net") ==
        "shop.net has no SPF record: no TXT record begins with v=spf1");
  CHECK(run(shop(), world.nxdomain("shop.net")).sentence("spf-missing shop.net") ==
        "shop.net has no SPF record: NXDOMAIN");
  for (const auto* text : {"v=spf1;ip4:185.9.2.10", " v=spf1 -all", "\"v=spf1 -all\"", "V=SPF10 -all"}) {
    CAPTURE(text);
    auto nearly = shop_world();
    said = run(shop(), txt(nearly, "shop.net", {text}));
    CHECK(said.draft("spf-missing shop.net").args.wording == "nearly");
    CHECK(spf_lines(said) == Lines{"spf-missing shop.net"});
  }
  // A denial that nobody vouches for is none.
  said = run(shop(), shop_world().erase("shop.net", RrType::TXT).without_soa());
  CHECK(said.silent_about("spf-missing"));
  CHECK(said.says("spf-temperror shop.net (inconclusive)"));
}

TEST_CASE("spf-missing: the record behind an alias counts") {
  auto world = shop_world();
  world.erase("shop.net", RrType::TXT).cname("shop.net", "other.net");
  txt(world, "other.net", {"v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net -all"});
  CHECK(spf_lines(run(shop(), world)) == Lines{});
}

TEST_CASE("spf-multiple: two records, and nothing else of it") {
  auto world = shop_world();
  txt(world, "shop.net", {"v=spf1 mx -all", "v=spf1 -all", "another text"});
  const auto said = run(shop(), world);
  CHECK(spf_lines(said) == Lines{"spf-multiple shop.net"});
  CHECK(given(said.draft("spf-multiple shop.net"), "count") == "2");
}

TEST_CASE("spf-parked-not-null: of a domain without via alone") {
  auto estate = shop();
  add_domain(estate, "parked.net", {});
  auto world = shop_world();
  world.zone("parked.net");
  CHECK(run(estate, world).sentence("spf-parked-not-null parked.net") ==
        "parked.net has no `via`, and does not say that nobody may send for it: no SPF record");
  CHECK(run(estate, txt(world, "parked.net", {"v=spf1 -all"})).silent_about("spf-"));
  CHECK(spf_lines(run(estate, txt(world, "parked.net", {"v=spf1 ip4:185.9.2.10"}))) ==
        Lines{"spf-parked-not-null parked.net"});
}

TEST_CASE("spf-syntax: each wrong term with its column, and what was likely meant") {
  struct Row {
    const char *term, *wording;
  };
  for (const auto& row : std::vector<Row>{{"ip4:2a92::10", "ip4-with-v6"},
                                          {"ip6:185.9.2.10", "ip6-with-v4"},
                                          {"ipv4:185.9.2.10", "ip-name"},
                                          {"include:", "value-missing"},
                                          {"ip4:185.9.2.0/33", "bad-address"},
                                          {"185.9.2.10", "bare-address"},
                                          {"exists:%{x}.shop.net", "macro"},
                                          {"mx\tmx", "control"},
                                          {"-al", ""}}) {
    CAPTURE(row.term);
    const auto said = run(shop(), with(row.term));
    CHECK(spf_lines(said) == Lines{"spf-syntax shop.net"});
    const auto& draft = said.draft("spf-syntax shop.net");
    CHECK(draft.args.wording == row.wording);
    CHECK(given(draft, "terms") == fmt::format("{} (column 8)", row.term));
    CHECK(given(draft, "column") == "8");
  }
  const auto ignored = run(shop(), with("include=spf.old.net"));
  CHECK(spf_lines(ignored) == Lines{"spf-syntax shop.net"});
  CHECK(ignored.draft("spf-syntax shop.net").args.severity == Severity::warning);
  CHECK(run(shop(), with("unknown=what.ever")).silent_about("spf-"));
}

TEST_CASE("spf-dup-modifier: redirect or exp twice, in place of spf-syntax") {
  CHECK(spf_lines(run(shop(), with("exp=a.shop.net", "EXP=b.shop.net -all"))) ==
        Lines{"spf-dup-modifier shop.net"});
  CHECK(run(shop(), with("exp=a.shop.net")).silent_about("spf-"));
}

TEST_CASE("spf-string-join: terms that run together, and no name that is cut in two") {
  const auto strings = [](const std::vector<std::string>& texts) {
    auto world = shop_world();
    return run(shop(), txt_strings(world, "shop.net", texts));
  };
  auto said = strings({"v=spf1 ip4:185.9.2.10 ip6:2a92::10", "include:spf.news.net -all"});
  CHECK(said.sentence("spf-string-join shop.net") ==
        "two strings of the TXT record at shop.net run together: receivers read "
        "ip6:2a92::10include:spf.news.net");
  CHECK(said.silent_about("spf-syntax"));
  CHECK(strings({"v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net", "-all"})
            .says("spf-string-join shop.net"));
  CHECK(strings({"v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.ne", "ws.net -all"}).silent_about("spf-"));
  CHECK(strings({"v=spf1 ip4:185.9.2.10 ip6:2a92::10 ", "include:spf.news.net -all"}).silent_about("spf-"));
  CHECK(strings({"v=spf1 ip4:185.9.2.10 ip6:2a92::10", " include:spf.news.net -all"}).silent_about("spf-"));
}

TEST_CASE("spf: how a record ends") {
  auto none = shop();
  none.inventory.domains.front().spf_all.clear();
  CHECK(spf_lines(run(none, with("", ""))) == Lines{"spf-no-all shop.net"});
  CHECK(spf_lines(run(none, with("", "?all"))) == Lines{"spf-neutral-all shop.net"});
  CHECK(spf_lines(run(none, with("", "~all"))) == Lines{});
  CHECK(run(none, with("", "all")).sentence("spf-plus-all shop.net") ==
        "the SPF record of shop.net lets every address pass, by +all");

  // What the inventory wants is told once.
  const auto differs = run(shop(), with("", "~all"));
  CHECK(spf_lines(differs) == Lines{"spf-all-differs shop.net"});
  CHECK(differs.sentence("spf-all-differs shop.net") == "the SPF record of shop.net has ~all, not -all");
  CHECK(spf_lines(run(shop(), with("", "?all"))) == Lines{"spf-all-differs shop.net"});
  CHECK(spf_lines(run(shop(), with("", ""))) == Lines{"spf-all-differs shop.net"});
  CHECK(spf_lines(run(shop(), with("", "+all"))) == Lines{"spf-plus-all shop.net"});
  auto world = shop_world("v=spf1 redirect=_spf.shop.net");
  txt(world, "_spf.shop.net", {fmt::format("v=spf1 {} ~all", good)});
  CHECK(run(shop(), world).sentence("spf-all-differs shop.net") ==
        "the SPF record of shop.net has ~all, not -all: _spf.shop.net has the end of it");
}

TEST_CASE("spf: terms that nobody looks at, and those that nobody should") {
  auto world = with("", "-all redirect=_spf.shop.net mx");
  const auto said = run(shop(), world);
  CHECK(spf_lines(said) == Lines{"spf-all-and-redirect shop.net", "spf-terms-after-all shop.net"});
  CHECK(given(said.draft("spf-terms-after-all shop.net"), "terms") == "mx");
  CHECK(spf_lines(run(shop(), with("?ptr:shop.net"))) == Lines{"spf-ptr shop.net"});
}

TEST_CASE("spf-plus-all: everybody by an include, by networks together, and networks that are too wide") {
  auto world = with("include:open.shop.net");
  txt(world, "open.shop.net", {"v=spf1 +all"});
  CHECK(run(shop(), world).sentence("spf-plus-all shop.net") ==
        "the SPF record of shop.net lets every address pass, by +all in the record of open.shop.net");
  world = with("~include:open.shop.net");
  txt(world, "open.shop.net", {"v=spf1 +all"});
  CHECK(run(shop(), world).silent_about("spf-plus-all"));
  CHECK(run(shop(), with("ip4:0.0.0.0/1 ip4:128.0.0.0/1")).draft("spf-plus-all shop.net").args.wording ==
        "everybody");
  CHECK(run(shop(), with("ip6:::/0")).draft("spf-plus-all shop.net").args.wording == "everybody");
  const auto wide = run(shop(), with("ip4:10.0.0.0/8"));
  CHECK(spf_lines(wide) == Lines{"spf-plus-all shop.net"});
  CHECK(wide.draft("spf-plus-all shop.net").args.severity == Severity::warning);
}

TEST_CASE("spf-type99, spf-wildcard, spf-size: what is published beside the record") {
  auto world = shop_world();
  world.rrset({name("shop.net"), RrType{99}, 3600, {dns::txt_rdata("v=spf1 -all")}});
  CHECK(spf_lines(run(shop(), world)) == Lines{"spf-type99 shop.net"});
  world = shop_world();
  CHECK(spf_lines(run(shop(), txt(world, "*.shop.net", {"v=spf1 -all"}))) == Lines{"spf-wildcard shop.net"});
  world = shop_world();
  CHECK(run(shop(), txt(world, "*.shop.net", {"hello"})).silent_about("spf-"));

  const std::string record = "v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net -all";
  const auto sized = [&](std::size_t more) {
    auto large = shop_world();
    return run(shop(), txt(large, "shop.net", {record, std::string(more, 'x')}));
  };
  CHECK(sized(300).silent_about("spf-size"));
  CHECK(sized(450).draft("spf-size shop.net").args.wording == "udp");
  CHECK(sized(1300).draft("spf-size shop.net").args.wording == "edns");
}

TEST_CASE("spf-inconsistent-ns: servers that differ in the SPF record, not in another text") {
  const auto servers = [](const std::string& one, const std::string& other) {
    auto world = shop_world();
    return run(shop(), world.change("shop.net", RrType::TXT, [=](dns::Fact& fact) {
      for (const auto& text : {one, other}) {
        dns::ServerAnswer said;
        said.server = name("ns1.shop.net");
        said.address = ip("185.9.2.53");
        said.outcome = Outcome::answer;
        said.answer = {{name("shop.net"), RrType::TXT, 3600, {dns::txt_rdata(text)}}};
        fact.servers.push_back(said);
      }
    }));
  };
  CHECK(servers("v=spf1 -all", "v=spf1 ~all").says("spf-inconsistent-ns shop.net"));
  CHECK(servers("v=spf1 -all", "other").says("spf-inconsistent-ns shop.net"));
  CHECK(servers("one", "other").silent_about("spf-inconsistent-ns"));
}

TEST_CASE("spf-relay-orphan-include: foreign includes that no relay of the domain has") {
  auto world = with("include:spf.old.net");
  txt(world, "spf.old.net", {"v=spf1 ip4:203.0.113.0/28 -all"});
  world.zone("old.net");
  auto said = run(shop(), world);
  CHECK(spf_lines(said) == Lines{"spf-relay-orphan-include shop.net"});
  CHECK(said.draft("spf-relay-orphan-include shop.net").args.wording.empty());
  auto estate = shop();
  add_relay(estate, "old", "include:spf.old.net");
  CHECK(run(estate, world).draft("spf-relay-orphan-include shop.net").args.wording == "unused");
  // One's own names are no stranger's.
  world = with("include:_own.shop.net");
  txt(world, "_own.shop.net", {"v=spf1 ip4:185.9.2.10 -all"});
  CHECK(run(shop(), world).silent_about("spf-"));
}

TEST_CASE("spf-relay-missing-include: deeper in the record is enough; a match that is no pass is not") {
  auto world = shop_world("v=spf1 include:_own.shop.net ip4:185.9.2.10 ip6:2a92::10 -all");
  txt(world, "_own.shop.net", {"v=spf1 include:SPF.news.net -all"});
  CHECK(run(shop(), world).silent_about("spf-"));
  world = shop_world("v=spf1 ?include:spf.news.net ip4:185.9.2.10 ip6:2a92::10 -all");
  CHECK(spf_lines(run(shop(), world)) == Lines{"spf-relay-missing-include shop.net via news"});
}

TEST_CASE("spf-ip-extra: networks as sets, with what of them is nobody's") {
  CHECK(run(shop(), with("ip4:192.0.2.0/24")).sentence("spf-ip-extra shop.net") ==
        "the SPF record of shop.net lets addresses pass that the inventory does not have: ip4:192.0.2.0/24");
  CHECK(given(run(shop(), with("ip4:185.9.2.8/29")).draft("spf-ip-extra shop.net"), "terms") ==
        "ip4:185.9.2.8/29 (6 of 8)");
  CHECK(run(shop(), with("ip4:185.9.2.10/31")).silent_about("spf-"));   // both are declared
  CHECK(run(shop(), with("ip4:198.51.99.0/29")).silent_about("spf-"));  // inside of the relay's
  CHECK(run(shop(), with("ip6:2a92::/64")).silent_about("spf-"));       // the host's own network
  CHECK(run(shop(), with("ip6:2a92::/48")).says("spf-ip-extra shop.net"));
  CHECK(run(shop(), with("-ip4:192.0.2.0/24")).silent_about("spf-ip-extra"));
}
