// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What a relay that was left had in records that others may take in: for whom it stays.
#include "plan/spf/relays_left.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plan/relay_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

constexpr auto inner = "_spf.example.com";

/// example.com and news.example.com, which take one record in or not, and send through the relay until they leave it.
Estate two_domains(const std::string& news) {
  Estate estate({"example.com", "news.example.com"});
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&estate.before, &estate.after}) {
    builder->raw().relays = {old_relay()};
  }
  for (auto& domain : estate.before.raw().domains) domain.via.push_back({"old", {}});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all").spf(news, "news.example.com");
  estate.spf("v=spf1 include:old.relay.example -all", inner);
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  return estate;
}

}  // namespace

TEST_CASE("a domain that does not take the record in keeps nothing in it") {
  auto estate = two_domains("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  estate.after.raw().domains.back().via.push_back({"old", {}});
  CHECK(estate.edits(false) == Texts{std::string(inner) + ": v=spf1 -all"});
}

TEST_CASE("the term of a relay that was left stays for a host that is let through by its HELO name") {
  // Under the name that it has today, under the one that it gets, and under neither.
  const auto stays = [](const std::string& listed, const std::string& own) {
    auto estate = estate_with({relay("old", "exists:%{h}.ok.example.com", "198.51.100.0/24")}, {"old"}, {});
    estate.after = Builder();
    for (const auto* zone : {"example.com", "2.0.192.in-addr.arpa"}) estate.after.zone(zone);
    estate.after.raw().relays = estate.before.raw().relays;
    estate.after.domain("example.com", {"mx"});
    estate.is("192.0.2.10", "mx2.example.com");
    estate.dns.a(listed + ".ok.example.com", 300, {"127.0.0.2"});
    estate.dns.a(own + ".own.example.com", 300, {"127.0.0.2"});
    estate.spf("v=spf1 exists:%{h}.own.example.com include:_spf.example.com -all");
    estate.spf("v=spf1 exists:%{h}.ok.example.com -all", inner);
    const auto edited = estate.edits(false);
    return std::none_of(edited.begin(), edited.end(),
                        [](const std::string& text) { return text.starts_with(inner); });
  };
  CHECK(stays("mx1.example.com", "mx2.example.com"));
  CHECK(stays("mx2.example.com", "mx1.example.com"));
  CHECK_FALSE(stays("mx3.example.com", "mx1.example.com"));
}
