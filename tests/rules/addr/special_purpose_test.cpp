// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Said lint_of(const char* ip) { return lint(good_estate().sender("mx3", "mx3.corp-mail.net", {ip})); }

}  // namespace

TEST_CASE("addr-not-global: what IANA reserves and nobody can reach") {
  for (const char* ip : {"10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.31.255.1", "192.168.0.1",
                         "198.18.0.1", "224.0.0.1", "240.0.0.1", "0.0.0.0", "255.255.255.255", "::1",
                         "fe80::1", "fd00::1", "ff02::1", "2002:c000:201::1", "2001:0:1::1"}) {
    CAPTURE(ip);
    const auto said = lint_of(ip);
    CHECK(said.says(std::string("addr-not-global ") + IpAddress::parse(ip).value().to_string()));
    CHECK(said.silent_about("addr-documentation"));
  }
  const auto said = lint_of("10.1.2.3");
  CHECK(said.sentence("addr-not-global 10.1.2.3") ==
        "10.1.2.3 cannot be seen as a sender by the public Internet: 10.0.0.0/8, private use (RFC 1918)");
}

TEST_CASE("addr-documentation: the blocks of examples, and nothing else of them") {
  for (const char* ip : {"192.0.2.10", "198.51.100.7", "203.0.113.255", "2001:db8::10", "3fff::1"}) {
    CAPTURE(ip);
    const auto said = lint_of(ip);
    CHECK(said.says(std::string("addr-documentation ") + ip));
    CHECK(said.silent_about("addr-not-global"));
  }
  CHECK(lint_of("192.0.2.10").sentence("addr-documentation 192.0.2.10") ==
        "192.0.2.10 can stand in examples only: 192.0.2.0/24, documentation (TEST-NET-1) (RFC 5737)");
}

TEST_CASE("addr-not-global and addr-documentation: public addresses beside the blocks") {
  for (const char* ip :
       {"9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.32.0.1", "192.0.1.1", "192.0.3.1",
        "192.0.0.9", "223.255.255.254", "2001:db9::1", "2a00::1", "2620:4f:8000::1"}) {
    CAPTURE(ip);
    const auto said = lint_of(ip);
    CHECK(said.silent_about("addr-not-global"));
    CHECK(said.silent_about("addr-documentation"));
  }
}

TEST_CASE("addr-documentation: a range is told once") {
  auto estate = good_estate();
  estate.sender("pool", "{ptr}",
                {{"192.0.2.40", "out-1.corp-mail.net"},
                 {"192.0.2.41", "out-2.corp-mail.net"},
                 {"192.0.2.50", "out-3.corp-mail.net"}});
  auto& addresses = estate.inventory.addresses;
  const auto first = addresses.size() - 3;
  addresses[first + 1].at = addresses[first].at;
  const auto said = lint(estate);
  CHECK(said.draft("addr-documentation 192.0.2.40").observed == "192.0.2.40 and 1 more of its range");
  CHECK(said.draft("addr-documentation 192.0.2.40").at == addresses[first].at);
  CHECK_FALSE(said.says("addr-documentation 192.0.2.41"));
  CHECK(said.draft("addr-documentation 192.0.2.50").observed == "192.0.2.50");
}
