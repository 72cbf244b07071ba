// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What a walk found, made by hand, and what is said about it.
#include "dns/delegation/delegation_verdict.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "dns/cut_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::cuts;

namespace {

std::vector<std::string> faults(const Cut& cut, const Surroundings& around = all_works) {
  std::vector<std::string> words;
  for (const auto& complaint : judge(cut, around).complaints)
    words.push_back(std::string(to_string(complaint.weight)) + " " + std::string(to_string(complaint.fault)));
  std::sort(words.begin(), words.end());
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a sound cut has no complaints") {
  CHECK(faults(sound()) == Words{});
  CHECK(judge(sound(), all_works).weight() == Weight::note);
  CHECK(judge(sound(), all_works).dnssec == DsMatch::unsigned_zone);
}

TEST_CASE("a lame server, by how it is lame") {
  const auto lame = [](AuthorityReply reply) {
    auto cut = sound();
    auto& report = cut.servers[1].addresses[0];
    report = {};
    report.address = ip("198.51.100.12");
    report.soa_udp = report.soa_tcp = said(std::move(reply));
    return faults(cut);
  };
  CHECK(lame(failing(Outcome::refused)) == Words{"fault lame-refused"});
  CHECK(lame(failing(Outcome::servfail)) == Words{"fault lame-servfail"});
  CHECK(lame(failing(Outcome::malformed)) == Words{"fault malformed-reply"});
  CHECK(lame(referral("test", {name("p.test")})) == Words{"fault lame-upward-referral"});
  CHECK(lame(referral(".", {name("root.test")})) == Words{"fault lame-upward-referral"});
  CHECK(lame(referral("other", {name("p.test")})) == Words{"fault lame-not-authoritative"});
  CHECK(lame(referral("zone.test", {name("ns1.test")})) == Words{"fault referral-loop"});
  CHECK(lame(negative(ReplyKind::nxdomain, "test")) == Words{"fault lame-not-authoritative"});
  auto cached = answer(RrType::SOA, {soa_data(1)});
  cached.authoritative = false;
  CHECK(lame(cached) == Words{"fault lame-not-authoritative"});
}

TEST_CASE("silence is no fault, a host that refuses is one") {
  const auto quiet = [](Silence udp, Silence tcp) {
    auto cut = sound();
    auto& report = cut.servers[1].addresses[0];
    report = {};
    report.address = ip("198.51.100.12");
    report.soa_udp = silence(udp);
    report.soa_tcp = silence(tcp);
    return faults(cut);
  };
  CHECK(quiet(Silence::timeout, Silence::timeout) == Words{"unknown silent"});
  CHECK(quiet(Silence::timeout, Silence::closed) == Words{"unknown silent"});
  CHECK(quiet(Silence::closed, Silence::closed) == Words{"fault not-listening"});
  CHECK(quiet(Silence::closed, Silence::timeout) == Words{"unknown silent"});
  CHECK(quiet(Silence::no_route, Silence::no_route) == Words{"note no-route"});
  CHECK(quiet(Silence::not_asked, Silence::not_asked) == Words{});
}

TEST_CASE("silence is a fault where it lasts over many tries, and others of the family answer") {
  auto cut = sound();
  auto& report = cut.servers[1].addresses[0];
  const auto with = [&](Exchange udp, Exchange tcp, const Surroundings& around = all_works) {
    report = {};
    report.address = ip("198.51.100.12");
    report.soa_udp = std::move(udp);
    report.soa_tcp = std::move(tcp);
    return faults(cut, around);
  };
  const auto udp = lasting_silence(), tcp = lasting_silence(true);
  CHECK(with(udp, tcp) == Words{"fault silent"});
  CHECK(with(udp, silence(Silence::closed)) == Words{"fault silent"});
  CHECK(with(silence(Silence::closed), tcp) == Words{"fault silent"});
  CHECK(with(udp, silence(Silence::timeout, 3)) == Words{"unknown silent"});
  CHECK(with(silence(Silence::timeout, many_tries_over_udp - 1), tcp) == Words{"unknown silent"});
  // Where nobody else is reached it may be this machine, or what stands before it. Over UDP; that nobody was
  // heard over TCP excuses no server from UDP.
  CHECK(with(udp, tcp, {{false, true}, {true, true}}) == Words{"unknown silent"});
  CHECK(with(udp, tcp, {{true, true}, {false, true}}) == Words{"fault silent"});
  CHECK(with(udp, silence(Silence::timeout, 3), {{true, true}, {false, true}}) == Words{"unknown silent"});
}

TEST_CASE("one transport only is a fault where the other works from here, and silence lasts") {
  auto cut = sound();
  cut.servers[0].addresses[0].soa_tcp = silence(Silence::timeout);
  CHECK(faults(cut) == Words{"unknown udp-only"});
  cut.servers[0].addresses[0].soa_tcp = lasting_silence(true);
  CHECK(faults(cut) == Words{"fault udp-only"});
  CHECK(faults(cut, {{true, true}, {false, true}}) == Words{"unknown udp-only"});
  cut.servers[0].addresses[0].soa_tcp = silence(Silence::closed);
  CHECK(faults(cut, {{true, true}, {false, true}}) == Words{"fault udp-only"});
  cut = sound();
  cut.servers[0].addresses[0].soa_udp = silence(Silence::timeout);
  CHECK(faults(cut) == Words{"unknown tcp-only"});
  cut.servers[0].addresses[0].soa_udp = lasting_silence();
  CHECK(faults(cut) == Words{"fault tcp-only"});
  // Truncated over UDP, and nothing over TCP.
  cut.servers[0].addresses[0] = {};
  cut.servers[0].addresses[0].address = ip("192.0.2.11");
  cut.servers[0].addresses[0].soa_udp = cut.servers[0].addresses[0].soa_tcp = silence(Silence::closed);
  cut.servers[0].addresses[0].soa_udp.over_tcp = true;
  CHECK(faults(cut) == Words{"fault udp-only"});
}

TEST_CASE("a name server without an address, and why") {
  auto cut = sound();
  cut.servers[1].addresses.clear();
  const auto with = [&](Lookup lookup) {
    cut.servers[1].lookup = lookup;
    return faults(cut);
  };
  CHECK(with(Lookup::none) == Words{"fault no-address"});
  CHECK(with(Lookup::alias) == Words{"fault address-is-alias"});
  CHECK(with(Lookup::loop) == Words{"fault address-loop"});
  CHECK(with(Lookup::no_glue) == Words{"fault glue-missing"});
  CHECK(with(Lookup::failed) == Words{"unknown address-unknown"});
}

TEST_CASE("the delegation is broken only where nobody is left who may hold the zone") {
  auto cut = sound();
  for (auto& server : cut.servers) {
    server.addresses[0].soa_udp = server.addresses[0].soa_tcp = said(failing(Outcome::refused));
  }
  CHECK(faults(cut) == Words{"fault lame-refused", "fault lame-refused", "fault no-server"});
  cut.servers[1].addresses[0].soa_udp = cut.servers[1].addresses[0].soa_tcp = silence(Silence::timeout);
  CHECK(faults(cut) == Words{"fault lame-refused", "unknown no-answer", "unknown silent"});
}

TEST_CASE("parent and child, and the servers among each other") {
  auto cut = sound();
  SUBCASE("a name at the parent only") {
    cut.parents[0].ns.reply.referral->ns = {name("ns1.test"), name("ns3.test")};
    CHECK(faults(cut) == Words{"fault ns-mismatch"});
    CHECK(judge(cut, all_works).complaints[0].detail ==
          "only at the parent: ns3.test; only in the zone: ns2.test");
  }
  SUBCASE("parents that differ") {
    auto other = cut.parents[0];
    other.ns.reply.referral->ns = {name("ns1.test")};
    cut.parents.push_back(other);
    CHECK(faults(cut) == Words{"fault parents-differ"});
  }
  SUBCASE("a parent that does not delegate") {
    auto other = cut.parents[0];
    other.ns.reply = negative(ReplyKind::nxdomain, "test");
    cut.parents.push_back(other);
    CHECK(faults(cut) == Words{"fault no-delegation"});
  }
  SUBCASE("serials, and then the answers") {
    cut.servers[1].addresses[0] = sound_address("198.51.100.12", 2);
    CHECK(faults(cut) == Words{"note serials-differ"});
    cut.servers[1].addresses[0].questions[0].exchange.reply = negative(ReplyKind::nxdomain, "zone.test");
    CHECK(faults(cut) == Words{"note answers-differ", "note serials-differ"});
  }
  SUBCASE("one version, two answers") {
    cut.servers[1].addresses[0].questions[0].exchange.reply = negative(ReplyKind::nxdomain, "zone.test");
    CHECK(faults(cut) == Words{"fault answers-differ"});
  }
  SUBCASE("a question that failed is no other answer") {
    cut.servers[1].addresses[0].questions[0].exchange = silence(Silence::timeout);
    CHECK(faults(cut) == Words{});
  }
  SUBCASE("glue") {
    cut.servers[0].glue = {ip("192.0.2.11")};
    cut.servers[0].own = {ip("192.0.2.11")};
    CHECK(faults(cut) == Words{});
    cut.servers[0].own = {ip("192.0.2.11"), ip("192.0.2.13")};
    CHECK(faults(cut) == Words{"fault glue-mismatch"});
  }
  SUBCASE("too many") {
    cut.left_out = 984;
    CHECK(faults(cut) == Words{"fault too-many-servers"});
  }
}

TEST_CASE("EDNS is dropped where every answer needed the try without") {
  auto cut = sound();
  auto& report = cut.servers[0].addresses[0];
  report.soa_udp.edns = Edns::dropped;
  CHECK(faults(cut) == Words{});
  report.ns.edns = report.dnskey.edns = Edns::dropped;
  report.soa_udp.tries = 3;
  CHECK(faults(cut) == Words{});  // each may have lost two packets
  report.soa_udp.tries = many_tries_over_udp;
  CHECK(faults(cut) == Words{"fault edns-dropped"});
}

TEST_CASE("DS and DNSKEY") {
  // A key of the octets 0 to 63; key tag and digest (RFC 4034 §5.1.4, §B) were computed by another program.
  std::string key("\x01\x01\x03\x0d", 4);
  for (int i = 0; i < 64; ++i) key += static_cast<char>(i);
  const std::string fitting =
                        octets("e8110d021b243a615747045e07046678ae866b27d6e481b89ae6aac4fe6d90f2e7cb6e66"),
                    older = octets("e8110d01ea4ee2e775c1e41fc9657bcaee99a727a88909b1");
  const std::string other = octets("e8110d02" + std::string(64, '0')),
                    unknown = octets("e8110d09" + std::string(64, '0'));
  const auto zone = name("zone.test");
  CHECK(match_ds(zone, {}, {}) == DsMatch::unsigned_zone);
  CHECK(match_ds(zone, {}, {key}) == DsMatch::island);
  CHECK(match_ds(zone, {fitting}, {key}) == DsMatch::matches);
  CHECK(match_ds(zone, {older}, {key}) == DsMatch::matches);
  CHECK(match_ds(zone, {other, fitting}, {key}) == DsMatch::matches);
  CHECK(match_ds(zone, {fitting}, {}) == DsMatch::no_key);
  CHECK(match_ds(zone, {other}, {key}) == DsMatch::mismatch);
  CHECK(match_ds(name("other.test"), {fitting}, {key}) == DsMatch::mismatch);
  CHECK(match_ds(zone, {unknown}, {key}) == DsMatch::unsupported);
  CHECK(match_ds(zone, {fitting}, {"x"}) == DsMatch::unsupported);
  std::mt19937 random(7);  // any octets are safe
  for (int round = 0; round < 2000; ++round) {
    auto ds = fitting, foreign = key;
    for (int i = 0; i < 2; ++i) foreign[random() % foreign.size()] = static_cast<char>(random());
    ds.resize(random() % (ds.size() + 1));
    foreign.resize(random() % (foreign.size() + 1));
    CHECK(match_ds(zone, {ds}, {foreign}) != DsMatch::matches);
  }
  auto cut = sound();
  const auto with = [&](const std::vector<std::string>& ds, bool keys) {
    if (!ds.empty()) cut.parents[0].ds = said(answer(RrType::DS, ds));
    for (auto& server : cut.servers) {
      if (keys) server.addresses[0].dnskey = said(answer(RrType::DNSKEY, {key}));
    }
    return faults(cut);
  };
  SUBCASE("keys alone") {
    CHECK(with({}, true) == Words{});
    CHECK(judge(cut, all_works).dnssec == DsMatch::island);
  }
  SUBCASE("a DS that fits") {
    CHECK(with({fitting}, true) == Words{});
    CHECK(judge(cut, all_works).dnssec == DsMatch::matches);
  }
  SUBCASE("a DS alone") {
    CHECK(with({fitting}, false) == Words{"fault ds-without-dnskey", "fault ds-without-dnskey"});
  }
  SUBCASE("a DS of another key") {
    CHECK(with({other}, true) == Words{"fault ds-mismatch", "fault ds-mismatch"});
  }
  SUBCASE("one server without the keys") {
    with({fitting}, true);
    cut.servers[1].addresses[0].dnskey = said(negative(ReplyKind::nodata, "zone.test"));
    CHECK(faults(cut) == Words{"fault ds-without-dnskey"});
    CHECK(judge(cut, all_works).dnssec == DsMatch::no_key);
  }
  SUBCASE("no answer about the DS or the keys says nothing") {
    for (const auto& failed :
         {silence(Silence::timeout), said(failing(Outcome::servfail)), said(failing(Outcome::refused))}) {
      cut.parents[0].ds = failed;
      CHECK(with({}, true) == Words{});
      CHECK_FALSE(judge(cut, all_works).dnssec);
      with({fitting}, false);
      for (auto& server : cut.servers) server.addresses[0].dnskey = failed;
      CHECK(faults(cut) == Words{});
      CHECK_FALSE(judge(cut, all_works).dnssec);
    }
  }
}

TEST_CASE("the walk as a whole") {
  Trace trace;
  trace.cuts.push_back(sound());
  trace.end = WalkEnd::nxdomain;
  CHECK(judge(trace).weight == Weight::note);
  trace.end = WalkEnd::alias_loop;
  CHECK(judge(trace).weight == Weight::fault);
  trace.end = WalkEnd::too_deep;
  CHECK(judge(trace).weight == Weight::fault);
  trace.end = WalkEnd::bound;
  CHECK(judge(trace).weight == Weight::unknown);
  trace.end = WalkEnd::stuck;
  CHECK(judge(trace).weight == Weight::unknown);
}
