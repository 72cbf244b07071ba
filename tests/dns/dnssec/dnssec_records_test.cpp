// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/dnssec_records.h"

#include <doctest/doctest.h>

#include <random>

using namespace rdnsgate;
using namespace rdnsgate::dns;

TEST_CASE("a key tag, as another program computed it") {
  std::string key("\x01\x01\x03\x0d", 4);
  for (int i = 0; i < 64; ++i) key += static_cast<char>(i);
  const auto read = dnskey_in(key);
  REQUIRE(read);
  CHECK(read->tag == 0xe811);
  CHECK(read->algorithm == 13);
  CHECK(read->is_zone_key());
  CHECK_FALSE(read->is_revoked());
  CHECK_FALSE(read->rsa_bits);
}

TEST_CASE("the length of an RSA modulus, without leading zeros, behind a short or a long exponent") {
  const auto bits = [](const std::string& key) {
    return dnskey_in(std::string("\x01\x00\x03\x08", 4) + key)->rsa_bits;
  };
  CHECK(bits(std::string("\3\1\0\1", 4) + std::string(256, '\xff')) == 2048);
  CHECK(bits(std::string("\3\1\0\1", 4) + std::string(128, '\x01')) == 1017);
  CHECK(bits(std::string("\3\1\0\1\0", 5) + std::string(128, '\x80')) == 1024);
  CHECK(bits(std::string("\0\0\3\1\0\1", 6) + std::string(64, '\x80')) == 512);
  for (const auto& broken : {std::string("\3\1\0\1", 4), std::string("\0\1", 2), std::string("\0\0\0x", 4),
                             std::string("\1\1\0\0", 4), std::string("\xff")})
    CHECK_FALSE(bits(broken));
}

TEST_CASE("times of a signature go in a circle: the one nearest to now is meant") {
  const Time now{std::chrono::seconds{4294967296 + 1000}};  // in 2106, when the field has begun anew
  CHECK(time_of(2000, now) == now + std::chrono::seconds(1000));
  CHECK(time_of(4294967295u, now) == now - std::chrono::seconds(1001));
}

TEST_CASE("fields of a signature, and any octets in the place of records") {
  std::string rdata("\0\6\x0d\2\0\0\1\x2c\0\0\0\x09\0\0\0\4\x12\x34", 18);
  rdata += Name::parse("zone.test").value().wire();
  CHECK_FALSE(rrsig_in(rdata));  // without the signature itself
  const auto rrsig = rrsig_in(rdata + "s");
  REQUIRE(rrsig);
  CHECK(rrsig->covered == RrType::SOA);
  CHECK(rrsig->algorithm == 13);
  CHECK(rrsig->original_ttl == 300);
  CHECK(rrsig->expiration == 9);
  CHECK(rrsig->inception == 4);
  CHECK(rrsig->lifetime() == 5);
  CHECK(rrsig->key_tag == 0x1234);
  CHECK(rrsig->signer.text() == "zone.test");
  std::mt19937 random(3);
  for (int round = 0; round < 4000; ++round) {
    std::string octets(random() % 40, '\0');
    for (auto& octet : octets) octet = static_cast<char>(random() % (round % 2 == 0 ? 8 : 256));
    const auto read = rrsig_in(octets);
    if (read) CHECK(octets.size() > 18);
    const auto key = dnskey_in(octets);
    if (key && key->rsa_bits) CHECK(*key->rsa_bits <= 8 * octets.size());
    ds_in(octets), nsec3param_in(octets);
  }
}
