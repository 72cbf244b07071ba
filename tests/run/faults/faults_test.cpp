// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What each fault does to single answers, and to which of them it does nothing.
#include <algorithm>

#include "dns/dnssec/dnssec_records.h"
#include "run/drill/played.h"
#include "run/faults/alter.h"

namespace rdnsgate::run {
namespace {

using dns::Outcome;
using dns::RrType;
using std::chrono::hours;
using std::chrono::minutes;

// Vantages, as Drilled has them.
constexpr dns::VantageIndex recursive = 0, authority = 1, office = 2;

dns::Name called(const std::string& text) { return dns::Name::parse(text).value(); }
const auto reverse = called("10.2.0.192.in-addr.arpa");

struct Struck {
  PlayedWorld played;
  Ground ground;

  explicit Struck(Drilled& estate)
      : played(estate), ground(played.kept->inventory, *played.below, played.before.facts, noon) {}

  Result<Fault> attempt(const std::string& scenario, const std::string& target = {}) const {
    const auto aim = find_aim(target, ground.inventory(), ground.vantages());
    REQUIRE(aim.has_value());
    return choose_scenarios(scenario).value().front()->strike(ground, *aim);
  }
  Fault strike(const std::string& scenario, const std::string& target = {}) const {
    auto fault = attempt(scenario, target);
    REQUIRE(fault.has_value());
    return std::move(*fault);
  }
  dns::Fact look(dns::VantageIndex vantage, const std::string& name, RrType type) const {
    return ground.look(vantage, called(name), type).value();
  }
};

dns::Fact fact_of(dns::VantageIndex vantage, const dns::Name& name, RrType type, Outcome outcome) {
  dns::Fact fact;
  fact.question = {vantage, name, type};
  fact.outcome = outcome;
  return fact;
}

dns::Fact answer_of(dns::VantageIndex vantage, const std::string& name, RrType type, std::string rdata) {
  auto fact = fact_of(vantage, called(name), type, Outcome::answer);
  fact.answer = {{called(name), type, 3600, {std::move(rdata)}}};
  return fact;
}

/// By address, whether it answers over TCP.
std::map<std::string, bool> over_tcp(const dns::Fact& fact) {
  std::map<std::string, bool> all;
  for (const auto& server : fact.delegation->cut.servers) {
    for (const auto& report : server.addresses) all[report.address.to_string()] = report.soa_tcp.replied();
  }
  return all;
}

TEST_CASE("a lost PTR record is denied as its zone denies, for as long as caches keep that") {
  Drilled estate;
  const Struck struck(estate);
  const auto fault = struck.strike("ptr-lost");
  CHECK(fault.touches({recursive, reverse, RrType::PTR}));
  CHECK_FALSE(fault.touches({recursive, reverse, RrType::A}));
  CHECK_FALSE(fault.touches({recursive, called("11.2.0.192.in-addr.arpa"), RrType::PTR}));
  auto lost = struck.look(authority, reverse.text(), RrType::PTR);
  fault.alter(lost);
  CHECK(lost.outcome == Outcome::nxdomain);
  REQUIRE(lost.soa.has_value());
  CHECK(lost.soa->owner == called("2.0.192.in-addr.arpa"));
  CHECK(dns::soa_in(lost.soa->rdata.front())->mname == called("ns1.mail.example"));
  CHECK(lost.negative_ttl() == 300);
  CHECK(fault.lingers == minutes(5));
  // Who had no answer has none then either.
  auto silent = fact_of(recursive, reverse, RrType::PTR, Outcome::timeout);
  fault.alter(silent);
  CHECK(silent.outcome == Outcome::timeout);
}

TEST_CASE("a lame secondary is the last of several, and says nothing any more") {
  Drilled estate;
  const Struck struck(estate);
  const auto fault = struck.strike("lame-secondary", "mail.example");
  CHECK(fault.touches({authority, called("mx1.mail.example"), RrType::A}));
  CHECK_FALSE(fault.touches({recursive, called("mx1.mail.example"), RrType::A}));
  CHECK_FALSE(fault.touches({authority, reverse, RrType::PTR}));
  const auto said_by = [](const char* name, std::uint32_t ip) {
    dns::ServerAnswer said;
    said.server = called(name);
    said.address = IpAddress::v4(ip);
    return said;
  };
  auto differ = answer_of(authority, "mx1.mail.example", RrType::A, "\xc0\0\2\n");
  differ.servers = {said_by("ns1.mail.example", 0xc0000235), said_by("ns2.mail.example", 0xc6336435),
                    said_by("ns3.mail.example", 0xc6336436)};
  auto two = differ;
  fault.alter(differ);
  REQUIRE(differ.servers.size() == 2);
  CHECK(differ.servers.back().server == called("ns3.mail.example"));
  // One server does not differ from itself.
  two.servers.pop_back();
  fault.alter(two);
  CHECK(two.servers.empty());
}

struct OneServer : Drilled {
  OneServer() {
    write(
        "zones/2.0.192.in-addr.arpa.zone",
        "$TTL 3600\n@ SOA ns1.mail.example. h.mail.example. 1 7200 1800 1209600 300\n@ NS ns1.mail.example.\n"
        "10 PTR mx1.mail.example.\n11 PTR out.mail.example.\n12 PTR out.mail.example.\n");
  }
};

TEST_CASE("of a zone with one server none is a secondary") {
  OneServer estate;
  const Struck struck(estate);
  CHECK_FALSE(struck.attempt("lame-secondary", "2.0.192.in-addr.arpa").has_value());
  CHECK(struck.strike("lame-secondary").subject == "mail.example");
}

TEST_CASE("a firewall hits its servers alone, and loses what they alone could send") {
  OneServer estate;
  const Struck struck(estate);
  const auto fault = struck.strike("tcp-blocked", "2.0.192.in-addr.arpa");
  auto own = struck.look(authority, "2.0.192.in-addr.arpa", RrType::SOA);
  auto other = struck.look(authority, "mail.example", RrType::SOA);
  // A server that has the reply over TCP without saying so, as one of transfers may.
  auto changed = std::make_shared<dns::Delegation>(*own.delegation);
  for (auto& server : changed->cut.servers) {
    for (auto& report : server.addresses) report.soa_tcp.over_tcp = false;
  }
  own.delegation = changed;
  fault.alter(own);
  fault.alter(other);
  CHECK(over_tcp(own) == std::map<std::string, bool>{{"192.0.2.53", false}});
  CHECK(over_tcp(other) == std::map<std::string, bool>{{"192.0.2.53", false}, {"198.51.100.53", true}});
  const auto altered = [&](dns::VantageIndex vantage, const std::string& name) {
    auto large = answer_of(vantage, name, RrType::TXT, std::string("\1a", 2));
    large.truncated = true;
    fault.alter(large);
    return large.outcome;
  };
  CHECK(altered(authority, reverse.text()) == Outcome::timeout);
  CHECK(altered(recursive, reverse.text()) == Outcome::servfail);
  CHECK(altered(recursive, "mx1.mail.example") == Outcome::answer);
  auto small = answer_of(recursive, reverse.text(), RrType::TXT, std::string("\1a", 2));
  fault.alter(small);
  CHECK(small.outcome == Outcome::answer);
}

TEST_CASE("a stale record is that of a name that resolves to its address, at the resolver that is aimed at") {
  Drilled estate;
  std::string inventory = R"(version: 1
vantages:
  - {name: recursive, kind: recursive}
  - {name: office, kind: forward, address: 192.0.2.54}
  - {name: home, kind: forward, address: 192.0.2.55}
zones: [{name: 2.0.192.in-addr.arpa, managed_by: ticket}, {name: mail.example, managed_by: ticket}]
senders:
  - {name: mx, helo: mx1.mail.example, addresses: [192.0.2.9]}
  - {name: out, helo: out.mail.example, addresses: [192.0.2.11, 192.0.2.12]}
rules: {addr-documentation: off}
)";
  estate.write("inventory.yaml", inventory);
  CHECK(estate.play("stale-cache", "home").happens.starts_with("home still has "));
  const auto drill = estate.play("stale-cache");
  CHECK(drill.happens.starts_with("office still has "));
  CHECK(drill.subject == "192.0.2.11");
}

TEST_CASE("every mail server that is aimed at says the wrong name, which no DNS has") {
  Drilled estate;
  const Struck struck(estate);
  const auto fault = struck.strike("helo-reset", "out");
  CHECK(fault.said.size() == 2);
  const auto said = called("localhost.localdomain");
  REQUIRE(fault.touches({recursive, said, RrType::A}));
  auto unknown = fact_of(recursive, said, RrType::A, Outcome::unanswered);
  fault.alter(unknown);
  CHECK(unknown.outcome == Outcome::nxdomain);
  auto known = answer_of(recursive, said.text(), RrType::A, "\x7f\0\0\1");
  fault.alter(known);
  CHECK(known.outcome == Outcome::answer);
  CHECK_FALSE(fault.staging.why_not.empty());
}

TEST_CASE("the name that leaks is the one that the inventory has for the inside, for the TTL of the record") {
  Drilled estate;
  auto drill = estate.play("name-leaked");
  CHECK(drill.happens.find("mx1.dc1.corp") != std::string::npos);
  CHECK(drill.recovery.lingers == hours(1));
  estate.write("inventory.yaml", R"(version: 1
vantages:
  - {name: recursive, kind: recursive}
  - {name: inside, kind: forward, address: 10.0.0.53, view: internal}
zones: [{name: 2.0.192.in-addr.arpa, managed_by: ticket}, {name: mail.example, managed_by: ticket}]
senders:
  - {name: mx, helo: mx1.mail.example, addresses: [{ip: 192.0.2.10, internal: {ptr: box7.intra.example}}]}
rules: {addr-documentation: off}
)");
  drill = estate.play("name-leaked");
  CHECK(drill.happens.find("box7.intra.example") != std::string::npos);
}

TEST_CASE("a slow resolver is no quicker than it was") {
  Drilled estate;
  const Struck struck(estate);
  const auto fault = struck.strike("resolver-slow");
  auto slower = answer_of(office, "mx1.mail.example", RrType::A, "\xc0\0\2\n");
  slower.rtt_us = 4'000'000;
  auto quick = slower;
  quick.rtt_us = 20'000;
  fault.alter(slower);
  fault.alter(quick);
  CHECK(slower.rtt_us == 4'000'000);
  CHECK(quick.rtt_us == 3'000'000);
  CHECK(fault.unseen.empty());
  REQUIRE(fault.staging.slow.has_value());
  CHECK(fault.staging.slow->resolver == office);
  CHECK_FALSE(struck.strike("resolver-slow", "recursive").staging.why_not.empty());
}

std::string stamped(Time inception, Time expiration) {
  std::string rdata("\0\1\15\3\0\0\16\20", 8);
  for (const auto time : {expiration, inception}) {
    const auto stamp = static_cast<std::uint32_t>(time.time_since_epoch().count());
    for (int shift = 24; shift >= 0; shift -= 8) rdata += static_cast<char>((stamp >> shift) & 0xffu);
  }
  return rdata + std::string("\0\1", 2) + called("mail.example").wire() + "signature";
}

TEST_CASE("signatures run out where they had not, and were made before that") {
  Drilled estate(true);
  const Struck struck(estate);
  const auto fault = struck.strike("signatures-expired");
  const auto altered = [&](Time inception, Time expiration) {
    auto fact = answer_of(authority, "mx1.mail.example", RrType::RRSIG, stamped(inception, expiration));
    fault.alter(fact);
    return fact.answer.front().rdata.front();
  };
  const auto end = noon - hours(48);
  CHECK(altered(noon - hours(200), noon + hours(24)) == stamped(noon - hours(200), end));
  // One that was made since then would hold from after its end.
  CHECK(altered(noon - hours(1), noon + hours(24)) == stamped(end - hours(14 * 24), end));
  CHECK(altered(noon - hours(900), noon - hours(600)) == stamped(noon - hours(900), noon - hours(600)));
}

TEST_CASE("with expired signatures servers go on to answer, and who validates keeps it back") {
  Drilled estate(true);
  const Struck struck(estate);
  const auto fault = struck.strike("signatures-expired");
  auto server = struck.look(authority, "mx1.mail.example", RrType::A);
  fault.alter(server);
  CHECK(server.outcome == Outcome::answer);
  CHECK(server.security == dns::Security::bogus);
  for (const auto vantage : {recursive, office}) {
    auto resolver = struck.look(vantage, "mx1.mail.example", RrType::A);
    fault.alter(resolver);
    CHECK(resolver.outcome == Outcome::bogus);
    CHECK(resolver.ede == 7);
    CHECK_FALSE(resolver.authenticated);
  }
  auto denied = struck.look(recursive, "nothing.mail.example", RrType::A);
  fault.alter(denied);
  CHECK(denied.outcome == Outcome::bogus);
  auto unproven = answer_of(recursive, "mx1.mail.example", RrType::A, "\xc0\0\2\n");
  fault.alter(unproven);
  CHECK(unproven.outcome == Outcome::answer);
  CHECK(fault.staging.expired == called("mail.example"));
}

TEST_CASE("silence stays silence, and every question of an address is touched") {
  dns::AddressReport report;
  report.soa_udp.asked = true;
  report.soa_udp.silence = dns::Silence::timeout;
  const auto silent = with_refusal(report.soa_udp);
  CHECK_FALSE(silent.replied());
  CHECK(silent.silence == dns::Silence::timeout);
  report.questions.push_back({called("mx1.mail.example"), {}});
  std::size_t count = 0;
  each_exchange(report, [&](dns::Exchange&) { ++count; });
  CHECK(count == 10);
  dns::Cut cut;
  cut.servers.emplace_back();
  cut.servers.back().addresses.push_back(report);
  each_holder(cut, [](const auto&, const auto&) { FAIL("it holds nothing"); });
}

TEST_CASE("addresses on mail paths are hit before others, and of an aim all") {
  Drilled estate;
  estate.write("inventory.yaml", R"(version: 1
zones: [{name: 2.0.192.in-addr.arpa, managed_by: ticket}, {name: mail.example, managed_by: ticket}]
senders:
  - {name: idle, helo: mx1.mail.example, addresses: [192.0.2.10]}
  - {name: out, helo: out.mail.example, addresses: [192.0.2.11, 192.0.2.12]}
domains: [{name: mail.example, via: [out]}]
rules: {addr-documentation: off}
)");
  CHECK(estate.play("ptr-lost").subject == "192.0.2.11");
  CHECK(estate.play("ptr-lost", "2.0.192.in-addr.arpa").subject == "192.0.2.10 and 2 more");
}

TEST_CASE("who sees the inside alone is outside where nobody else is, and else sees nothing of it") {
  Drilled estate;
  const Struck struck(estate);
  struct Inside final : dns::Panel {
    std::vector<dns::VantageInfo> all;
    const std::vector<dns::VantageInfo>& vantages() const override { return all; }
    void set_sink(dns::FactSink) override {}
    std::size_t room(dns::VantageIndex) const override { return 1; }
    void ask(const dns::Question&) override {}
    std::size_t run_once(milliseconds) override { return 0; }
  };
  Inside inside;
  inside.all = {{"inner", dns::VantageKind::forward, "inner", true}};
  const dns::FactStore none;
  CHECK(Ground(struck.ground.inventory(), inside, none, noon).is_outside(0));
  inside.all.push_back({"outer", dns::VantageKind::forward, "outer", false});
  const Ground both(struck.ground.inventory(), inside, none, noon);
  CHECK_FALSE(both.is_outside(0));
  CHECK(both.is_outside(1));
}

}  // namespace
}  // namespace rdnsgate::run
