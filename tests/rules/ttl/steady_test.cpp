// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";
constexpr auto low = "ttl-too-low-steady 185.9.2.10";
constexpr auto high = "ttl-too-high 185.9.2.10";

World held(World world) {
  return world.change([](dns::Fact& fact) { fact.authoritative = true; });
}
World with_ttls(std::uint32_t ptr, std::uint32_t forward) {
  return good_world().ptr(mx1, {"mx1.corp-mail.net"}, ptr).a("mx1.corp-mail.net", {mx1}, forward);
}
Estate declaring(std::uint32_t ttl) {
  auto estate = good_estate();
  for (auto& address : estate.inventory.addresses) address.ttl = ttl;
  return estate;
}

}  // namespace

TEST_CASE("ttl-too-low-steady: under five minutes and under the declared TTL") {
  auto said = run(good_estate(), held(with_ttls(299, 3600)));
  CHECK(said.sentence(low) ==
        "the TTLs around 185.9.2.10 are low: PTR 299 s, so that caches ask again all the time; 86400 s is "
        "declared");
  CHECK(said.lines.size() == 1);
  said = run(good_estate(), held(with_ttls(3600, 30)));
  CHECK(said.sentence(low).find("A at mx1.corp-mail.net 30 s, which hardly any cache keeps") !=
        std::string::npos);
  CHECK(said.lines.size() == 1);  // fcrdns-ttl-skew does not say it again
  CHECK(run(good_estate(), held(with_ttls(0, 0))).says(low));
}

TEST_CASE("ttl-too-low-steady: silent at the limit, at the declared TTL, and where only a cache says it") {
  CHECK(run(good_estate(), held(with_ttls(300, 300))).silent_about("ttl-"));
  CHECK(run(declaring(60), held(with_ttls(60, 60))).silent_about("ttl-"));
  CHECK(run(declaring(60), held(with_ttls(59, 60))).says(low));
  CHECK(run(good_estate(), with_ttls(30, 30)).silent_about("ttl-"));
}

TEST_CASE("ttl-too-low-steady: beside a cache it is confirmed by the server that holds the zone") {
  const auto said = report(
      good_estate(), {resolver("primary", held(with_ttls(30, 30))), resolver("quad", with_ttls(10, 20))});
  CHECK(said.says("ttl-too-low-steady 185.9.2.10 confirmed"));
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
}

TEST_CASE("ttl-left-lowered: as low as a plan lowers, and more is declared") {
  constexpr auto left = "ttl-left-lowered 185.9.2.10";
  const auto declared = [](std::uint32_t ttl) {
    auto estate = declaring(ttl);
    for (auto& address : estate.inventory.addresses) address.ttl_declared = true;
    return estate;
  };
  const auto said = run(declared(86400), held(with_ttls(300, 3600)));
  CHECK(said.lines == std::vector<std::string>{left});
  CHECK(said.sentence(left) ==
        "TTLs around 185.9.2.10 are still as for a change: PTR 300 s; declared are 86400 s");
  CHECK(run(declared(86400), held(with_ttls(300, 300))).draft(left).observed ==
        "PTR 300 s, A at mx1.corp-mail.net 300 s");
  CHECK(run(declared(86400), held(with_ttls(301, 3600))).silent_about("ttl-"));
  CHECK(run(declared(300), held(with_ttls(300, 300))).silent_about("ttl-"));
  // A default that nobody wrote is no declaration, and a cache only has what is left.
  CHECK(run(good_estate(), held(with_ttls(300, 300))).silent_about("ttl-"));
  CHECK(run(declared(86400), with_ttls(300, 300)).silent_about("ttl-"));
  // Lower still is useless, which is another finding.
  CHECK(run(declared(86400), held(with_ttls(299, 3600))).lines == std::vector<std::string>{low});
  // What a plan lowers to is the inventory's, and the provider's.
  auto estate = declared(86400);
  estate.inventory.defaults.rollout.ttl = seconds(900);
  CHECK(run(estate, held(with_ttls(900, 3600))).says(left));
  estate.inventory.defaults.rollout.ttl = seconds(300);
  for (auto& zone : estate.inventory.zones) zone.min_ttl = seconds(1800);
  CHECK(run(estate, held(with_ttls(1800, 3600))).says(left));
  for (const auto outcome :
       {dns::Outcome::timeout, dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::bogus})
    CHECK(run(declared(86400), held(with_ttls(300, 3600)).fail_ptr(mx1, outcome)).silent_about(left));
}

TEST_CASE("ttl-too-high: above a day a warning, above a week an error, at any vantage") {
  auto said = run(good_estate(), with_ttls(86401, 3600));
  CHECK(said.sentence(high) ==
        "the TTLs around 185.9.2.10 are high: PTR 86401 s; it should be at most 86400 s");
  CHECK_FALSE(said.draft(high).args.severity);
  said = run(good_estate(), with_ttls(86400, 604801));
  CHECK(said.draft(high).args.severity == Severity::error);
  CHECK(said.draft(high).observed == "A at mx1.corp-mail.net");
}

TEST_CASE("ttl-too-high: silent up to a day, and up to the declared TTL but for more than a week") {
  CHECK(run(good_estate(), with_ttls(86400, 86400)).silent_about("ttl-"));
  CHECK(run(declaring(172800), with_ttls(172800, 172800)).silent_about("ttl-"));
  CHECK(run(declaring(172800), with_ttls(172801, 3600)).says(high));
  CHECK(run(declaring(9999999), with_ttls(604801, 3600)).draft(high).args.severity == Severity::error);
}

TEST_CASE("ttl-too-high: vantages with different times left say one thing together") {
  const auto said =
      report(good_estate(), {walk(with_ttls(100000, 3600)), resolver("quad", with_ttls(90000, 3600))});
  CHECK(said.says("ttl-too-high 185.9.2.10 confirmed"));
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
}

TEST_CASE("a name that several addresses share is told once, and a foreign name not at all") {
  Estate estate;
  estate.sender("mx", "mx.corp-mail.net", {"185.9.2.10", "185.9.2.11"});
  World world;
  world.ptr(mx1, {"mx.corp-mail.net"}).ptr("185.9.2.11", {"mx.corp-mail.net"});
  world.a("mx.corp-mail.net", {mx1, "185.9.2.11"}, 100000);
  CHECK(run(estate, world).lines == std::vector<std::string>{high});
  const auto foreign = good_world().ptr(mx1, {"host.isp.net"}).a("host.isp.net", {mx1}, 100000);
  CHECK(run(good_estate(), foreign).silent_about("ttl-"));
}
