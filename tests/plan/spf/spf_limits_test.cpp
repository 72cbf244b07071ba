// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// No edit pushes a record over a limit, and whoever comes close is told, with the way out.
#include "plan/spf/spf_limits.h"

#include <doctest/doctest.h>

#include "plan/spf_estate.h"
#include "plan/world/spf_world.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

TEST_CASE("no reply grows out of its limit") {
  const auto filled = [](std::size_t size) {
    const std::string head = "v=spf1 ip4:192.0.2.10 x=", tail = " ~all";
    return head + std::string(size - head.size() - tail.size(), 'y') + tail;
  };
  auto fits = renumber();
  CHECK(txt_reply_size(name("example.com"), {dns::txt_rdata(filled(430))}) < 512 - 18);
  CHECK(fits.spf(filled(430)).edits().size() == 2);
  CHECK(says(renumber().spf(filled(460)).refusal(), "the reply with example.com TXT would have 5"));
  // What needs EDNS or TCP today needs it afterwards as well.
  CHECK(renumber().spf(filled(700)).edits().size() == 2);
}

TEST_CASE("a relay is taken in within ten lookups, and with a record of its own") {
  const auto estate_with = [](const std::string& record, const std::string& relay_record) {
    Estate estate;
    estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
    for (auto* builder : {&estate.before, &estate.after}) {
      builder->raw().relays.push_back({"bulk", "include:spf.bulk.example", {}, {}, {}, {}, {}});
    }
    estate.after.raw().domains.back().via.push_back({"bulk", {}});
    estate.spf(record);
    for (int i = 0; i < 9; ++i) estate.dns.a("h" + std::to_string(i) + ".example.com", 300, {"203.0.113.1"});
    if (!relay_record.empty()) estate.spf(relay_record, "spf.bulk.example");
    return estate;
  };
  std::string eight = "v=spf1 ip4:192.0.2.10";
  for (int i = 0; i < 8; ++i) eight += " a:h" + std::to_string(i) + ".example.com";
  CHECK(estate_with(eight + " -all", "v=spf1 ip4:198.51.100.0/24 -all").edits(false).size() == 1);
  CHECK(says(
      estate_with(eight + " -all", "v=spf1 a:h0.example.com mx:example.com a:h1.example.com -all").refusal(),
      "would need more than 10 lookups"));
  CHECK(says(estate_with("v=spf1 ip4:192.0.2.10 -all", "").refusal(),
             "would be an error to every receiver: include:spf.bulk.example points to no SPF record"));
}

TEST_CASE("a record that outgrows a string, and what fits into every reply, is said") {
  const auto filled = [](std::size_t size) {
    const std::string head = "v=spf1 ip4:192.0.2.10 x=", tail = " ~all";
    return head + std::string(size - head.size() - tail.size(), 'y') + tail;
  };
  const auto notes_of = [&](std::size_t size) {
    auto estate = renumber();
    estate.spf(filled(size));
    CHECK(estate.edits().size() == 2);
    return std::pair(estate.notes("it is written as several strings"),
                     estate.notes("may not fit into every reply"));
  };
  CHECK(notes_of(200) == std::pair(false, false));
  CHECK(notes_of(250) == std::pair(true, false));
  CHECK(notes_of(300) == std::pair(false, false));
  CHECK(notes_of(430) == std::pair(false, true));
}

TEST_CASE(
    "what is no error over IPv4 may be one over IPv6: names without such addresses are looked up in vain") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").was("2001:db8::10", "mx1.example.com");
  estate.is("192.0.2.10", "mail1.example.com").is("2001:db8::10", "mx1.example.com");
  estate.dns.a("a.example.com", 300, {"203.0.113.1"}).a("b.example.com", 300, {"203.0.113.2"});
  for (auto* builder : {&estate.before, &estate.after})
    builder->raw().relays.push_back({"bulk", "a:c.example.com", {}, {}, {}, {}, {}});
  estate.after.raw().domains.back().via.push_back({"bulk", {}});
  estate.dns.a("c.example.com", 300, {"203.0.113.3"});
  estate.spf("v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 a:a.example.com a:b.example.com -all");
  CHECK(says(estate.refusal(), "would be an error to every receiver over IPv6"));
}
