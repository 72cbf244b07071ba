// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Of relays that share terms, records and addresses, what is said of which.
#include <doctest/doctest.h>

#include <algorithm>

#include "plan/relay_estate.h"
#include "plan/spf/relay_ranges.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

std::ptrdiff_t noted(const Estate& estate, const std::string& text) {
  return std::count_if(estate.plan.notes.begin(), estate.plan.notes.end(),
                       [&](const std::string& note) { return says(note, text); });
}

AddressRange range(const std::string& first, const std::string& last) {
  return {IpAddress::parse(first).value(), IpAddress::parse(last).value()};
}

}  // namespace

TEST_CASE("ranges share an address at their ends, and in one family alone") {
  const std::vector<AddressRange> ranges{range("192.0.2.4", "192.0.2.7")};
  CHECK(first_shared(ranges, {range("192.0.2.7", "192.0.2.9")}) != nullptr);
  CHECK(first_shared(ranges, {range("192.0.2.1", "192.0.2.4")}) != nullptr);
  CHECK(first_shared(ranges, {range("192.0.2.8", "192.0.2.9")}) == nullptr);
  CHECK(first_shared(ranges, {range("192.0.2.1", "192.0.2.3")}) == nullptr);
  CHECK(first_shared(ranges, {range("::", "ffff::")}) == nullptr);
  CHECK(first_shared({range("::", "ffff::")}, ranges) == nullptr);
}

TEST_CASE("of a record of ours only what the relay that was left had there is spoken of") {
  auto estate = estate_with({old_relay(), relay("kept", "include:kept.relay.example", "203.0.113.0/28")},
                            {"old", "kept"}, {"kept"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com include:_more.example.com -all");
  estate.spf("v=spf1 include:old.relay.example include:kept.relay.example -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:192.0.2.10 -all", "_more.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.spf("v=spf1 ip4:203.0.113.0/28 -all", "kept.relay.example");
  CHECK(estate.edits(false) == Texts{"_spf.example.com: v=spf1 include:kept.relay.example -all"});
  CHECK(noted(estate, "is taken out of _spf.example.com TXT") == 1);
  CHECK(noted(estate, " stays in ") == 0);
}

TEST_CASE("a relay in use that would only perhaps pass any longer refuses the plan") {
  auto estate = estate_with({old_relay(), relay("kept", "", "198.51.100.0/25")}, {"old", "kept"}, {"kept"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example include:gone.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.dns.broken("gone.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(says(estate.refusal(), "mail of example.com by kept would no longer pass SPF from"));
}

TEST_CASE("a relay of a domain that is declared anew has nothing to lose, and begins nothing") {
  auto estate = estate_with({relay("new", "", "203.0.113.0/28")}, {}, {"new"});
  estate.before.raw().domains.clear();
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  CHECK(estate.edits(false).empty());
  CHECK(noted(estate, "does not let new through") == 0);
}

TEST_CASE(
    "what still lets a relay through that was left is said once, and of hosts that do not send for the "
    "domain") {
  auto estate = estate_with({relay("old", "include:old.relay.example", "192.0.2.20/31")}, {"old"}, {});
  for (auto* builder : {&estate.before, &estate.after})
    builder->address("web", "192.0.2.20", "web.example.com", "web.example.com");
  estate.dns.ptr("192.0.2.20", 300, {"web.example.com"}).a("web.example.com", 300, {"192.0.2.20"});
  estate.spf("v=spf1 ip4:192.0.2.10 ip4:192.0.2.20 ip4:192.0.2.21 include:old.relay.example -all");
  estate.spf("v=spf1 ip4:192.0.2.20/31 -all", "old.relay.example");
  CHECK(estate.edits(false).size() == 1);
  CHECK(noted(estate, "still lets old through, which it left (192.0.2.20)") == 1);
  CHECK(noted(estate, "still lets old through") == 1);
}
