// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_groups.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "mailauth/world.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;
using test::SpfWorld;
using State = SpfLookup::State;

namespace {

AddressRange range(const std::string& first, const std::string& last) {
  return {IpAddress::parse(first).value(), IpAddress::parse(last).value()};
}

SpfGroups groups(const SpfWorld& world, const std::vector<AddressRange>& ranges,
                 const SpfEffort& effort = {}) {
  const auto domain = dns::Name::parse("example.com").value();
  return spf_groups(world.asker(), SpfWorld::who("0.0.0.0", "example.com"), domain, ranges, effort);
}

/// `192.0.2.1-192.0.2.9, 192.0.2.12: pass by ip4:192.0.2.0/24`, one for each group.
std::vector<std::string> lines(const SpfGroups& found) {
  std::vector<std::string> all;
  for (const auto& group : found.groups) {
    std::string text;
    for (const auto& one : group.ranges) text += (text.empty() ? "" : ", ") + one.to_string();
    text += ": " + group.outcome.results.text();
    if (group.outcome.decider) text += " by " + group.outcome.decider->term;
    all.push_back(text + (group.asked_together ? " together" : ""));
  }
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("spf groups: one for each network that tells addresses apart, whatever is between") {
  SpfWorld world;
  world.txt("example.com",
            {"v=spf1 ip4:192.0.2.16/28 include:b.example a:mx.example.com/30 ip6:2001:db8::/64 -all"});
  world.txt("b.example", {"v=spf1 ip4:192.0.2.40 ip4:192.0.2.44 ?all"});
  world.a("mx.example.com", {"192.0.2.49"});
  CHECK(lines(groups(world, {range("192.0.2.0", "192.0.2.60"), range("2001:db8::1", "2001:db8:0:1::1")})) ==
        Lines{"192.0.2.0-192.0.2.15, 192.0.2.32-192.0.2.39, 192.0.2.41-192.0.2.43, 192.0.2.45-192.0.2.47, "
              "192.0.2.52-192.0.2.60: fail by -all",
              "192.0.2.16-192.0.2.31: pass by ip4:192.0.2.16/28",
              "192.0.2.40, 192.0.2.44: pass by include:b.example",
              "192.0.2.48-192.0.2.51: pass by a:mx.example.com/30",
              "2001:db8::1-2001:db8::ffff:ffff:ffff:ffff: pass by ip6:2001:db8::/64",
              "2001:db8:0:1::-2001:db8:0:1::1: fail by -all"});
  // The void lookup of mx.example.com AAAA sets IPv6 apart; it is the same `-all` otherwise.
}

TEST_CASE("spf groups: whole families, to their last address") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 ip4:255.255.255.0/24 ip6:8000::/1 ~all"});
  const std::vector<AddressRange> all{range("0.0.0.0", "255.255.255.255"),
                                      range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")};
  CHECK(lines(groups(world, all)) ==
        Lines{"0.0.0.0-255.255.254.255, ::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff: softfail by ~all",
              "255.255.255.0-255.255.255.255: pass by ip4:255.255.255.0/24",
              "8000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff: pass by ip6:8000::/1"});
}

TEST_CASE("spf groups: a pool under one block takes one evaluation") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 include:a.example ip4:198.18.0.0/16 -all"});
  world.txt("a.example", {"v=spf1 ip4:192.0.2.1 ip4:203.0.113.7 -all"});
  const auto found = groups(world, {range("198.18.0.0", "198.18.15.255")}, {.terms = 5});
  CHECK(found.left_out.empty());
  CHECK(lines(found) == Lines{"198.18.0.0-198.18.15.255: pass by ip4:198.18.0.0/16"});
}

TEST_CASE("spf groups: what a macro of the address decides is asked for some, and said of the rest") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 ip4:192.0.2.0/30 exists:%{i}.ok.example -all"});
  world.a("192.0.2.5.ok.example", {"127.0.0.2"});
  const std::vector<AddressRange> pool{range("192.0.2.0", "192.0.2.200")};
  CHECK(lines(groups(world, pool, {.one_by_one = 3})) ==
        Lines{"192.0.2.0-192.0.2.3: pass by ip4:192.0.2.0/30", "192.0.2.4, 192.0.2.6: fail by -all",
              "192.0.2.5: pass by exists:%{i}.ok.example",
              "192.0.2.7-192.0.2.200: pass or fail or temperror or permerror together"});
  // Nobody is asked about those.
  CHECK(world.asked.count({dns::Name::parse("192.0.2.6.ok.example").value(), dns::RrType::A}) == 1);
  CHECK(world.asked.count({dns::Name::parse("192.0.2.7.ok.example").value(), dns::RrType::A}) == 0);

  // Even where it comes to the same either way: a look-up that nobody made may fail, or be one too many.
  world = {};
  world.txt("example.com", {"v=spf1 ptr exists:%{i}.ok.example +all"});
  const auto found = lines(groups(world, pool, {.one_by_one = 0}));
  CHECK(found == Lines{"192.0.2.0-192.0.2.200: pass or temperror or permerror together"});
}

TEST_CASE("spf groups: an end to what is spent, and what is left is told") {
  SpfWorld world;
  std::string record = "v=spf1";
  for (unsigned i = 0; i < 256; ++i) record += fmt::format(" ip4:192.0.2.{}", i);
  world.txt("example.com", {record + " -all"});
  const auto found =
      groups(world, {range("192.0.2.0", "192.0.2.255"), range("2001:db8::", "2001:db8::9")}, {.terms = 20});
  REQUIRE(found.groups.size() == 5);
  CHECK(found.groups.back().ranges == std::vector{range("192.0.2.4", "192.0.2.4")});
  CHECK(found.left_out == std::vector{range("192.0.2.5", "192.0.2.255"), range("2001:db8::", "2001:db8::9")});
}

TEST_CASE("spf groups: what is missing is told at once, of all of them") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 ip4:192.0.2.0/25 a:%{i}.example.com -all"});
  for (const auto* last : {"200", "201"})
    world.state(fmt::format("192.0.2.{}.example.com", last), dns::RrType::A, State::missing);
  const auto found = groups(world, {range("192.0.2.5", "192.0.2.5"), range("192.0.2.200", "192.0.2.201")});
  REQUIRE(found.groups.size() == 3);
  CHECK(found.groups[0].outcome.missing.empty());
  CHECK(found.groups[1].outcome.missing.size() == 1);
  CHECK(found.groups[2].outcome.missing.size() == 1);
}

namespace {

/// Worlds of a few names, whose records are about a few addresses.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  unsigned roll(unsigned sides) { return static_cast<unsigned>(random_() % sides); }

  std::string address(bool is_v4) {
    return is_v4 ? fmt::format("192.0.2.{}", roll(64)) : fmt::format("2001:db8::{:x}", roll(64));
  }
  std::string host() { return std::string(1, static_cast<char>('a' + roll(5))) + ".example"; }
  std::string qualifier() { return std::array<std::string, 4>{"", "-", "~", "?"}[roll(4)]; }
  std::string term() {
    switch (roll(14)) {
      case 0:
        return fmt::format("include:{}", host());
      case 1:
        return fmt::format("a:{}/{}", host(), 26 + roll(7));
      case 2:
        return fmt::format("mx:{}//{}", host(), 122 + roll(7));
      case 3:
        return fmt::format("exists:%{{i}}.{}", host());
      case 4:
        return roll(2) == 0 ? "ptr" : fmt::format("ptr:{}", host());
      case 5:
        return fmt::format("exists:{}", host());
      case 6:
        return fmt::format("exists:%{{p}}.{}", host());
      case 7:
      case 8:
      case 9:
        return fmt::format("ip6:{}/{}", address(false), 120 + roll(9));
      default:
        return fmt::format("ip4:{}/{}", address(true), 24 + roll(9));
    }
  }
  std::string record() {
    std::string text = "v=spf1";
    for (unsigned i = roll(6); i > 0; --i) text += " " + qualifier() + term();
    if (roll(3) != 0) return text + " " + qualifier() + "all";
    return roll(2) == 0 ? text : text + " redirect=" + host();
  }
  SpfWorld world() {
    SpfWorld world;
    world.txt("example.com", {record()});
    if (roll(8) == 0) world.txt("example.com", {record()});
    for (const auto* name : {"a.example", "b.example", "c.example", "d.example", "e.example"}) {
      if (roll(5) != 0) world.txt(name, {record()});
      if (roll(8) == 0) world.txt(name, {record()});
      for (unsigned i = roll(3); i > 0; --i) world.a(name, {address(true), address(false)});
      if (roll(2) == 0) world.mx(name, {host(), host()});
      if (roll(3) == 0) world.a(fmt::format("{}.{}", address(true), name), {"127.0.0.1"});
      for (const auto type : {dns::RrType::A, dns::RrType::AAAA, dns::RrType::MX, dns::RrType::TXT}) {
        if (roll(25) == 0) world.state(name, type, static_cast<State>(roll(4)));
      }
    }
    for (unsigned i = roll(6); i > 0; --i) world.ptr(address(roll(2) == 0), {host(), host()});
    return world;
  }

 private:
  std::mt19937 random_;
};

/// All that both ways to evaluate have to agree on.
std::string summary(const SpfOutcome& outcome) {
  auto text = fmt::format("{} {} {} {} {} {} {}", outcome.results.text(), outcome.lookups, outcome.voids,
                          outcome.by_address, outcome.unknown, outcome.by_ip, outcome.why);
  if (outcome.decider) text += fmt::format(" by {} of {}", outcome.decider->term, outcome.decider->domain);
  return text;
}

void check_world(const SpfWorld& world, const std::vector<AddressRange>& ranges, const SpfEffort& effort) {
  const auto found = groups(world, ranges, effort);
  CHECK(found.left_out.empty());
  std::vector<IpAddress> told;
  for (const auto& group : found.groups) {
    for (const auto& one : group.ranges) {
      for (auto ip = one.first;; ip = ip.plus(1)) {
        told.push_back(ip);
        CAPTURE(ip.to_string());
        const auto alone = world.evaluate(ip.to_string(), "example.com");
        if (group.asked_together) {
          CHECK_FALSE(group.outcome.results.is_certain());
        } else {
          CHECK(alone.missing.empty() == group.outcome.missing.empty());
          if (alone.missing.empty()) CHECK(summary(alone) == summary(group.outcome));
        }
        if (ip == one.last) break;
      }
    }
  }
  std::vector<IpAddress> wanted;
  for (const auto& one : ranges) {
    for (auto ip = one.first;; ip = ip.plus(1)) {
      wanted.push_back(ip);
      if (ip == one.last) break;
    }
  }
  std::sort(told.begin(), told.end());
  CHECK(told == wanted);
}

}  // namespace

TEST_CASE("spf groups: in random worlds they are what each address comes to by itself") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const auto world = dice.world();
    std::vector<AddressRange> ranges{range("192.0.2.0", fmt::format("192.0.2.{}", dice.roll(40)))};
    if (dice.roll(2) == 0) ranges.push_back(range("192.0.2.50", "192.0.2.63"));
    ranges.push_back(range(fmt::format("2001:db8::{:x}", dice.roll(20)), "2001:db8::3f"));
    check_world(world, ranges, {.one_by_one = 1000});
    check_world(world, ranges, {.one_by_one = dice.roll(4)});
  }
}
