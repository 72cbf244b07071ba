// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "plan/emit/emit.h"
#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

const std::string reverse10 = "10.2.0.192.in-addr.arpa PTR: ";

/// One host whose name the inventory changed and the DNS did not.
Builder renamed(ManagedBy forward = ManagedBy::zonefile) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", ManagedBy::ticket).zone("mail.example", forward);
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  builder.raw().retired_names.push_back({name("n0.mail.example"), {}});
  return builder;
}

Dns before_rename() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  return dns;
}

}  // namespace

TEST_CASE("renaming PTR and HELO on one address takes the phases and the times of the worked example") {
  const auto inventory = renamed().build();
  const auto plan = plan_for(before_rename(), inventory).value();
  CHECK(ids(plan) == Texts{"preflight", "lower-ttl", "add-forward", "swap-ptr", "switch-helo", "remove-old",
                           "restore-ttl"});
  CHECK(steps(plan, "lower-ttl") ==
        Texts{reverse10 + "86400 n0.mail.example. => 300 n0.mail.example.",
              "mail.example SOA: 86400 ns1.mail.example. hostmaster.mail.example. 7 3600 600 604800 3600 => "
              "86400 ns1.mail.example. hostmaster.mail.example. 8 3600 600 604800 300",
              "n0.mail.example A: 86400 192.0.2.10 => 300 192.0.2.10"});
  CHECK(steps(plan, "add-forward") == Texts{"n1.mail.example A: - => 300 192.0.2.10"});
  CHECK(steps(plan, "swap-ptr") == Texts{reverse10 + "300 n0.mail.example. => 300 n1.mail.example."});
  CHECK(steps(plan, "remove-old") == Texts{"n0.mail.example A: 300 192.0.2.10 => -"});
  CHECK(steps(plan, "restore-ttl") ==
        Texts{reverse10 + "300 n1.mail.example. => 86400 n1.mail.example.",
              "mail.example SOA: 86400 ns1.mail.example. hostmaster.mail.example. 8 3600 600 604800 300 => "
              "86400 ns1.mail.example. hostmaster.mail.example. 9 3600 600 604800 3600",
              "n1.mail.example A: 300 192.0.2.10 => 86400 192.0.2.10"});
  REQUIRE(phase(plan, "switch-helo")->manual.size() == 1);
  CHECK(phase(plan, "switch-helo")->manual[0].sender == "mx1");
  CHECK(phase(plan, "switch-helo")->manual[0].text ==
        "change the HELO name from n0.mail.example to n1.mail.example on 192.0.2.10");

  CHECK(formula(*phase(plan, "lower-ttl")) == "propagation 300 + old-ttl 86400 + skew 60");
  CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + negative-ttl 300 + skew 60");
  CHECK(formula(*phase(plan, "swap-ptr")) == "propagation 300 + old-ttl 300 + skew 60");
  CHECK(formula(*phase(plan, "switch-helo")) == "bake 3600");
  CHECK(formula(*phase(plan, "remove-old")) == "propagation 300 + old-ttl 300 + skew 60");
  CHECK(phase(plan, "lower-ttl")->wait.total == seconds(86760));
  CHECK(phase(plan, "add-forward")->wait.total == seconds(660));
  CHECK(phase(plan, "swap-ptr")->wait.total == seconds(660));
  CHECK(phase(plan, "switch-helo")->wait.total == seconds(3600));
  CHECK(phase(plan, "remove-old")->wait.total == seconds(660));
  CHECK(plan.total == seconds(92340));
  CHECK(plan.cheap_return_until == seconds(91680));
  CHECK(phase(plan, "remove-old")->starts_after == seconds(91680));
  CHECK(phase(plan, "restore-ttl")->starts_after == seconds(92340));

  // At worst each of the four changes in the DNS shows 3600 + 600 - 300 seconds later than it should.
  CHECK(phase(plan, "lower-ttl")->wait.late->value == seconds(3900));
  CHECK(phase(plan, "lower-ttl")->wait.late->origin ==
        "without NOTIFY: refresh 3600 + retry 600 of 2.0.192.in-addr.arpa, less propagation 300");
  CHECK_FALSE(phase(plan, "switch-helo")->wait.late.has_value());
  CHECK(phase(plan, "lower-ttl")->worst_after == seconds(0));
  CHECK(phase(plan, "add-forward")->worst_after == seconds(86760 + 3900));
  CHECK(phase(plan, "swap-ptr")->worst_after == seconds(87420 + 2 * 3900));
  CHECK(phase(plan, "switch-helo")->worst_after == seconds(88080 + 3 * 3900));
  CHECK(phase(plan, "remove-old")->worst_after == seconds(91680 + 3 * 3900));
  CHECK(plan.worst_total == seconds(92340 + 4 * 3900));
  CHECK(phase(plan, "lower-ttl")->wait.terms[0].origin == "default");
  CHECK(phase(plan, "lower-ttl")->wait.terms[1].origin == "observed at 192.0.2.53#53");
}

TEST_CASE("where the SOA is out of reach the old negative TTL is waited for") {
  for (const auto managed_by : {ManagedBy::octodns, ManagedBy::dnscontrol, ManagedBy::ticket}) {
    const auto inventory = renamed(managed_by).build();
    const auto plan = plan_for(before_rename(), inventory).value();
    CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + negative-ttl 3600 + skew 60");
    CHECK(plan.total == seconds(95640));
  }
  const auto inventory = renamed().build();
  CHECK(plan_for(before_rename(), inventory, nullptr, {.lower_negative_ttl = false}).value().total ==
        seconds(95640));
  const auto dynamic = renamed(ManagedBy::nsupdate).build();
  const auto plan = plan_for(before_rename(), dynamic).value();
  CHECK(plan.total == seconds(92340));
  CHECK_FALSE(phase(plan, "lower-ttl")->steps[1].by_hand.empty());
}

TEST_CASE("the SOA is left alone where something else takes as long") {
  auto builder = renamed();
  builder.address("mx2", "192.0.2.11", "m.mail.example", "m.mail.example");
  builder.raw().zones[0].min_ttl = seconds(3600);
  const auto inventory = builder.build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  dns.a("n1.mail.example", 300, {"192.0.2.10"});
  dns.ptr("192.0.2.11", 300, {"m0.mail.example"}).a("m0.mail.example", 300, {"192.0.2.11"});
  const auto plan = plan_for(dns, inventory).value();
  CHECK(phase(plan, "swap-ptr")->starts_after == phase(plan, "add-forward")->starts_after);
  const auto lowered = steps(plan, "lower-ttl");
  CHECK(lowered.size() == 2);
  CHECK(std::none_of(lowered.begin(), lowered.end(),
                     [](const auto& step) { return step.find("SOA") != std::string::npos; }));
}

TEST_CASE("a negative TTL seen through a cache is the SOA's MINIMUM") {
  const auto inventory = Builder()
                             .zone("mail.example", ManagedBy::ticket)
                             .address("mx1", "192.0.2.10", "", "n1.mail.example")
                             .build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example", 1200, 3600).ptr("192.0.2.10", 300, {"x.example"});
  dns::FactStore store;
  ask(dns, inventory, nullptr).for_each([&](Fact fact) {
    fact.authoritative = false;
    store.insert(fact);
  });
  const dns::VantageInfo info{"recursive", dns::VantageKind::recursive, "recursive"};
  const auto plan = make_plan(inventory, nullptr, {store, 0, info}, {}).value();
  CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + negative-ttl 3600 + skew 60");
  CHECK(plan_for(dns, inventory).value().total == seconds(1560));
}

TEST_CASE("the earlier inventory and the list of retired names lead to the same rename") {
  auto unlisted = renamed();
  unlisted.raw().retired_names.clear();
  const auto now = unlisted.build();
  const auto base = Builder()
                        .zone("mail.example")
                        .address("mx1", "192.0.2.10", "n0.mail.example", "n0.mail.example")
                        .build();
  const auto with = plan_for(before_rename(), now, &base).value(),
             without = plan_for(before_rename(), renamed().build()).value();
  CHECK(ids(with) == ids(without));
  CHECK(with.total == without.total);
}

TEST_CASE("an RRset whose TTL is low already is not lowered") {
  auto dns = before_rename();
  dns.ptr("192.0.2.10", 300, {"n0.mail.example"});
  const auto inventory = renamed().build();
  const auto plan = plan_for(dns, inventory).value();
  const auto lowered = steps(plan, "lower-ttl");
  CHECK(lowered.size() == 2);
  CHECK(std::none_of(lowered.begin(), lowered.end(),
                     [](const auto& step) { return step.find("PTR") != std::string::npos; }));
  dns.a("n0.mail.example", 120, {"192.0.2.10"}).zone("mail.example", 86400, 60);
  const auto quick = plan_for(dns, inventory).value();
  CHECK(phase(quick, "lower-ttl") == nullptr);
  CHECK(steps(quick, "remove-old") == Texts{"n0.mail.example A: 120 192.0.2.10 => -"});
}

TEST_CASE("renumbering: forward and PTR first, then mail moves, then PTR and forward go") {
  Builder old_one, new_one;
  for (auto* builder : {&old_one, &new_one}) {
    builder->zone("2.0.192.in-addr.arpa")
        .zone("100.51.198.in-addr.arpa")
        .zone("mail.example", ManagedBy::zonefile);
  }
  old_one.address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example");
  new_one.address("mx1", "198.51.100.20", "n.mail.example", "n.mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("100.51.198.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n.mail.example"}).a("n.mail.example", 86400, {"192.0.2.10", "203.0.113.80"});
  const auto base = old_one.build(), now = new_one.build();
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) == Texts{"preflight", "lower-ttl", "add-forward", "add-ptr", "start-egress", "stop-egress",
                           "remove-ptr", "remove-old", "restore-ttl"});
  CHECK(phase(plan, "add-forward")->starts_after == phase(plan, "add-ptr")->starts_after);
  CHECK(phase(plan, "lower-ttl")->wait.total == seconds(86760));
  CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + old-ttl 300 + skew 60");
  CHECK(formula(*phase(plan, "add-ptr")) == "propagation 300 + negative-ttl 300 + skew 60");
  // A foreign address at the name stays through all of it.
  CHECK(steps(plan, "add-forward") ==
        Texts{"n.mail.example A: 300 192.0.2.10 203.0.113.80 => 300 192.0.2.10 198.51.100.20 203.0.113.80"});
  CHECK(steps(plan, "add-ptr") == Texts{"20.100.51.198.in-addr.arpa PTR: - => 300 n.mail.example."});
  CHECK(phase(plan, "start-egress")->manual[0].text ==
        "start sending from 198.51.100.20 with HELO n.mail.example");
  CHECK(phase(plan, "stop-egress")->manual[0].text == "stop sending from 192.0.2.10");
  CHECK(steps(plan, "remove-ptr") == Texts{reverse10 + "300 n.mail.example. => -"});
  CHECK(
      steps(plan, "remove-old") ==
      Texts{"n.mail.example A: 300 192.0.2.10 198.51.100.20 203.0.113.80 => 300 198.51.100.20 203.0.113.80"});
  CHECK(plan.cheap_return_until == phase(plan, "remove-ptr")->starts_after);
  CHECK(plan.total == seconds(86760 + 660 + 3600 + 3600 + 660 + 660));
}

TEST_CASE("a new address with a generic PTR counts that PTR's TTL") {
  const auto base =
      Builder().zone("mail.example").address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example").build();
  const auto now = Builder()
                       .zone("mail.example")
                       .zone("2.0.192.in-addr.arpa")
                       .address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example")
                       .address("mx1", "192.0.2.11", "n.mail.example", "n.mail.example")
                       .build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example", 300, 300);
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("n.mail.example", 300, {"192.0.2.10"});
  dns.ptr("192.0.2.11", 7200, {"ip-192-0-2-11.hoster.example"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) == Texts{"preflight", "add-forward", "swap-ptr", "start-egress", "restore-ttl"});
  CHECK(formula(*phase(plan, "swap-ptr")) == "propagation 300 + old-ttl 7200 + skew 60");
}

TEST_CASE("adding IPv6: PTR and AAAA together, mail only after both negative TTLs") {
  const auto inventory = Builder()
                             .zone("8.b.d.0.1.0.0.2.ip6.arpa")
                             .zone("2.0.192.in-addr.arpa")
                             .zone("mail.example")
                             .address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example")
                             .address("mx1", "2001:db8::10", "n.mail.example", "n.mail.example")
                             .build();
  Dns dns;
  dns.zone("8.b.d.0.1.0.0.2.ip6.arpa", 86400, 7200).zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 86400, {"n.mail.example"}).a("n.mail.example", 86400, {"192.0.2.10"});
  const auto plan = plan_for(dns, inventory).value();
  CHECK(ids(plan) == Texts{"preflight", "add-forward", "add-ptr", "start-egress"});
  CHECK(steps(plan, "add-forward") == Texts{"n.mail.example AAAA: - => 86400 2001:db8::10"});
  CHECK(phase(plan, "add-ptr")->starts_after == seconds(0));
  CHECK(formula(*phase(plan, "add-forward")) == "propagation 300 + negative-ttl 3600 + skew 60");
  CHECK(formula(*phase(plan, "add-ptr")) == "propagation 300 + negative-ttl 7200 + skew 60");
  CHECK(phase(plan, "start-egress")->starts_after == seconds(7560));
  CHECK(plan.cheap_return_until == plan.total);
}

TEST_CASE("a single missing AAAA is added and waited for, and nothing else") {
  const auto inventory = Builder()
                             .zone("8.b.d.0.1.0.0.2.ip6.arpa")
                             .zone("mail.example")
                             .address("mx1", "2001:db8::10", "n.mail.example", "n.mail.example")
                             .build();
  Dns dns;
  dns.zone("8.b.d.0.1.0.0.2.ip6.arpa").zone("mail.example").ptr("2001:db8::10", 86400, {"n.mail.example"});
  const auto plan = plan_for(dns, inventory).value();
  CHECK(ids(plan) == Texts{"preflight", "add-forward"});
  CHECK(steps(plan, "add-forward") == Texts{"n.mail.example AAAA: - => 86400 2001:db8::10"});
  CHECK(plan.total == seconds(3960));
}

TEST_CASE("nothing is planned where the DNS says what is declared") {
  const auto inventory = renamed().build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n1.mail.example"}).a("n1.mail.example", 86400, {"192.0.2.10"});
  const auto plan = plan_for(dns, inventory).value();
  CHECK(plan.phases.empty());
  CHECK(plan.changes == 0);
  CHECK(plan.total == seconds(0));
}

TEST_CASE("a PTR behind an RFC 2317 alias is changed where it lies") {
  const auto inventory = Builder()
                             .zone("0-63.2.0.192.in-addr.arpa")
                             .zone("mail.example")
                             .address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example")
                             .build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("0-63.2.0.192.in-addr.arpa").zone("mail.example");
  dns.cname("10.2.0.192.in-addr.arpa", 172800, "10.0-63.2.0.192.in-addr.arpa");
  dns.set("10.0-63.2.0.192.in-addr.arpa", RrType::PTR, 86400, {name("n0.mail.example").wire()});
  dns.a("n0.mail.example", 86400, {"192.0.2.10"});
  const auto plan = plan_for(dns, inventory).value();
  const auto* swap = phase(plan, "swap-ptr");
  REQUIRE(swap != nullptr);
  REQUIRE(swap->steps.size() == 1);
  CHECK(swap->steps[0].zone == name("0-63.2.0.192.in-addr.arpa"));
  CHECK(swap->steps[0].owner == name("10.0-63.2.0.192.in-addr.arpa"));
  // The data's TTL counts, not that of the alias, which stays.
  CHECK(phase(plan, "lower-ttl")->wait.total == seconds(86760));
}

TEST_CASE("a TTL that somebody declared is set even where nothing else changes, and no other") {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n1.mail.example"}).a("n1.mail.example", 7200, {"192.0.2.10"});
  auto builder = renamed();
  CHECK(plan_for(dns, builder.build()).value().phases.empty());
  builder.raw().addresses.front().ttl_declared = true;
  builder.raw().addresses.front().ttl = 3600;
  const auto plan = plan_for(dns, builder.build()).value();
  CHECK(ids(plan) == Texts{"preflight", "restore-ttl"});
  CHECK(steps(plan, "restore-ttl") == Texts{reverse10 + "300 n1.mail.example. => 3600 n1.mail.example.",
                                            "n1.mail.example A: 7200 192.0.2.10 => 3600 192.0.2.10"});
  CHECK(phase(plan, "preflight")->verify.size() == 2);
  CHECK(plan.total == seconds(0));
  CHECK(emit_text(plan, {}, Detail::brief).find("2 changes of TTLs alone, that need no wait") != std::string::npos);
  // A zone that is not in the inventory is not ours, and what its provider does not allow is not asked for.
  builder.raw().zones.front().min_ttl = seconds(300);
  builder.raw().zones.front().max_ttl = seconds(300);
  CHECK(steps(plan_for(dns, builder.build()).value(), "restore-ttl").size() == 1);
  builder.raw().zones.erase(builder.raw().zones.begin());
  CHECK(steps(plan_for(dns, builder.build()).value(), "restore-ttl").size() == 1);
  // A cache shows what is left of a TTL.
  dns::FactStore store;
  ask(dns, builder.build(), nullptr).for_each([&](Fact fact) {
    fact.authoritative = false;
    store.insert(fact);
  });
  const auto inventory = builder.build();
  const dns::VantageInfo info{"resolver", dns::VantageKind::forward, "resolver"};
  CHECK(make_plan(inventory, nullptr, {store, 0, info}, {}).value().phases.empty());
}

namespace {

Builder block_estate() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa", ManagedBy::ticket)
      .zone("0/26.2.0.192.in-addr.arpa", ManagedBy::octodns)
      .zone("mail.example");
  builder.address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example");
  builder.raw().retired_names.push_back({name("n0.mail.example"), {}});
  return builder;
}

Dns before_redelegation() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa", 86400, 7200)
      .zone("0/26.2.0.192.in-addr.arpa", 86400, 1800)
      .zone("mail.example");
  return dns.ptr("192.0.2.10", 86400, {"n1.mail.example"}).a("n1.mail.example", 86400, {"192.0.2.10"});
}

const std::string in_block = "10.0/26.2.0.192.in-addr.arpa";

}  // namespace

TEST_CASE("a PTR in its provider's zone becomes an alias into the zone of its block (RFC 2317)") {
  const auto inventory = block_estate().build();
  const auto plan = plan_for(before_redelegation(), inventory).value();
  // A TTL is lowered where that makes the whole shorter: a single change waits for the old one in either
  // case.
  REQUIRE(ids(plan) == Texts{"preflight", "add-ptr", "redelegate", "restore-ttl"});
  CHECK(steps(plan, "add-ptr") == Texts{in_block + " PTR: - => 86400 n1.mail.example."});
  CHECK(steps(plan, "redelegate") == Texts{"10.2.0.192.in-addr.arpa CNAME: - => 300 " + in_block + ".",
                                           reverse10 + "86400 n1.mail.example. => -"});
  CHECK(steps(plan, "restore-ttl") ==
        Texts{"10.2.0.192.in-addr.arpa CNAME: 300 " + in_block + ". => 86400 " + in_block + "."});
  // Nobody asks for the block's records before they are there, and nobody ever asked for an alias.
  CHECK(formula(*phase(plan, "add-ptr")) == "propagation 300 + negative-ttl 1800 + skew 60");
  CHECK(formula(*phase(plan, "redelegate")) == "propagation 300 + old-ttl 86400 + skew 60");
  CHECK(phase(plan, "redelegate")->steps[0].zone == name("2.0.192.in-addr.arpa"));
  CHECK(phase(plan, "redelegate")->steps[1].managed_by == ManagedBy::ticket);
}

TEST_CASE(
    "where the block's zone has all records the reverse name is all that changes, and a rename goes with "
    "it") {
  const auto inventory = block_estate().build();
  Dns dns = before_redelegation();
  dns.set(in_block, RrType::PTR, 3600, {name("n1.mail.example").wire()});
  CHECK(ids(plan_for(dns, inventory).value()) == Texts{"preflight", "redelegate", "restore-ttl"});

  // The PTR still names the old host: it is never changed where it is.
  Dns renaming;
  renaming.zone("2.0.192.in-addr.arpa").zone("0/26.2.0.192.in-addr.arpa").zone("mail.example");
  renaming.ptr("192.0.2.10", 300, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
  const auto plan = plan_for(renaming, inventory).value();
  CHECK(steps(plan, "redelegate") == Texts{"10.2.0.192.in-addr.arpa CNAME: - => 300 " + in_block + ".",
                                           reverse10 + "300 n0.mail.example. => -"});
  CHECK(steps(plan, "remove-old") == Texts{"n0.mail.example A: 300 192.0.2.10 => -"});
  CHECK(phase(plan, "swap-ptr") == nullptr);
  CHECK(phase(plan, "redelegate")->starts_after > phase(plan, "add-forward")->starts_after);
  CHECK(phase(plan, "remove-old")->starts_after > phase(plan, "redelegate")->starts_after);
}

TEST_CASE("a reverse name that leads to another block, or nowhere, is led to the declared one") {
  const auto inventory = block_estate().build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa", 86400, 7200).zone("0/26.2.0.192.in-addr.arpa").zone("mail.example");
  dns.zone("0-63.2.0.192.in-addr.arpa").a("n1.mail.example", 300, {"192.0.2.10"});
  dns.set(in_block, RrType::PTR, 300, {name("n1.mail.example").wire()});
  const auto nothing = plan_for(dns, inventory).value();
  CHECK(steps(nothing, "redelegate") == Texts{"10.2.0.192.in-addr.arpa CNAME: - => 300 " + in_block + "."});
  CHECK(formula(*phase(nothing, "redelegate")) == "propagation 300 + negative-ttl 7200 + skew 60");

  dns.cname("10.2.0.192.in-addr.arpa", 600, "10.0-63.2.0.192.in-addr.arpa");
  dns.set("10.0-63.2.0.192.in-addr.arpa", RrType::PTR, 86400, {name("n1.mail.example").wire()});
  const auto other = plan_for(dns, inventory).value();
  CHECK(steps(other, "redelegate") ==
        Texts{"10.2.0.192.in-addr.arpa CNAME: 600 10.0-63.2.0.192.in-addr.arpa. => 300 " + in_block + "."});
  CHECK(formula(*phase(other, "redelegate")) == "propagation 300 + old-ttl 600 + skew 60");
  CHECK(phase(other, "remove-ptr") == nullptr);
}

TEST_CASE("a block whose zone is not served yet keeps its PTR records where they are") {
  const auto inventory = block_estate().build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n0.mail.example"}).a("n0.mail.example", 300, {"192.0.2.10"});
  const auto plan = plan_for(dns, inventory).value();
  CHECK(steps(plan, "swap-ptr") == Texts{reverse10 + "300 n0.mail.example. => 300 n1.mail.example."});
  CHECK(std::any_of(plan.notes.begin(), plan.notes.end(), [](const std::string& note) {
    return note.find("the declared zone 0/26.2.0.192.in-addr.arpa does not exist") != std::string::npos;
  }));
  // Whether it is served has to be known.
  dns.zone("0/26.2.0.192.in-addr.arpa").broken("0/26.2.0.192.in-addr.arpa", RrType::SOA, Outcome::servfail);
  const auto unknown = plan_for(dns, inventory);
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().message.find("0/26.2.0.192.in-addr.arpa SOA: ") != std::string::npos);
}

TEST_CASE("a small reverse zone that the inventory does not know is found behind the alias") {
  const auto inventory = Builder()
                             .zone("2.0.192.in-addr.arpa", ManagedBy::nsupdate)
                             .zone("mail.example")
                             .address("mx1", "192.0.2.10", "n1.mail.example", "n1.mail.example")
                             .address("mx1", "192.0.2.11", "n1.mail.example", "n1.mail.example")
                             .build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("0-63.2.0.192.in-addr.arpa", 86400, 1800).zone("mail.example");
  dns.a("n1.mail.example", 300, {"192.0.2.10", "192.0.2.11"});
  dns.cname("10.2.0.192.in-addr.arpa", 300, "10.0-63.2.0.192.in-addr.arpa");
  dns.cname("11.2.0.192.in-addr.arpa", 300, "11.0-63.2.0.192.in-addr.arpa");
  dns.set("10.0-63.2.0.192.in-addr.arpa", RrType::PTR, 300, {name("n0.mail.example").wire()});
  const auto plan = plan_for(dns, inventory).value();
  for (const auto* id : {"swap-ptr", "add-ptr"}) {
    CAPTURE(id);
    REQUIRE(phase(plan, id) != nullptr);
    REQUIRE(phase(plan, id)->steps.size() == 1);
    CHECK(phase(plan, id)->steps[0].zone == name("0-63.2.0.192.in-addr.arpa"));
    CHECK(phase(plan, id)->steps[0].managed_by == ManagedBy::ticket);
  }
  CHECK(formula(*phase(plan, "add-ptr")) == "propagation 300 + negative-ttl 1800 + skew 60");
}

TEST_CASE("a provider's least TTL and publication delay stand in the waits") {
  auto builder = renamed();
  builder.raw().zones[0].min_ttl = seconds(3600);
  builder.raw().zones[0].publish_delay = seconds(900);
  Sources sources;
  sources.add("inventory.yaml", "version: 1\nzones:\n  - name: 2.0.192.in-addr.arpa\n");
  builder.raw().zones[0].at = Span{0, 20, 30};
  const auto inventory = builder.build();
  const auto plan = plan_for(before_rename(), inventory, nullptr, {.sources = &sources}).value();
  CHECK(steps(plan, "swap-ptr") == Texts{reverse10 + "3600 n0.mail.example. => 3600 n1.mail.example."});
  CHECK(formula(*phase(plan, "swap-ptr")) == "propagation 300 + publish-delay 900 + old-ttl 3600 + skew 60");
  CHECK(phase(plan, "swap-ptr")->wait.terms[2].origin == "declared at inventory.yaml:3");
}

TEST_CASE("what is not ours is never removed") {
  auto unlisted = renamed();
  unlisted.raw().retired_names.clear();
  const auto inventory = unlisted.build();
  auto dns = before_rename();
  SUBCASE("a name that serves others too") {
    dns.a("n0.mail.example", 86400, {"192.0.2.10", "203.0.113.80"});
  }
  SUBCASE("a name in somebody else's zone") {
    dns.zone("hoster.example")
        .ptr("192.0.2.10", 86400, {"ip10.hoster.example"})
        .a("ip10.hoster.example", 86400, {"192.0.2.10"});
  }
  SUBCASE("the apex of a zone") {
    dns.ptr("192.0.2.10", 86400, {"mail.example"}).a("mail.example", 86400, {"192.0.2.10"});
  }
  const auto plan = plan_for(dns, inventory).value();
  CHECK(phase(plan, "swap-ptr") != nullptr);
  CHECK(phase(plan, "remove-old") == nullptr);
}

TEST_CASE("two hosts that exchange their names never lose a path") {
  const auto base = Builder()
                        .zone("mail.example")
                        .zone("2.0.192.in-addr.arpa")
                        .address("a", "192.0.2.1", "x.mail.example", "x.mail.example")
                        .address("b", "192.0.2.2", "y.mail.example", "y.mail.example")
                        .build();
  auto now = Builder()
                 .zone("mail.example")
                 .zone("2.0.192.in-addr.arpa")
                 .address("a", "192.0.2.1", "y.mail.example", "y.mail.example")
                 .address("b", "192.0.2.2", "x.mail.example", "x.mail.example")
                 .build();
  now.defaults.rollout.wave_percent = 100;
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.1", 300, {"x.mail.example"}).ptr("192.0.2.2", 300, {"y.mail.example"});
  dns.a("x.mail.example", 300, {"192.0.2.1"}).a("y.mail.example", 300, {"192.0.2.2"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) == Texts{"preflight", "add-forward", "swap-ptr", "switch-helo", "remove-old"});
  CHECK(steps(plan, "add-forward").front() == "x.mail.example A: 300 192.0.2.1 => 300 192.0.2.1 192.0.2.2");
  CHECK(steps(plan, "remove-old").front() == "x.mail.example A: 300 192.0.2.1 192.0.2.2 => 300 192.0.2.2");
}

TEST_CASE("another relay: SPF takes it in first, and gives the old one up when its last mail was judged") {
  const auto inventory = [](const std::vector<std::string>& via) {
    Builder builder;
    builder.zone("example.com").domain("example.com", via);
    for (const auto* relay : {"old", "new"})
      builder.raw().relays.push_back(
          {relay, "include:spf." + std::string(relay) + ".example", {}, {}, {}, {}, {}});
    return builder.build();
  };
  const auto now = inventory({"new"}), base = inventory({"old"}), both = inventory({"old", "new"});
  Dns dns;
  dns.zone("example.com").txt("example.com", 3600, {"v=spf1 +Include:spf.old.example -all", "other"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) ==
        Texts{"preflight", "add-forward", "start-relay", "stop-relay", "remove-old", "restore-ttl"});
  CHECK(steps(plan, "add-forward") ==
        Texts{"example.com TXT: 3600 \"other\" \"v=spf1 +Include:spf.old.example -all\" => 300 \"other\" "
              "\"v=spf1 +Include:spf.old.example include:spf.new.example -all\""});
  CHECK(steps(plan, "remove-old") == Texts{"example.com TXT: 300 \"other\" \"v=spf1 +Include:spf.old.example "
                                           "include:spf.new.example -all\" => 300 "
                                           "\"other\" \"v=spf1 include:spf.new.example -all\""});
  CHECK(formula(*phase(plan, "start-relay")) == "bake 3600");
  CHECK(formula(*phase(plan, "stop-relay")) == "queue 432000");
  REQUIRE(phase(plan, "start-relay")->manual.size() == 1);
  const auto& start = phase(plan, "start-relay")->manual.front();
  CHECK(start.text == "start sending mail through new");
  CHECK(start.starts == Texts{"new"});
  CHECK(phase(plan, "start-relay")->rollback_manual.front().stops == Texts{"new"});

  // One more, and none less; and the way back.
  CHECK(ids(plan_for(dns, both, &base).value()) ==
        Texts{"preflight", "add-forward", "start-relay", "restore-ttl"});
  dns.txt("example.com", 3600, {"v=spf1 include:spf.old.example include:spf.new.example -all"});
  CHECK(ids(plan_for(dns, base, &both).value()) ==
        Texts{"preflight", "stop-relay", "remove-old", "restore-ttl"});
  // Several mechanisms: what another relay has too stays.
  auto wide = now;
  wide.relays.back().spf = "include:a.example  include:spf.OLD.example ip4:198.51.100.0/28";
  dns.txt("example.com", 300, {"v=spf1 include:spf.old.example mx -all"});
  const auto several_terms = plan_for(dns, wide, &base).value();
  CHECK(steps(several_terms, "add-forward") ==
        Texts{"example.com TXT: 300 \"v=spf1 include:spf.old.example mx -all\" => 300 \"v=spf1 "
              "include:spf.old.example mx include:a.example ip4:198.51.100.0/28 -all\""});
  CHECK(phase(several_terms, "remove-old") == nullptr);
  // Without an earlier inventory nobody knows what is new: the record is mended.
  dns.txt("example.com", 3600, {"v=spf1 -all"});
  CHECK(ids(plan_for(dns, both).value()) == Texts{"preflight", "add-forward", "restore-ttl"});
  // What is not one record is nobody's guess.
  dns.txt("example.com", 3600, {"v=spf1 -all", "v=spf1 ~all"});
  const auto several = plan_for(dns, now, &base).value();
  CHECK(several.phases.empty());
  CHECK(several.notes == Texts{"example.com has not one SPF record: its relays are left alone."});
  dns.broken("example.com", RrType::TXT, Outcome::timeout);
  CHECK(plan_for(dns, now, &base).error().message.find("example.com TXT: ") != std::string::npos);
}

TEST_CASE(
    "another DKIM key: its record is there first, the old one is revoked when no mail with it is under way") {
  const auto inventory = [](const std::vector<std::string>& selectors) {
    Builder builder;
    builder.zone("example.com").domain("example.com", {});
    builder.raw().domains.back().dkim = selectors;
    return builder.build();
  };
  const auto now = inventory({"s2027"}), base = inventory({"s2026"});
  Dns dns;
  dns.zone("example.com").txt("s2026._domainkey.example.com", 3600, {"v=DKIM1; p=AAAA"});
  const auto missing = plan_for(dns, now, &base);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message.find("s2027._domainkey.example.com has no key yet: publish it") !=
        std::string::npos);

  dns.txt("s2027._domainkey.example.com", 3600, {"v=DKIM1; p=BBBB"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) == Texts{"preflight", "switch-dkim", "revoke-key", "remove-old"});
  CHECK(phase(plan, "switch-dkim")->manual.front().text ==
        "sign mail with the selector s2027 in place of s2026");
  CHECK(phase(plan, "switch-dkim")->rollback_manual.front().text ==
        "sign mail with the selector s2026 in place of s2027");
  CHECK(formula(*phase(plan, "switch-dkim")) == "queue 432000");
  CHECK(steps(plan, "revoke-key") ==
        Texts{"s2026._domainkey.example.com TXT: 3600 \"v=DKIM1; p=AAAA\" => 300 \"v=DKIM1; p=\""});
  CHECK(steps(plan, "remove-old") == Texts{"s2026._domainkey.example.com TXT: 300 \"v=DKIM1; p=\" => -"});
  // Nothing is planned without an earlier inventory, nor where it was done before.
  CHECK(plan_for(dns, now).value().phases.empty());
  CHECK(ids(plan_for(dns, inventory({"s2026", "s2027"}), &base).value()) ==
        Texts{"preflight", "switch-dkim"});
  dns.txt("s2026._domainkey.example.com", 300, {"v=DKIM1; p="});
  CHECK(ids(plan_for(dns, now, &base).value()) == Texts{"preflight", "switch-dkim", "remove-old"});
  // A key that its provider holds behind an alias is the provider's.
  Dns aliased;
  aliased.zone("example.com")
      .zone("provider.example")
      .cname("s2026._domainkey.example.com", 300, "k.provider.example");
  aliased.txt("k.provider.example", 300, {"v=DKIM1; p=AAAA"})
      .txt("s2027._domainkey.example.com", 300, {"v=DKIM1; p=B"});
  const auto left = plan_for(aliased, now, &base).value();
  CHECK(ids(left) == Texts{"preflight", "switch-dkim"});
  CHECK(left.notes.front().find("k.provider.example") != std::string::npos);
}

TEST_CASE("SPF takes the new address in before its first use and gives the old one up after the last mail") {
  Builder old_one, new_one;
  for (auto* builder : {&old_one, &new_one}) {
    builder->zone("2.0.192.in-addr.arpa")
        .zone("mail.example")
        .zone("example.com")
        .domain("example.com", {"mx1"});
  }
  const auto base = old_one.address("mx1", "192.0.2.10", "n.mail.example", "n.mail.example").build();
  const auto now = new_one.address("mx1", "192.0.2.20", "n.mail.example", "n.mail.example").build();
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("n.mail.example", 300, {"192.0.2.10"});
  dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 include:x.example -all", "other"});
  const auto made = plan_for(dns, now, &base);
  REQUIRE_MESSAGE(made.has_value(), made.error().message);
  const auto& plan = *made;
  CHECK(steps(plan, "add-forward").front() ==
        "example.com TXT: 300 \"other\" \"v=spf1 ip4:192.0.2.10 include:x.example -all\" => "
        "300 \"other\" \"v=spf1 ip4:192.0.2.10 ip4:192.0.2.20 include:x.example -all\"");
  CHECK(formula(*phase(plan, "stop-egress")) == "queue 432000");
  CHECK(ids(plan) == Texts{"preflight", "add-forward", "add-ptr", "start-egress", "stop-egress", "remove-ptr",
                           "remove-old"});
  CHECK(steps(plan, "remove-old").size() == 2);
  CHECK(steps(plan, "remove-old").front().find("\"v=spf1 ip4:192.0.2.20 include:x.example -all\"") !=
        std::string::npos);
}

TEST_CASE("an address of which only the SPF record knows nothing yet sends once it is in it everywhere") {
  const auto inventory = [](bool more) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa")
        .zone("mail.example")
        .zone("example.com")
        .domain("example.com", {"mx"});
    builder.address("mx", "192.0.2.10", "n.mail.example", "n.mail.example");
    if (more) builder.address("mx", "192.0.2.20", "m.mail.example", "m.mail.example");
    return builder.build();
  };
  const auto now = inventory(true), base = inventory(false);
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  for (const auto& [address, host] :
       {std::pair{"192.0.2.10", "n.mail.example"}, {"192.0.2.20", "m.mail.example"}})
    dns.ptr(address, 300, {host}).a(host, 300, {address});
  dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 -all"});
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(ids(plan) == Texts{"preflight", "add-forward", "start-egress"});
  CHECK(steps(plan, "add-forward") == Texts{"example.com TXT: 300 \"v=spf1 ip4:192.0.2.10 -all\" => 300 "
                                            "\"v=spf1 ip4:192.0.2.10 ip4:192.0.2.20 -all\""});
  CHECK(phase(plan, "start-egress")->starts_after == phase(plan, "add-forward")->wait.total);
}
