// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/signature_check.h"
#include "dns/dnssec/trusted_keys.h"

#include <doctest/doctest.h>

#include <optional>
// After everything else: g++ cannot read <optional> behind ldns' own idea of bool.
#include <ldns/ldns.h>

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

std::string data_of(const char* text) {
  ldns_rr* record = nullptr;
  REQUIRE(ldns_rr_new_frm_str(&record, text, 0, nullptr, nullptr) == LDNS_STATUS_OK);
  std::string rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(record, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  ldns_rr_free(record);
  return rdata;
}

Name name(std::string_view text) { return Name::parse(text).value(); }
Time at(std::string_view text) { return parse_time(text).value(); }

// RFC 8080 §6.1: valid from 2015-07-29T22:00:00Z to 2015-08-19T22:00:00Z.
const auto zone = name("example.com");
std::string key() {
  return data_of("example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=");
}
std::string signature() {
  return data_of(
      "example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. "
      "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==");
}
RRset records() {
  return {zone, RrType::MX, 3600, {data_of("example.com. 3600 IN MX 10 mail.example.com.")}};
}
const auto then = at("2015-08-01T00:00:00Z");

}  // namespace

TEST_CASE("a signature holds in its time, and neither before nor after") {
  const auto check = [](Time now) { return check_signatures(records(), {signature()}, zone, {key()}, now); };
  CHECK(check(then) == SignatureCheck::holds);
  CHECK(check(at("2015-07-29T22:00:00Z")) == SignatureCheck::holds);
  CHECK(check(at("2015-07-29T21:59:59Z")) == SignatureCheck::not_yet_valid);
  CHECK(check(at("2015-08-19T22:00:00Z")) == SignatureCheck::holds);
  CHECK(check(at("2015-08-19T22:00:01Z")) == SignatureCheck::expired);
}

TEST_CASE("a signature that does not fit the records, the key or the zone") {
  auto changed = records();
  changed.rdata[0] = data_of("example.com. 3600 IN MX 10 evil.example.com.");
  CHECK(check_signatures(changed, {signature()}, zone, {key()}, then) == SignatureCheck::broken);
  auto spoiled = signature();
  spoiled.back() ^= 1;
  CHECK(check_signatures(records(), {spoiled}, zone, {key()}, then) == SignatureCheck::broken);
  CHECK(check_signatures(records(), {signature()}, zone, {}, then) == SignatureCheck::no_key);
  CHECK(check_signatures(records(), {signature()}, name("com"), {key()}, then) == SignatureCheck::no_key);
  CHECK(check_signatures(records(), {}, zone, {key()}, then) == SignatureCheck::missing);
}

TEST_CASE("one signature that holds is enough, and of others the nearest to it counts") {
  auto spoiled = signature();
  spoiled.back() ^= 1;
  CHECK(check_signatures(records(), {spoiled, signature()}, zone, {key()}, then) == SignatureCheck::holds);
  CHECK(check_signatures(records(), {spoiled, signature()}, zone, {key()}, at("2016-01-01T00:00:00Z")) ==
        SignatureCheck::expired);
}

TEST_CASE("data that is no signature, and no key, is none") {
  for (const std::string& odd :
       {std::string(), std::string("\x00", 1), std::string(17, '\xff'), std::string(200, 'a')}) {
    CHECK(check_signatures(records(), {odd}, zone, {key()}, then) != SignatureCheck::holds);
    CHECK(check_signatures(records(), {signature()}, zone, {odd}, then) == SignatureCheck::no_key);
  }
  for (std::size_t cut = 0; cut < signature().size(); ++cut)
    CHECK(check_signatures(records(), {signature().substr(0, cut)}, zone, {key()}, then) !=
          SignatureCheck::holds);
}
