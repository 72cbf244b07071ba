// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/fcrdns/rules.h"
#include "rules/registry.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

struct Served {
  std::uint32_t ttl;
  bool authoritative;
};

/// What the rule says of mx1 with these two answers.
std::vector<audit::Draft> judge(Served ptr, Served forward) {
  const auto estate = good_estate();
  const auto& address = estate.inventory.addresses.front();
  auto world = good_world();
  world.ptr("185.9.2.10", {"mx1.corp-mail.net"}, ptr.ttl).a("mx1.corp-mail.net", {"185.9.2.10"}, forward.ttl);
  dns::FactStore store;
  const auto keep = [&](const dns::Name& owner, RrType type, bool authoritative) {
    auto fact = world.answer({0, owner, type});
    fact.authoritative = authoritative;
    store.insert(fact);
  };
  keep(dns::reverse_name(address.ip), RrType::PTR, ptr.authoritative);
  keep(address.helo, RrType::A, forward.authoritative);
  keep(address.helo, RrType::AAAA, false);
  audit::RunContext context;
  context.inventory = &estate.inventory;
  dns::FactDesk desk(store, 0);
  auto subject = audit::read_address(context, address, desk);
  REQUIRE(subject);
  audit::Findings findings;
  findings.begin_rule(0, rules::find_rule("fcrdns-ttl-skew")->info);
  rules::judge_fcrdns_ttl_skew(*subject, findings);
  return findings.take();
}

}  // namespace

TEST_CASE("fcrdns-ttl-skew: more than ten times apart, either way") {
  auto drafts = judge({86400, true}, {300, true});
  REQUIRE(drafts.size() == 1);
  CHECK(drafts.front().observed == "PTR 86400 s, A at mx1.corp-mail.net 300 s");
  CHECK(judge({300, true}, {86400, true}).size() == 1);
  CHECK(judge({3000, true}, {300, true}).empty());
  CHECK(judge({0, true}, {0, true}).empty());
}

TEST_CASE("fcrdns-ttl-skew: silent where ttl-too-low-steady or ttl-too-high speaks of one of the two") {
  CHECK(judge({3600, true}, {0, true}).empty());
  CHECK(judge({86401, true}, {300, true}).empty());
}

TEST_CASE("fcrdns-ttl-skew: the smaller TTL counts only from an authoritative server") {
  CHECK(judge({86400, true}, {300, false}).empty());
  CHECK(judge({86400, false}, {300, false}).empty());
  CHECK(judge({86400, false}, {300, true}).size() == 1);
}
