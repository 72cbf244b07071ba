// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/proof.h"

#include <doctest/doctest.h>

#include <optional>
#include <random>

#include "dns/signing_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;

namespace {

const auto host = name("host.zone.test");
RRset ptr(const Name& owner = host) { return {owner, RrType::PTR, 300, {name("mx.zone.test").wire()}}; }
RRset alias(std::string_view to, const Name& owner = host) {
  return {owner, RrType::CNAME, 300, {name(to).wire()}};
}
RRset soa() {
  return {apex,
          RrType::SOA,
          300,
          {name("ns.zone.test").wire() + name("h.zone.test").wire() + std::string(20, '\1')}};
}
const Types types{{apex, {RrType::SOA, RrType::NS}}, {host, {RrType::PTR}}};

std::vector<RRset> denial(std::vector<RRset> chain) {
  chain.push_back(soa());
  return chain;
}

}  // namespace

TEST_CASE("proof: a record, with a signature that holds or one that does not") {
  for (const auto& set :
       {ptr(), RRset{host, RrType::A, 300, {std::string("\xc0\0\2\1", 4), std::string("\xc0\0\2\2", 4)}},
        RRset{host, RrType::AAAA, 300, {std::string(16, '\1')}}}) {
    CAPTURE(to_string(set.type));
    const auto flaw = [&](const Server& server) { return server.asked(host, set.type, 0, {set}).flaw; };
    Server server;
    CHECK(server.asked(host, set.type, 0, {set}).secure);
    Server missing;
    missing.unsigned_types = {set.type};
    CHECK(flaw(missing) == Flaw::signature_missing);
    const auto proof = missing.asked(host, set.type, 0, {set});
    CHECK(proof.what == to_string(set.type) + " host.zone.test");
    CHECK(proof.if_in_zone == host);  // or it is the top of an unsigned zone below
    Server late;
    late.expiration = base - 1;
    CHECK(flaw(late) == Flaw::signature_expired);
    Server early;
    early.inception = base + 1;
    CHECK(flaw(early) == Flaw::signature_not_yet_valid);
    Server spoiled;
    spoiled.spoil = true;
    CHECK(flaw(spoiled) == Flaw::signature_broken);
    CHECK_FALSE(spoiled.asked(host, set.type, 0, {set}).if_in_zone);
    const TrustedKeys others(apex, {Signer(apex).dnskey()});
    CHECK(prove(server.message(host, set.type, 0, {set}, {}), host, set.type, others, now).flaw ==
          Flaw::signature_of_no_key);
  }
}

TEST_CASE("proof: an alias, and where it leads in the zone") {
  Server server;
  CHECK(server.asked(host, RrType::PTR, 0, {alias("real.zone.test"), ptr(name("real.zone.test"))}).secure);
  CHECK(server.asked(host, RrType::PTR, 0, {alias("real.other.test")}).secure);
  server.unsigned_types = {RrType::CNAME};
  const auto proof = server.asked(host, RrType::PTR, 0, {alias("real.other.test")});
  CHECK(proof.flaw == Flaw::signature_missing);
  CHECK(proof.what == "CNAME host.zone.test");
  CHECK(proof.if_in_zone == apex);  // an alias is at no zone's top
  server.unsigned_types = {RrType::PTR};
  CHECK(server.asked(host, RrType::PTR, 0, {alias("real.zone.test"), ptr(name("real.zone.test"))}).what ==
        "PTR real.zone.test");
  CHECK(server.asked(host, RrType::PTR, 0, {alias("host.zone.test")}).secure);  // a circle, and signed
}

TEST_CASE("proof: what a DNAME record stands for is not signed itself") {
  Server server;
  const RRset dname{name("sub.zone.test"), RrType::DNAME, 300, {name("other.test").wire()}};
  server.unsigned_types = {RrType::CNAME};
  const auto asked = name("a.sub.zone.test");
  CHECK(server.asked(asked, RrType::PTR, 0, {dname, alias("a.other.test", asked)}).secure);
  server.unsigned_types.insert(RrType::DNAME);
  CHECK(server.asked(asked, RrType::PTR, 0, {dname, alias("a.other.test", asked)}).flaw ==
        Flaw::signature_missing);
}

TEST_CASE("proof: a denial, with NSEC and with NSEC3") {
  for (const auto& chain : {nsec_chain(types), nsec3_chain(types, apex)}) {
    Server server;
    const auto gone = name("gone.zone.test");
    CHECK(server.asked(gone, RrType::PTR, 3, {}, denial(chain)).secure);
    CHECK(server.asked(host, RrType::A, 0, {}, denial(chain)).secure);
    // What is there, and an answer of the wrong kind.
    CHECK(server.asked(host, RrType::PTR, 0, {}, denial(chain)).flaw == Flaw::denial_unproven);
    CHECK(server.asked(host, RrType::A, 3, {}, denial(chain)).flaw == Flaw::denial_unproven);
    CHECK(server.asked(gone, RrType::PTR, 0, {}, denial(chain)).flaw == Flaw::denial_unproven);
    const auto none = server.asked(gone, RrType::PTR, 3, {}, {soa()});
    CHECK(none.flaw == Flaw::denial_unproven);
    CHECK(none.what == "PTR gone.zone.test");
    // Each needs a signature of its own.
    server.unsigned_types = {chain.front().type};
    CHECK(server.asked(gone, RrType::PTR, 3, {}, denial(chain)).flaw == Flaw::signature_missing);
    server.unsigned_types = {RrType::SOA};
    CHECK(server.asked(gone, RrType::PTR, 3, {}, denial(chain)).flaw == Flaw::signature_missing);
    server.unsigned_types.clear();
    server.expiration = base - 1;
    CHECK(server.asked(gone, RrType::PTR, 3, {}, denial(chain)).flaw == Flaw::signature_expired);
  }
}

TEST_CASE("proof: what a wildcard makes up") {
  const auto wildcard = ptr(name("*.zone.test"));
  const Types with{{apex, {RrType::SOA, RrType::NS}},
                   {name("*.zone.test"), {RrType::PTR}},
                   {name("other.zone.test"), {RrType::PTR}}};
  for (const auto& chain : {nsec_chain(with), nsec3_chain(with, apex)}) {
    Server server;
    const auto say = [&](const Name& owner, const std::vector<RRset>& authority) {
      return server.asked(owner, RrType::PTR, 0, {ptr(owner)}, authority, &wildcard);
    };
    CHECK(say(host, chain).secure);
    const auto proof = say(host, {});
    CHECK(proof.flaw == Flaw::expansion_unproven);
    CHECK(proof.what == "PTR host.zone.test");
    CHECK(say(name("other.zone.test"), chain).flaw == Flaw::expansion_unproven);
    server.unsigned_types = {chain.front().type};
    CHECK(say(host, chain).flaw == Flaw::signature_missing);
  }
  CHECK(Server().asked(name("*.zone.test"), RrType::PTR, 0, {wildcard}).secure);
}

TEST_CASE("proof: another zone's denial is not judged") {
  Server server;
  RRset below = soa();
  below.owner = name("sub.zone.test");
  server.unsigned_types = {RrType::SOA};
  const auto proof = server.asked(name("a.sub.zone.test"), RrType::PTR, 3, {}, {below});
  CHECK_FALSE(proof.flaw);
  CHECK_FALSE(proof.secure);
}

TEST_CASE("proof: any octets are safe, and a message that is spoiled is never proven by it") {
  Server server;
  const auto sound = server.message(host, RrType::PTR, 0, {ptr()}, {});
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    auto spoiled = sound;
    const auto at = 12 + random() % (spoiled.size() - 12);
    spoiled[at] = static_cast<char>(spoiled[at] ^ (1 << random() % 8));
    prove(spoiled, host, RrType::PTR, server.keys(), now);
    prove(std::string_view(sound).substr(0, at), host, RrType::PTR, server.keys(), now);
  }
  auto other = sound;
  other.replace(other.find(name("mx.zone.test").wire()), 3, "\2my");
  CHECK(prove(other, host, RrType::PTR, server.keys(), now).flaw == Flaw::signature_broken);
}
