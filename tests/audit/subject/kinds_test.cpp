// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What holds for every kind of subject. A new one comes in by its line in the list, and fails here until
// `full` has one of it.
#include "audit/subject/kinds.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "audit/change/find_touched.h"
#include "audit/change/weakened.h"
#include "audit/verdict/waiver_index.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

/// One of each, none of which hangs on another, each on a line of ten octets of its own.
Inventory full() {
  Inventory made;
  made.path = "inventory.yaml";
  made.addresses.push_back({.ip = IpAddress::parse("192.0.2.1").value(), .at = {0, 11, 12}});
  made.by_ip = {0};
  made.senders.push_back({.name = "mx", .address_count = 1, .at = {0, 21, 22}});
  made.zones.push_back({.name = name("example"), .at = {0, 31, 32}});
  made.relays.push_back({.name = "relay", .at = {0, 41, 42}});
  made.domains.push_back({.name = name("mail.example"), .at = {0, 51, 52}});
  made.vantages.push_back({.name = "walk", .at = {0, 61, 62}});
  made.paths.push_back(
      {.id = "mail.example via mx", .domain = 0, .sender = 0, .relay = {}, .at = {0, 71, 72}});
  made.blocklists.push_back({.zone = name("bl.example"), .at = {0, 81, 82}});
  return made;
}

/// A target of the kind, or an id that none has.
template <typename Kind>
Target of_one(const Inventory& inventory) {
  const auto items = Kind::items({.inventory = &inventory});
  REQUIRE(items.size() == 1);
  return target_of<Kind>(items[0]);
}

bool has(const std::vector<Weakening>& all, const std::string& subject) {
  return std::any_of(all.begin(), all.end(), [&](const Weakening& one) {
    return one.what == "subject-removed" && one.subject == subject;
  });
}

}  // namespace

TEST_CASE(
    "kinds: whatever a finding may be about is of a kind that says what "
    "there is") {
  for (const auto kind : target_kinds) {
    CAPTURE(to_string(kind));
    bool listed = false;
    for_each_kind([&]<typename Kind>() {
      if constexpr (Listed<Kind>) listed = listed || Kind::target == kind;
    });
    CHECK(listed);
  }
}

TEST_CASE(
    "kinds: what is new is touched, what is as before is not, and what "
    "is gone is told") {
  const auto now = full();
  const Inventory nothing{.path = "inventory.yaml"};
  const auto added = find_touched(nothing, now), same = find_touched(now, now);
  CHECK(added.count() == count_touchable(now));
  CHECK(same.count() == 0);
  const auto weakened = find_weakened(now, nothing, {});
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) {
      const auto target = of_one<Kind>(now);
      CAPTURE(to_string(target.kind));
      CHECK(is_touched(added, target));
      CHECK_FALSE(is_touched(same, target));
      if constexpr (Numerous<Kind>)
        CHECK(has(weakened, std::string(Kind::plural)));
      else
        CHECK(has(weakened, fmt::format("{} {}", to_string(target.kind), target.id)));
    }
  });
}

TEST_CASE(
    "kinds: a waiver in a comment reaches what its line declares, and "
    "nothing else") {
  auto inventory = full();
  inventory.waivers.push_back({.rule = "some-rule", .line = Span{}});
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) {
      const auto target = of_one<Kind>(inventory);
      CAPTURE(to_string(target.kind));
      const auto at = Kind::at(Kind::items({.inventory = &inventory})[0]);
      Finding finding;
      finding.rule = "some-rule";
      finding.target = target;
      for (const std::uint32_t line : {10u, 20u, 30u, 40u, 50u, 60u, 70u, 80u}) {
        inventory.waivers[0].line = Span{0, line, line + 10};
        const bool declared_there = at.begin >= line && at.begin < line + 10;
        CHECK(WaiverIndex(inventory).covering(finding).empty() != declared_there);
      }
    }
  });
}

TEST_CASE("an address belongs to its sender and to the zones of its records, also to one that was cut from its reverse zone") {
  Inventory inventory;
  inventory.senders.push_back({.name = "mx", .address_count = 2});
  for (const char* zone : {"2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa", "mail.example", "helo.example"})
    REQUIRE(inventory.add_zone({.name = name(zone)}));
  Address low{.ip = IpAddress::parse("192.0.2.1").value(), .ptr = name("mx.mail.example")};
  low.helo = name("mx.helo.example");
  Address high{.ip = IpAddress::parse("192.0.2.129").value(), .ptr = name("mx.elsewhere.example")};
  using Ids = std::vector<std::string>;
  CHECK(AddressKind::groups(inventory, low) ==
        Ids{"mx", "2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa", "mail.example", "helo.example"});
  CHECK(AddressKind::groups(inventory, high) == Ids{"mx", "2.0.192.in-addr.arpa"});
}
