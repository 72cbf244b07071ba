// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What the simulator reads from inventories and facts, without a planner.
#include "plan/simulate/scene.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {


/// The facts of these questions, as one vantage has them.
struct Seen {
  Seen(const Dns& dns, const std::vector<std::pair<std::string, RrType>>& questions) {
    for (const auto& [owner, type] : questions) facts.insert(dns.answer(name(owner), type));
  }
  World world(dns::VantageKind kind = dns::VantageKind::authoritative) const {
    return {facts, 0, {"vantage", kind, "vantage"}};
  }
  dns::FactStore facts;
};

Builder zones() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  return builder;
}

Inventory host(const std::string& address, const std::string& helo) {
  return zones().address("mx", address, helo, helo).build();
}

const std::string reverse10 = "10.2.0.192.in-addr.arpa";

const Scene::Service* service(const Scene& scene, Scene::ServiceKind kind, const std::string& which) {
  const auto found = std::find_if(scene.services.begin(), scene.services.end(),
                                  [&](const auto& one) { return one.kind == kind && one.name == which; });
  return found == scene.services.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("what the earlier inventory has sends, under the name that it gives, and nothing else does") {
  auto now = host("192.0.2.20", "n1.mail.example");
  now.retired_addresses.push_back({ip("192.0.2.30"), {}});
  const auto base = host("192.0.2.10", "n0.mail.example");
  // Whatever the DNS has of it.
  Dns dns;
  dns.ptr("192.0.2.20", 300, {"n1.mail.example"}).ptr("192.0.2.30", 300, {"n3.mail.example"});
  const Seen seen(dns, {{"20.2.0.192.in-addr.arpa", RrType::PTR}, {"30.2.0.192.in-addr.arpa", RrType::PTR}});
  const auto world = seen.world();
  const Scene scene(now, &base, world);
  REQUIRE(scene.paths.size() == 3);
  CHECK(scene.paths[0].ip == ip("192.0.2.20"));
  CHECK_FALSE(scene.paths[0].is_sending);
  CHECK(scene.paths[1].ip == ip("192.0.2.10"));
  CHECK(scene.paths[1].is_sending);
  CHECK(scene.paths[1].helo == name("n0.mail.example"));
  CHECK(scene.paths[1].sender == "mx");
  CHECK_FALSE(scene.paths[2].is_sending);
}

TEST_CASE("without an earlier inventory what the DNS knows sends, and is named as the DNS has it") {
  const auto now = host("192.0.2.10", "n1.mail.example");
  const std::vector<std::pair<std::string, RrType>> questions = {
      {reverse10, RrType::PTR}, {"n0.mail.example", RrType::A}, {"n1.mail.example", RrType::A}};
  const auto path = [&](const Dns& dns) {
    const Seen seen(dns, questions);
    const auto world = seen.world();
    return Scene(now, nullptr, world).paths.front();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  CHECK_FALSE(path(dns).is_sending);
  auto by_name = dns;
  by_name.a("n1.mail.example", 300, {"192.0.2.10"});
  CHECK(path(by_name).is_sending);
  dns.ptr("192.0.2.10", 300, {"n0.mail.example"});
  CHECK(path(dns).is_sending);
  // It confirms nothing: who knows what the host says.
  CHECK(path(dns).helo == name("n1.mail.example"));
  dns.a("n0.mail.example", 300, {"192.0.2.10"});
  CHECK(path(dns).helo == name("n0.mail.example"));
}

TEST_CASE("relays and keys in use are those of the earlier inventory") {
  const auto inventory = [](const std::vector<std::string>& via, const std::vector<std::string>& keys) {
    auto builder = zones();
    builder.domain("mail.example", via);
    builder.raw().domains.back().dkim = keys;
    for (const auto* relay : {"old", "both", "new"})
      builder.raw().relays.push_back(
          {relay, "include:" + std::string(relay) + ".example", {}, {}, {}, {}, {}});
    return builder.build();
  };
  const auto now = inventory({"both", "new"}, {"s2", "s3"}), base = inventory({"old", "both"}, {"s1", "s2"});
  const Seen seen(Dns(), {});
  const auto world = seen.world();
  const Scene scene(now, &base, world), alone(now, nullptr, world);
  for (const auto* one : {"old", "both"}) CHECK(service(scene, Scene::ServiceKind::relay, one)->is_in_use);
  for (const auto* one : {"s1", "s2"}) CHECK(service(scene, Scene::ServiceKind::key, one)->is_in_use);
  CHECK_FALSE(service(scene, Scene::ServiceKind::relay, "new")->is_in_use);
  CHECK_FALSE(service(scene, Scene::ServiceKind::key, "s3")->is_in_use);
  CHECK(service(scene, Scene::ServiceKind::relay, "old")->terms == "include:old.example");
  CHECK(scene.services.size() == 6);
  for (const auto& one : alone.services) CHECK(one.is_in_use);
  CHECK(alone.services.size() == 4);
}

TEST_CASE("an RRset is found behind its aliases, and lasts as long as any server lets it") {
  const auto now = host("192.0.2.10", "n0.mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa")
      .zone("mail.example")
      .cname(reverse10, 7200, "10.0-63.2.0.192.in-addr.arpa");
  dns.set("10.0-63.2.0.192.in-addr.arpa", RrType::PTR, 300, {name("n0.mail.example").wire()});
  dns.change(reverse10, RrType::PTR, [](Fact& fact) {
    dns::ServerAnswer slow{
        name("ns2.mail.example"), ip("192.0.2.54"), dns::Outcome::answer, fact.answer, {}, {}};
    slow.answer.back().ttl = 3600;
    fact.servers = {slow};
  });
  const Seen seen(dns,
                  {{reverse10, RrType::PTR}, {"n0.mail.example", RrType::A}, {"x.mail.example", RrType::A}});
  const auto world = seen.world();
  const Scene scene(now, nullptr, world);
  const auto* pointers = scene.find(name(reverse10), RrType::PTR);
  REQUIRE(pointers != nullptr);
  CHECK(pointers->key.owner == name("10.0-63.2.0.192.in-addr.arpa"));
  CHECK(pointers->version()->ttl == 3600);
  CHECK(scene.at({pointers->key.owner, RrType::PTR}) == pointers);
  CHECK(scene.at({name(reverse10), RrType::PTR}) == nullptr);
  CHECK(scene.at({name(reverse10), RrType::CNAME})->version()->ttl == 7200);
  CHECK(scene.find(name("n0.mail.example"), RrType::A)->is_known);
  CHECK_FALSE(scene.find(name("n0.mail.example"), RrType::A)->version());
  CHECK(scene.find(name("n1.mail.example"), RrType::A) == nullptr);
  CHECK(scene.zone_of({name("x.mail.example"), RrType::A}) == std::nullopt);
}

TEST_CASE("a TTL that a cache has counted down counts as the declared one") {
  const auto now = host("192.0.2.10", "n0.mail.example");
  Dns dns;
  dns.zone("mail.example").a("n0.mail.example", 17, {"192.0.2.10"});
  dns.change("n0.mail.example", RrType::A, [](Fact& fact) { fact.authoritative = false; });
  const Seen seen(dns, {{"n0.mail.example", RrType::A}});
  const auto ttl = [&](dns::VantageKind kind) {
    const auto world = seen.world(kind);
    return Scene(now, nullptr, world).find(name("n0.mail.example"), RrType::A)->version()->ttl;
  };
  CHECK(ttl(dns::VantageKind::forward) == 86400);
  CHECK(ttl(dns::VantageKind::recursive) == 17);
}

TEST_CASE("a zone is where its SOA record is, and denies for as long as that says") {
  const auto now = host("192.0.2.10", "n0.mail.example");
  Dns dns;
  dns.zone("mail.example", 600, 3600).zone("sub.mail.example", 86400, 1200);
  const Seen seen(dns, {{"mail.example", RrType::SOA}, {"a.sub.mail.example", RrType::SOA}});
  const auto world = seen.world();
  const Scene scene(now, nullptr, world);
  CHECK(scene.zone_of({name("n0.mail.example"), RrType::A}) == name("mail.example"));
  CHECK(scene.zone_of({name("a.sub.mail.example"), RrType::A}) == name("sub.mail.example"));
  CHECK(scene.zone_of({name("mail.example"), RrType::NS, true}) == std::nullopt);
  CHECK(scene.negative_ttl(name("mail.example")) == 600);
  CHECK(scene.negative_ttl(name("sub.mail.example")) == 1200);
}

TEST_CASE("a name that only a wildcard answers for has nothing of its own") {
  const auto now = host("192.0.2.10", "n0.mail.example");
  Dns dns;
  dns.zone("mail.example")
      .a("*.mail.example", 300, {"198.51.100.99"})
      .a("n0.mail.example", 60, {"198.51.100.99"});
  const std::string probe = "rdnsgate-wildcard-probe.";
  const Seen seen(dns, {{"n0.mail.example", RrType::A},
                        {"n1.mail.example", RrType::A},
                        {probe + "mail.example", RrType::A},
                        {probe + "*.n0.mail.example", RrType::A},
                        {probe + "*.n1.mail.example", RrType::A}});
  const auto world = seen.world();
  const Scene scene(now, nullptr, world);
  CHECK_FALSE(scene.is_made_up(name("n0.mail.example")));
  CHECK(scene.is_made_up(name("n1.mail.example")));
  CHECK(scene.wildcard_beside(name("n0.mail.example"), RrType::A)->ttl == 300);
}
