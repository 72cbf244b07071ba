// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What covers a term of a relay, and what is neither promised nor refused because it is not known.
#include "plan/spf/relay_terms.h"

#include <doctest/doctest.h>

#include "plan/relay_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

TEST_CASE("a name covers the same lengths alone, and a record that is taken in by half covers nothing") {
  const auto with = [](const std::string& term, const std::string& own, const std::string& inner) {
    auto estate = estate_with({relay("new", term, "198.51.100.0/28")}, {}, {"new"});
    estate.spf("v=spf1 ip4:192.0.2.10 " + own + " -all");
    estate.spf("v=spf1 " + inner + " -all", "_spf.example.com");
    estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
    estate.dns.a("new.relay.example", 300, {"198.51.100.1"})
        .aaaa("new.relay.example", 300, {"2001:db8:9::1"});
    return estate.edits(false);
  };
  const std::string wide = "a:new.relay.example/24//64", inner = "include:_spf.example.com";
  CHECK(with(wide, inner, wide).empty());
  CHECK_FALSE(with(wide, inner, "a:new.relay.example/28//64").empty());
  CHECK_FALSE(with(wide, inner, "a:new.relay.example/24//65").empty());
  CHECK(with("include:new.relay.example", inner, "include:new.relay.example").empty());
  CHECK_FALSE(with("include:new.relay.example", "?" + inner, "include:new.relay.example").empty());
}

TEST_CASE("records that take in each other are looked through once") {
  auto estate = estate_with({relay("new", "include:new.relay.example", "198.51.100.0/28")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
  estate.spf("v=spf1 ip4:203.0.113.0/24 include:_spf.example.com -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
  CHECK(says(estate.refusal(), "new is to send mail of example.com from 198.51.100.0-198.51.100.15"));
}

TEST_CASE("where nothing is lacking, a record that could not be looked up is nobody's question") {
  auto estate = estate_with({relay("new", "include:new.relay.example", "198.51.100.0/28")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com include:gone.relay.example -all");
  estate.spf("v=spf1 include:new.relay.example -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
  estate.dns.broken("gone.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(estate.edits(false).empty());
  CHECK_FALSE(estate.notes("takes new in already"));
}

TEST_CASE("what is not known is no promise that is broken, and no reason to refuse") {
  // The record of a relay that begins may let it through.
  auto fresh = estate_with({relay("new", "include:new.relay.example", "203.0.113.0/28")}, {}, {"new"});
  fresh.spf("v=spf1 ip4:192.0.2.10 -all");
  fresh.dns.broken("new.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(fresh.edits(false).size() == 1);
  // One that perhaps passed by the term of another one has nothing to lose.
  auto kept = estate_with({old_relay(), relay("kept", "", "203.0.113.0/28")}, {"old", "kept"}, {"kept"});
  kept.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  kept.dns.broken("old.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(kept.edits(false) == Texts{"example.com: v=spf1 ip4:192.0.2.10 -all"});
  CHECK_FALSE(kept.notes("still lets kept through"));
  // Nor has what never passed, though a part of the relay does.
  auto part = estate_with({old_relay(), relay("kept", "ip4:203.0.113.0/29", "203.0.113.0/28")},
                          {"old", "kept"}, {"kept"});
  part.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example ip4:203.0.113.0/29 -all");
  part.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(part.edits(false) == Texts{"example.com: v=spf1 ip4:192.0.2.10 ip4:203.0.113.0/29 -all"});
  CHECK_FALSE(part.notes("still lets kept through"));
}

TEST_CASE("a relay without a term that the record does not let through is said, and begins") {
  auto estate = estate_with({relay("new", "", "203.0.113.0/28")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  CHECK(estate.edits(false).empty());
  CHECK(estate.notes(
      "The SPF record of example.com does not let new through (203.0.113.0-203.0.113.15), which has no "
      "`spf` term"));
}

TEST_CASE(
    "whether a relay that was left still passes is said where it is not known, and not of an own host") {
  auto unknown = estate_with({old_relay()}, {"old"}, {});
  unknown.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example include:gone.relay.example -all");
  unknown.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  unknown.dns.broken("gone.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(unknown.edits(false).size() == 1);
  CHECK(unknown.notes(
      "Whether the SPF record of example.com still lets old through, which it left (198.51.100.0"));
  auto own = estate_with({relay("old", "include:old.relay.example", "192.0.2.10/32")}, {"old"}, {});
  own.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  own.spf("v=spf1 ip4:192.0.2.10 -all", "old.relay.example");
  CHECK(own.edits(false).size() == 1);
  CHECK_FALSE(own.notes("still lets old through"));
}

TEST_CASE("the term of a relay that was left stays where somebody may pass by nothing else") {
  // A host of ours may be let through by what could not be looked up.
  auto host = estate_with({old_relay()}, {"old"}, {});
  host.spf("v=spf1 include:_spf.example.com -all");
  host.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
  host.dns.broken("old.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(host.edits(false).empty());
  CHECK(
      host.notes("include:old.relay.example stays in _spf.example.com TXT: others who send for example.com"));
  // A relay that surely passes would only perhaps pass without it.
  auto other = estate_with({old_relay(), relay("other", "", "198.51.100.0/25")}, {"old", "other"}, {"other"});
  other.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
  other.spf("v=spf1 include:old.relay.example include:gone.relay.example -all", "_spf.example.com");
  other.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  other.dns.broken("gone.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(other.edits(false).empty());
  CHECK(other.notes(
      "include:old.relay.example stays in _spf.example.com TXT: others who send for example.com"));
}
