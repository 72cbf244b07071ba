// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/zone_signer.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dns/dnssec/dnssec_records.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::dns {
namespace {

using std::chrono::seconds;

constexpr Time noon{seconds(1796126400)};  // 2026-12-01T12:00:00Z

Name named(const char* text) { return Name::parse(text).value(); }

std::vector<RRset> records() {
  const auto zone = named("mail.example");
  const std::string soa =
      zone.wire() + zone.wire() + std::string("\0\0\0\1\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\0", 20);
  return {{zone, RrType::SOA, 3600, {soa}},
          {zone,
           RrType::NS,
           3600,
           {rdata_of(named("ns.mail.example")), rdata_of(named("ns.below.mail.example"))}},
          {named("ns.mail.example"), RrType::A, 60, {rdata_of(IpAddress::v4(0xc0000235))}},
          {named("below.mail.example"), RrType::NS, 60, {rdata_of(named("ns.below.mail.example"))}},
          {named("ns.below.mail.example"), RrType::A, 60, {rdata_of(IpAddress::v4(0xc0000236))}}};
}

ZoneFile read_back(const std::string& text) {
  Sources sources;
  Diagnostics problems;
  const auto zone = read_zone_file(sources, sources.add("zone", text), named("mail.example"), problems);
  CHECK(problems.empty());
  return zone;
}

std::size_t count(const ZoneFile& zone, const char* owner, RrType type) {
  std::size_t all = 0;
  for (const auto& set : zone.rrsets) {
    if (set.owner == named(owner) && set.type == type) all += set.rdata.size();
  }
  return all;
}

TEST_CASE("a signed zone has the key, a signature of each set, and a chain of names") {
  const auto signer = ZoneSigner::make(named("mail.example"));
  REQUIRE(signer.has_value());
  const auto text = signer->sign(records(), noon - seconds(3600), noon);
  REQUIRE(text.has_value());
  const auto zone = read_back(*text);
  CHECK(count(zone, "mail.example", RrType::DNSKEY) == 1);
  CHECK(count(zone, "mail.example", RrType::RRSIG) == 4);  // SOA, NS, DNSKEY, NSEC
  CHECK(count(zone, "ns.mail.example", RrType::RRSIG) == 2);
  CHECK(count(zone, "ns.mail.example", RrType::NSEC) == 1);
  // What is delegated, and glue, is not the zone's to sign.
  CHECK(count(zone, "below.mail.example", RrType::RRSIG) == 1);
  CHECK(count(zone, "ns.below.mail.example", RrType::RRSIG) == 0);
  CHECK(count(zone, "ns.below.mail.example", RrType::A) == 1);
  for (const auto& set : zone.rrsets) {
    for (const auto& rdata : set.rdata) {
      if (set.type != RrType::RRSIG) continue;
      const auto signature = rrsig_in(rdata);
      REQUIRE(signature.has_value());
      CHECK(time_of(signature->inception, noon) == noon - seconds(3600));
      CHECK(time_of(signature->expiration, noon) == noon);
      CHECK(signature->signer == named("mail.example"));
    }
  }
}

TEST_CASE("the record for the parent is of the key that signs, each time") {
  const auto signer = ZoneSigner::make(named("mail.example"));
  REQUIRE(signer.has_value());
  const auto ds = signer->ds();
  CHECK(ds.owner == named("mail.example"));
  const auto read = ds_in(ds.rdata.front());
  REQUIRE(read.has_value());
  CHECK(read->digest_type == 2);
  for (int i = 0; i < 2; ++i) {
    const auto zone = read_back(signer->sign(records(), noon, noon + seconds(60)).value());
    for (const auto& set : zone.rrsets) {
      if (set.type == RrType::DNSKEY) CHECK(dnskey_in(set.rdata.front())->tag == read->key_tag);
    }
  }
  const auto other = ZoneSigner::make(named("mail.example"));
  REQUIRE(other.has_value());
  CHECK(other->ds().rdata != ds.rdata);
}

TEST_CASE("records are written as a zone file has them, whatever their type") {
  auto all = records();
  all.push_back({named("odd.mail.example"), RrType{65534}, 300, {std::string(1, '\0')}});
  const auto zone = read_back(zone_text(all));
  auto sets = zone.rrsets;
  CHECK(sets.size() == all.size());
  for (const auto& set : all) CHECK(std::find(sets.begin(), sets.end(), set) != sets.end());
  CHECK(ZoneSigner::make(named("mail.example"))->sign(all, noon, noon + seconds(60)).has_value());
}

}  // namespace
}  // namespace rdnsgate::dns
