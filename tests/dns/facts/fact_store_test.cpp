// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/fact_store.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "dns/delegation/delegation.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

Fact sample(VantageIndex vantage, const std::string& name) {
  Fact fact;
  fact.question = {vantage, Name::parse(name).value(), RrType::PTR};
  fact.outcome = Outcome::answer;
  fact.security = Security::secure;
  const auto target = Name::parse("10.0-63.2.0.192.in-addr.arpa").value();
  fact.answer = {{fact.question.name, RrType::CNAME, 60, {rdata_of(target)}},
                 {target,
                  RrType::PTR,
                  300,
                  {rdata_of(Name::parse("a.example").value()), rdata_of(Name::parse("b.example").value())}}};
  fact.soa = RRset{Name::parse("example").value(), RrType::SOA, 7, {"x"}};
  fact.authoritative = true;
  fact.truncated = true;
  fact.without_edns = true;
  fact.cookie_missing = true;
  fact.tries = 3;
  fact.answered_try = 2;
  fact.rcode = 0;
  fact.ede = 22;
  fact.reason = "why";
  fact.server = "127.0.0.1#53";
  fact.rtt_us = 1234;
  fact.asked_at = parse_time("2027-01-01T00:00:00Z").value();
  return fact;
}

}  // namespace

TEST_CASE("a fact comes back out of the store as it went in") {
  FactStore store;
  const Fact in = sample(1, "10.2.0.192.in-addr.arpa");
  CHECK(store.insert(in));
  CHECK_FALSE(store.insert(in));
  const auto out = store.find(in.question);
  REQUIRE(out.has_value());
  CHECK(out->answer == in.answer);
  CHECK(out->soa == in.soa);
  CHECK(out->authoritative);
  CHECK_FALSE(out->authenticated);
  CHECK(out->truncated);
  CHECK(out->without_edns);
  CHECK_FALSE(out->case_changed);
  CHECK(out->cookie_missing);
  CHECK(out->security == Security::secure);
  CHECK(out->tries == 3);
  CHECK(out->answered_try == 2);
  CHECK(out->ede == in.ede);
  CHECK(out->reason == "why");
  CHECK(out->server == in.server);
  CHECK(out->rtt_us == 1234);
  CHECK(out->asked_at == in.asked_at);
  CHECK(out->aliases().size() == 1);
  CHECK(out->targets().size() == 2);
  CHECK_FALSE(store.contains({0, in.question.name, RrType::PTR}));
  CHECK_FALSE(store.contains({1, in.question.name, RrType::A}));
}

TEST_CASE("facts larger than a block and many small ones live together") {
  FactStore store;
  Fact huge = sample(0, "huge.example");
  huge.reason.assign(3u << 20, 'x');
  for (int i = 0; i < 20000; ++i) store.insert(sample(0, std::to_string(i) + ".example"));
  store.insert(huge);
  for (int i = 20000; i < 40000; ++i) store.insert(sample(0, std::to_string(i) + ".example"));
  CHECK(store.size() == 40001);
  CHECK(store.find(huge.question)->reason.size() == huge.reason.size());
  CHECK(store.find(sample(0, "0.example").question)->reason == "why");
  CHECK(store.find(sample(0, "39999.example").question)->reason == "why");
}

TEST_CASE("a store keeps what each server answered, and the delegation beside it, until a newer fact comes") {
  FactStore store;
  Fact in = sample(0, "example");
  const auto ns = Name::parse("ns1.example").value();
  in.servers = {{ns, IpAddress::parse("192.0.2.1").value(), Outcome::answer, in.answer, std::nullopt, ""},
                {ns, IpAddress::parse("2001:db8::1").value(), Outcome::nxdomain, {}, in.soa, ""},
                {ns, IpAddress::parse("192.0.2.3").value(), Outcome::timeout, {}, std::nullopt, "why"}};
  in.delegation = std::make_shared<const Delegation>();
  store.insert(in);
  store.insert(sample(0, "other.example"));
  const auto out = store.find(in.question);
  REQUIRE(out.has_value());
  CHECK(out->servers == in.servers);
  CHECK(out->delegation == in.delegation);
  CHECK(store.find(sample(0, "other.example").question)->delegation == nullptr);
  in.delegation = nullptr;
  in.servers.pop_back();
  store.put(in);
  CHECK(store.find(in.question)->servers == in.servers);
  CHECK(store.find(in.question)->delegation == nullptr);
}

TEST_CASE("a desk notes what is missing, once") {
  FactStore store;
  const Fact known = sample(0, "known.example");
  store.insert(known);
  FactDesk desk(store, 0);
  CHECK(desk.get(known.question.name, RrType::PTR) != nullptr);
  CHECK(desk.complete());
  CHECK(desk.get(known.question.name, RrType::A) == nullptr);
  CHECK(desk.get(known.question.name, RrType::A) == nullptr);
  CHECK(desk.missing().size() == 1);
}

TEST_CASE("a desk of many facts hands out the same ones, and notes each missing question once") {
  FactStore store;
  for (int i = 0; i < 200; i += 2) store.insert(sample(0, std::to_string(i) + ".example"));
  FactDesk desk(store, 0);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 200; ++i) {
      const Fact* fact = desk.get(Name::parse(std::to_string(i) + ".example").value(), RrType::PTR);
      REQUIRE((fact != nullptr) == (i % 2 == 0));
      if (fact != nullptr) CHECK(fact->question.name.first_label() == std::to_string(i));
    }
  }
  CHECK(desk.missing().size() == 100);
  desk.clear();
  CHECK(desk.complete());
  CHECK(desk.get(Name::parse("2.example").value(), RrType::PTR) != nullptr);
}

TEST_CASE("a desk goes on where facts were missing, with those that are brought or that the store has by now") {
  FactStore store;
  FactDesk desk(store, 0);
  int reviewed = 0;
  desk.set_review([&](Fact& fact) {
    ++reviewed;
    fact.reason = "reviewed";
  });
  const Fact one = sample(0, "one.example"), two = sample(0, "two.example"), three = sample(0, "three.example");
  store.insert(one);
  const Fact* first = desk.get(one.question.name, RrType::PTR);
  REQUIRE(first != nullptr);
  desk.begin_part();
  CHECK_FALSE(desk.part_lacks_something());
  CHECK(desk.get(two.question.name, RrType::PTR) == nullptr);
  CHECK(desk.part_lacks_something());
  desk.begin_part();
  CHECK_FALSE(desk.part_lacks_something());
  CHECK(desk.probe(two.question.name, RrType::PTR) == nullptr);  // noted as missing already
  CHECK(desk.part_lacks_something());
  CHECK(desk.get(three.question.name, RrType::PTR) == nullptr);
  CHECK(desk.missing().size() == 2);
  desk.bring(Fact(two));  // the store does not have it
  store.insert(three);
  desk.resume();
  CHECK(desk.complete());
  desk.begin_part();
  CHECK(desk.get(one.question.name, RrType::PTR) == first);
  CHECK(desk.facts().size() == 1);
  for (const auto& fact : {two, three}) {
    const Fact* found = desk.get(fact.question.name, RrType::PTR);
    REQUIRE(found != nullptr);
    CHECK(found->question == fact.question);
    CHECK(found->answer == fact.answer);
    CHECK(found->reason == "reviewed");
  }
  CHECK_FALSE(desk.part_lacks_something());
  CHECK(reviewed == 3);
  CHECK(desk.facts().size() == 3);
  desk.clear();
  desk.bring(Fact(two));
  CHECK(desk.get(two.question.name, RrType::A) == nullptr);  // another type
  desk.clear();
  CHECK(desk.get(two.question.name, RrType::PTR) == nullptr);
}

TEST_CASE("a desk of many facts goes on as one of a few does") {
  FactStore store;
  for (int i = 0; i < 100; i += 2) store.insert(sample(0, std::to_string(i) + ".example"));
  FactDesk desk(store, 0);
  for (int i = 0; i < 100; ++i) desk.get(Name::parse(std::to_string(i) + ".example").value(), RrType::PTR);
  CHECK(desk.missing().size() == 50);
  for (int i = 1; i < 100; i += 2) desk.bring(sample(0, std::to_string(i) + ".example"));
  desk.resume();
  for (int i = 0; i < 100; ++i)
    CHECK(desk.get(Name::parse(std::to_string(i) + ".example").value(), RrType::PTR) != nullptr);
  CHECK(desk.complete());
  CHECK(desk.facts().size() == 100);
}

TEST_CASE("what desks share is unpacked and reviewed once, until it is forgotten") {
  FactStore store;
  SharedFacts shared;
  int reviewed = 0;
  const auto at_a_desk = [&](const auto& look) {
    FactDesk desk(store, 0);
    desk.set_review([&](Fact& fact) {
      ++reviewed;
      fact.reason = "reviewed";
    });
    desk.share(shared);
    return look(desk);
  };
  const Fact one = sample(0, "one.example");
  const auto get = [&](FactDesk& desk) { return desk.get(one.question.name, RrType::PTR); };
  CHECK(at_a_desk(get) == nullptr);
  store.insert(one);
  const Fact* first = at_a_desk(get);
  REQUIRE(first != nullptr);
  CHECK(first->reason == "reviewed");
  CHECK(at_a_desk(get) == first);
  CHECK(reviewed == 1);
  CHECK(at_a_desk([&](FactDesk& desk) { return desk.get(one.question.name, RrType::A); }) == nullptr);
  shared.clear();
  CHECK(at_a_desk([&](FactDesk& desk) { return get(desk)->reason; }) == "reviewed");
  CHECK(reviewed == 2);
  // One that was brought is whose desk it was brought to.
  const Fact two = sample(0, "two.example");
  at_a_desk([&](FactDesk& desk) {
    desk.bring(Fact(two));
    return desk.get(two.question.name, RrType::PTR);
  });
  CHECK(at_a_desk([&](FactDesk& desk) { return desk.get(two.question.name, RrType::PTR); }) == nullptr);
}

TEST_CASE("more facts than are shared come out right, in whatever order they are looked at") {
  FactStore store;
  SharedFacts shared;
  for (int i = 0; i < 2000; ++i) store.insert(sample(0, std::to_string(i) + ".example"));
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    const auto label = std::to_string(random() % 2000);
    FactDesk desk(store, 0);
    desk.share(shared);
    const auto* fact = desk.get(Name::parse(label + ".example").value(), RrType::PTR);
    REQUIRE(fact != nullptr);
    CHECK(fact->question.name.first_label() == label);
  }
}
