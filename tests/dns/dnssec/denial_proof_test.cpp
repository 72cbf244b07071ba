// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/denial_proof.h"

#include <doctest/doctest.h>

#include <optional>
#include <random>

#include "dns/signed_zone.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;

namespace {

const auto apex = name("zone.test");

std::vector<const RRset*> views(const std::vector<RRset>& sets, std::size_t without = SIZE_MAX) {
  std::vector<const RRset*> all;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (i != without) all.push_back(&sets[i]);
  }
  return all;
}

enum class Truth { record, no_record, no_name };

/// What RFC 4592 makes of a question. The zones have no delegations.
Truth truth(const Types& types, const Name& asked, RrType type) {
  const auto exists = [&](const Name& at) {
    return std::any_of(types.begin(), types.end(), [&](const auto& it) { return it.first.is_within(at); });
  };
  const auto has = [&](const Name& at) {
    const auto found = types.find(at);
    return found != types.end() && (found->second.count(type) != 0 || found->second.count(RrType::CNAME) != 0)
               ? Truth::record
               : Truth::no_record;
  };
  if (exists(asked)) return has(asked);
  Name closest = asked;
  while (!exists(closest)) closest = closest.parent();
  const auto wildcard = name("*").under(closest).value();
  return exists(wildcard) ? has(wildcard) : Truth::no_name;
}

Types random_zone(std::mt19937& random) {
  Types types{{apex, {RrType::SOA, RrType::NS}}};
  const char* labels[] = {"a", "b", "m", "*", "z"};
  for (int n = 0; n < 6; ++n) {
    Name at = apex;
    for (auto depth = random() % 3 + 1; depth > 0; --depth) at = name(labels[random() % 5]).under(at).value();
    types[at].insert(random() % 4 == 0 ? RrType::CNAME : random() % 2 == 0 ? RrType::A : RrType::PTR);
  }
  return types;
}

Name random_name(std::mt19937& random) {
  const char* labels[] = {"a", "b", "c", "m", "x", "z", "*"};
  Name at = apex;
  for (auto depth = random() % 4; depth > 0; --depth) at = name(labels[random() % 7]).under(at).value();
  return at;
}

}  // namespace

TEST_CASE("denials of zones of any shape: what is so is proven, and nothing else") {
  std::mt19937 random(20270115);
  std::size_t proven = 0;
  for (int round = 0; round < 300; ++round) {
    const auto types = random_zone(random);
    for (const auto& chain : {nsec_chain(types), nsec3_chain(types, apex)}) {
      const Denials denials(apex, views(chain));
      for (int question = 0; question < 30; ++question) {
        const auto asked = random_name(random);
        const auto type = random() % 2 == 0 ? RrType::A : RrType::PTR;
        CAPTURE(asked.text());
        const auto so = truth(types, asked, type);
        CHECK((denials.no_name(asked) == DenialProof::proven) == (so == Truth::no_name));
        CHECK((denials.no_record(asked, type) == DenialProof::proven) == (so == Truth::no_record));
        proven += so != Truth::record;
      }
    }
  }
  CHECK(proven > 5000);
}

TEST_CASE("a denial without one of the records that it needs is none") {
  const Types types{{apex, {RrType::SOA, RrType::NS}},
                    {name("b.zone.test"), {RrType::A}},
                    {name("y.x.zone.test"), {RrType::A}}};
  for (const auto& chain : {nsec_chain(types), nsec3_chain(types, apex)}) {
    const auto needed = [&](const Name& asked) {
      std::size_t fails = 0;
      for (std::size_t i = 0; i < chain.size(); ++i)
        fails += Denials(apex, views(chain, i)).no_name(asked) == DenialProof::none;
      return fails;
    };
    CHECK(Denials(apex, views(chain)).no_name(name("c.zone.test")) == DenialProof::proven);
    CHECK(needed(name("c.zone.test")) >= 2);
    CHECK(Denials(apex, {}).no_name(name("c.zone.test")) == DenialProof::none);
    CHECK(Denials(apex, {}).no_record(name("b.zone.test"), RrType::AAAA) == DenialProof::none);
    // An empty non-terminal is there, and has nothing.
    CHECK(Denials(apex, views(chain)).no_name(name("x.zone.test")) == DenialProof::none);
    CHECK(Denials(apex, views(chain)).no_record(name("x.zone.test"), RrType::A) == DenialProof::proven);
  }
}

TEST_CASE("the parent's side of a cut denies nothing below it, and at it DS alone") {
  const Types types{{apex, {RrType::SOA, RrType::NS}}, {name("cut.zone.test"), {RrType::NS}}};
  for (const auto& chain : {nsec_chain(types), nsec3_chain(types, apex)}) {
    const Denials denials(apex, views(chain));
    CHECK(denials.no_name(name("a.cut.zone.test")) == DenialProof::none);
    CHECK(denials.no_record(name("a.cut.zone.test"), RrType::A) == DenialProof::none);
    CHECK(denials.no_record(name("cut.zone.test"), RrType::A) == DenialProof::none);
    CHECK(denials.no_record(name("cut.zone.test"), RrType::DS) == DenialProof::proven);
    CHECK(denials.no_record(apex, RrType::DS) == DenialProof::none);  // from the child's side
  }
}

TEST_CASE("a wildcard's record needs a proof that nothing closer is there") {
  const Types types{{apex, {RrType::SOA, RrType::NS}},
                    {name("*.zone.test"), {RrType::A}},
                    {name("b.zone.test"), {RrType::A}}};
  for (const auto& chain : {nsec_chain(types), nsec3_chain(types, apex)}) {
    const Denials denials(apex, views(chain));
    CHECK(denials.nothing_closer(name("c.zone.test"), 2) == DenialProof::proven);
    CHECK(denials.nothing_closer(name("d.c.zone.test"), 2) == DenialProof::proven);
    CHECK(denials.nothing_closer(name("b.zone.test"), 2) == DenialProof::none);
    CHECK(denials.nothing_closer(name("d.b.zone.test"), 2) == DenialProof::none);
    CHECK(Denials(apex, {}).nothing_closer(name("c.zone.test"), 2) == DenialProof::none);
  }
}

TEST_CASE("what is opted out, or hashed too often, counts as unsigned") {
  const Types types{{apex, {RrType::SOA, RrType::NS}},
                    {name("cut.x.zone.test"), {RrType::NS}},
                    {name("a.zone.test"), {RrType::A}}};
  const auto chain = nsec3_chain(types, apex, true);
  const Denials denials(apex, views(chain));
  CHECK(denials.no_name(name("c.zone.test")) == DenialProof::insecure);
  CHECK(denials.no_record(name("x.zone.test"), RrType::A) == DenialProof::insecure);
  CHECK(denials.no_record(name("cut.x.zone.test"), RrType::DS) == DenialProof::insecure);
  CHECK(denials.no_record(name("a.zone.test"), RrType::AAAA) == DenialProof::proven);
  CHECK(denials.no_name(name("a.zone.test")) == DenialProof::none);
  const auto often = nsec3_chain(types, apex, false, 200);
  CHECK(Denials(apex, views(often)).no_name(name("a.zone.test")) == DenialProof::insecure);
}

TEST_CASE("NSEC3 as RFC 5155 appendix A hashes") {
  Nsec3 like;
  like.hash_algorithm = 1;
  like.iterations = 12;
  like.salt = "\xaa\xbb\xcc\xdd";
  CHECK(base32hex(*hash_of(name("example"), like)) == "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom");
  CHECK(base32hex(*hash_of(name("a.example"), like)) == "35mthgpgcu1qg68fab165klnsnk3dpvl");
  like.hash_algorithm = 2;
  CHECK_FALSE(hash_of(name("example"), like));
}

TEST_CASE("denial records of any octets are safe") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string rdata;
    for (auto size = random() % 40; size > 0; --size) rdata += static_cast<char>(random());
    const RRset nsec{apex, RrType::NSEC, 300, {rdata}},
        nsec3{name("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.zone.test"), RrType::NSEC3, 300, {rdata}};
    Denials(apex, {&nsec}).no_name(name("c.zone.test"));
    Denials(apex, {&nsec3}).no_record(name("c.zone.test"), RrType::A);
  }
}
