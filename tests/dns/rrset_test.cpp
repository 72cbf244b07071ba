// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rrset.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::dns;

TEST_CASE("record data as text") {
  CHECK(rdata_text(RrType::A, rdata_of(IpAddress::parse("192.0.2.1").value())) == "192.0.2.1");
  CHECK(rdata_text(RrType::AAAA, rdata_of(IpAddress::parse("2001:db8::1").value())) == "2001:db8::1");
  CHECK(rdata_text(RrType::PTR, rdata_of(Name::parse("mx1.example").value())) == "mx1.example.");
  CHECK(rdata_text(RrType::TXT, std::string("\3a\"b\1;", 6)) == "\"a\\\"b\" \";\"");
  CHECK(rdata_text(RrType::DS, std::string("\1\2", 2)) == "\\# 2 0102");
  CHECK(rdata_text(RrType::A, "abc") == "\\# 3 616263");
  CHECK(rdata_text(RrType::MX, std::string("\0\x0a", 2) + Name::parse("mx").value().wire()) == "10 mx.");
  CHECK(txt_joined(std::string("\3abc\2de", 7)) == "abcde");
  CHECK(txt_joined(std::string("\377abc", 4)) == "abc");
}

TEST_CASE("SOA fields") {
  const std::string rdata = Name::parse("ns1.example").value().wire() +
                            Name::parse("h.example").value().wire() +
                            std::string("\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5", 20);
  const auto soa = soa_in(rdata).value();
  CHECK(soa.serial == 1);
  CHECK(soa.minimum == 5);
  CHECK(rdata_text(RrType::SOA, rdata) == "ns1.example. h.example. 1 2 3 4 5");
  for (std::size_t cut = 0; cut < rdata.size(); ++cut) CHECK_FALSE(soa_in(rdata.substr(0, cut)).has_value());
}
