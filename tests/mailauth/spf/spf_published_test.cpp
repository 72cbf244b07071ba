// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_published.h"

#include <doctest/doctest.h>

#include "mailauth/world.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;
using test::SpfWorld;
using State = SpfLookup::State;

namespace {

std::string text(const std::vector<AddressRange>& ranges) {
  std::string all;
  for (const auto& one : ranges) all += (all.empty() ? "" : ", ") + one.to_string();
  return all;
}

std::string of(const SpfWorld& world, const std::string& term) {
  const auto published = spf_published(world.asker(), term);
  return text(published.ranges) + (published.whole ? "" : " and more");
}

}  // namespace

TEST_CASE("what a mechanism lets through: blocks of the records that it takes in, joined") {
  SpfWorld world;
  world.txt("spf.relay.example", {"v=spf1 ip4:198.51.100.0/28 include:more.relay.example ~all"});
  world.txt("more.relay.example", {"v=spf1 ip4:198.51.100.16/28 ip6:2001:db8::/48 ip4:203.0.113.7 -all"});
  CHECK(of(world, "include:spf.relay.example") ==
        "198.51.100.0-198.51.100.31, 203.0.113.7, "
        "2001:db8::-2001:db8:0:ffff:ffff:ffff:ffff:ffff");
  CHECK(of(world, "ip4:192.0.2.0/30") == "192.0.2.0-192.0.2.3");
  world.a("out.relay.example", {"192.0.2.9", "2001:db8::9"});
  CHECK(of(world, "a:out.relay.example") == "192.0.2.9, 2001:db8::9");
}

TEST_CASE("several mechanisms let through what any of them does") {
  SpfWorld world;
  world.txt("spf.relay.example", {"v=spf1 ip4:198.51.100.0/28 -all"});
  CHECK(of(world, "include:spf.relay.example ip4:192.0.2.0/30") ==
        "192.0.2.0-192.0.2.3, 198.51.100.0-198.51.100.15");
  CHECK(of(world, "include:spf.relay.example inclood:x") == " and more");
}

TEST_CASE("what stands before it takes addresses away") {
  SpfWorld world;
  world.txt("spf.relay.example", {"v=spf1 -ip4:198.51.100.4/30 ip4:198.51.100.0/28 -all"});
  CHECK(of(world, "include:spf.relay.example") == "198.51.100.0-198.51.100.3, 198.51.100.8-198.51.100.15");
}

TEST_CASE("a lookup that failed, or that nobody made, leaves the rest open") {
  SpfWorld world;
  world.txt("spf.relay.example", {"v=spf1 ip4:198.51.100.0/28 include:more.relay.example -all"});
  for (const auto state : {State::failed, State::unknown}) {
    world.state("more.relay.example", dns::RrType::TXT, state);
    const auto published = spf_published(world.asker(), "include:spf.relay.example");
    CHECK(text(published.ranges) == "198.51.100.0-198.51.100.15");
    CHECK_FALSE(published.whole);
    CHECK(published.why.find("more.relay.example TXT") != std::string::npos);
    CHECK(published.missing.empty());
  }
  world.state("more.relay.example", dns::RrType::TXT, State::missing);
  const auto published = spf_published(world.asker(), "include:spf.relay.example");
  CHECK_FALSE(published.whole);
  REQUIRE_FALSE(published.missing.empty());
  CHECK(published.missing.front().name.text() == "more.relay.example");
}

TEST_CASE("a relay without a record, and what is no mechanism, let nobody through") {
  const SpfWorld world;
  CHECK(of(world, "include:spf.relay.example") == " and more");
  CHECK(of(world, "inclood:spf.relay.example") == " and more");
  CHECK_FALSE(spf_published(world.asker(), "inclood:x").why.empty());
}

TEST_CASE("what depends on the message is not a set of addresses") {
  SpfWorld world;
  world.txt("spf.relay.example", {"v=spf1 ip4:198.51.100.0/28 exists:%{l}.relay.example -all"});
  CHECK(of(world, "include:spf.relay.example") == "198.51.100.0-198.51.100.15 and more");
}

TEST_CASE("ranges are joined over borders of blocks, and not over families") {
  const auto block = [](const char* one) { return Prefix::parse(one).value(); };
  CHECK(text(spf_ranges(std::vector{block("192.0.2.128/25"), block("192.0.2.0/25"),
                                    block("192.0.2.7/32")})) == "192.0.2.0-192.0.2.255");
  CHECK(text(spf_ranges(std::vector{block("::/1"), block("255.0.0.0/8")})) ==
        "255.0.0.0-255.255.255.255, ::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}
