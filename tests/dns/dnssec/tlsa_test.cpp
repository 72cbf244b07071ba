// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/tlsa.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace rdnsgate;
using dns::read_tlsa;

namespace {

std::string octets(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return out;
}
std::string rdata(char usage, char selector, char matching, const std::string& data) {
  return std::string{usage, selector, matching} + data;
}

}  // namespace

TEST_CASE("tlsa: a record is of a certificate by each selector and matching type") {
  const std::string der = "a certificate", key = "a key";
  dns::CertificateDigests shown{sha256_hex(der), std::string(128, 'a'), sha256_hex(key),
                                std::string(128, 'b')};
  const auto is_of = [&](char selector, char matching, const std::string& data) {
    return read_tlsa(rdata(3, selector, matching, data))->is_of(shown);
  };
  CHECK(is_of(0, 0, der));
  CHECK(is_of(1, 0, key));
  CHECK_FALSE(is_of(0, 0, key));
  CHECK_FALSE(is_of(1, 0, der));
  CHECK(is_of(0, 1, octets(shown.certificate_sha256)));
  CHECK(is_of(1, 1, octets(shown.key_sha256)));
  CHECK_FALSE(is_of(0, 1, octets(shown.key_sha256)));
  CHECK_FALSE(is_of(1, 1, octets(shown.certificate_sha256)));
  CHECK(is_of(0, 2, octets(shown.certificate_sha512)));
  CHECK(is_of(1, 2, octets(shown.key_sha512)));
  CHECK_FALSE(is_of(1, 2, octets(shown.certificate_sha512)));
  CHECK_FALSE(is_of(1, 1, octets(shown.key_sha256).substr(1)));
  CHECK_FALSE(is_of(1, 3, octets(shown.key_sha256)));
}

TEST_CASE("tlsa: what mail servers can be authenticated with") {
  const auto usable = [](char usage, char selector, char matching, std::size_t size) {
    return read_tlsa(rdata(usage, selector, matching, std::string(size, 'x')))->is_usable_for_smtp();
  };
  CHECK(usable(3, 1, 1, 32));
  CHECK(usable(2, 0, 2, 64));
  CHECK(usable(3, 0, 0, 900));
  CHECK_FALSE(usable(0, 1, 1, 32));
  CHECK_FALSE(usable(1, 1, 1, 32));
  CHECK_FALSE(usable(4, 1, 1, 32));
  CHECK_FALSE(usable(3, 2, 1, 32));
  CHECK_FALSE(usable(3, 1, 3, 32));
  CHECK_FALSE(usable(3, 1, 1, 31));
  CHECK_FALSE(usable(3, 1, 2, 32));
  CHECK_FALSE(usable(3, 1, 0, 0));
  CHECK_FALSE(read_tlsa("\3\1"));
  CHECK(read_tlsa(rdata(3, 1, 1, ""))->parameters() == "3 1 1");
}
