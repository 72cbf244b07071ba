// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/address_in_name.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

namespace {

std::string_view found(std::string_view text, const char* address) {
  return rules::address_in_name(text, IpAddress::parse(address).value());
}

}  // namespace

TEST_CASE("four decimal octets, in any order and with any separator") {
  CHECK(found("host-185-9-2-10.isp.net", "185.9.2.10") == "185-9-2-10");
  CHECK(found("10.2.9.185.isp.net", "185.9.2.10") == "10.2.9.185");
  CHECK(found("dsl185_009_002_010.isp.net", "185.9.2.10") == "185_009_002_010");
  CHECK(found("2x10x185x9.isp.net", "185.9.2.10") == "2x10x185x9");
  CHECK(found("h10.2-9-185.isp.net", "185.9.2.10") == "10.2-9-185");
  CHECK(found("ip10.ip-185-9-2.eu", "185.9.2.10") == "185-9-2");
  CHECK(found("ip11.ip-185-9-2.eu", "185.9.2.10").empty());
  CHECK(found("host-185-9-2-11.isp.net", "185.9.2.10").empty());
  CHECK(found("host-1185-9-2-10.isp.net", "185.9.2.10").empty());
  CHECK(found("host-185-9--2-10.isp.net", "185.9.2.10").empty());
  CHECK(found("mx10.isp.net", "185.9.2.10").empty());
}

TEST_CASE("octets run together, and the address as one number") {
  CHECK(found("c185009002010.isp.net", "185.9.2.10") == "185009002010");
  CHECK(found("010002009185.isp.net", "185.9.2.10") == "010002009185");
  CHECK(found("p185922010.isp.net", "185.92.20.10") == "185922010");
  CHECK(found("h3104375306.isp.net", "185.9.2.10") == "3104375306");
  CHECK(found("host1111.isp.net", "1.1.1.1").empty());
  CHECK(found("x31043753060.isp.net", "185.9.2.10").empty());
}

TEST_CASE("eight hexadecimal digits") {
  CHECK(found("ipb909020a.isp.net", "185.9.2.10") == "b909020a");
  CHECK(found("0a0209b9.isp.net", "185.9.2.10") == "0a0209b9");
  CHECK(found("b9-09-02-0a.isp.net", "185.9.2.10") == "b9-09-02-0a");
  CHECK(found("b909020b.isp.net", "185.9.2.10").empty());
}

TEST_CASE("IPv6: all nibbles, six groups of eight, the short form with dashes") {
  const char* address = "2a92:0:1::10";
  CHECK(found("2a920000000100000000000000000010.v6.isp.net", address) == "2a920000000100000000000000000010");
  CHECK(found("0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.2.9.a.2.isp.net", address) ==
        "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.2.9.a.2");
  CHECK(found("host-2a92-0-1-0-0-0-0-10.isp.net", address) == "2a92-0-1-0-0-0-0-10");
  CHECK(found("2a92-0-1-0-0-0-7-11.isp.net", address) == "2a92-0-1-0-0-0-7-11");
  CHECK(found("2a92-0-1-0-0-8-7-11.isp.net", address).empty());
  CHECK(found("ip6-2a92-0-1--10.isp.net", address) == "2a92-0-1--10");
  CHECK(found("2a92-0-1--101.isp.net", address).empty());
  CHECK(found("mx1.isp.net", address).empty());
}

TEST_CASE("the last two octets, side by side") {
  const auto address = IpAddress::parse("185.9.2.10").value();
  CHECK(rules::last_octets_in_name("cust-2-10.isp.net", address) == "2-10");
  CHECK(rules::last_octets_in_name("h10.2.isp.net", address) == "10.2");
  CHECK(rules::last_octets_in_name("h10.9.isp.net", address).empty());
  CHECK(rules::last_octets_in_name("h10.net2.isp.net", address).empty());
  CHECK(rules::last_octets_in_name("h2.10.isp.net", IpAddress::parse("2a92::10").value()).empty());
}
