// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "audit/heard/banners.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Estate asked(std::string_view ip_text, const std::vector<std::string>& names) {
  Estate estate = good_estate();
  audit::Banner banner{ip(ip_text), {}, now};
  for (const auto& text : names) banner.names.push_back(name(text));
  estate.banners = std::make_shared<audit::Banners>(std::vector{banner});
  return estate;
}

}  // namespace

TEST_CASE("helo-live-banner-mismatch: a server that calls itself by another name") {
  const auto said = lint(asked("185.9.2.10", {"mx1.corp-mail.net", "localhost.localdomain"}));
  CHECK(
      said.sentence("helo-live-banner-mismatch 185.9.2.10") ==
      "the mail server at 185.9.2.10 calls itself localhost.localdomain (asked on 2027-01-15), and its HELO "
      "name is mx1.corp-mail.net");
  CHECK_FALSE(said.says("helo-live-banner-mismatch 2a92::10"));
}

TEST_CASE("helo-live-banner-mismatch: its own name, one of several, none, and nobody who asked") {
  CHECK(lint(asked("185.9.2.10", {"mx1.corp-mail.net"})).silent_about("helo-live"));
  CHECK(lint(asked("185.9.2.10", {})).silent_about("helo-live"));
  CHECK(lint(good_estate()).silent_about("helo-live"));
  auto estate = asked("185.9.2.10", {"second.corp-mail.net"});
  estate.inventory.addresses.front().other_helos = {name("second.corp-mail.net")};
  CHECK(lint(estate).silent_about("helo-live"));
  estate.inventory.addresses.front().helo = {};
  CHECK(lint(estate).silent_about("helo-live"));
}

TEST_CASE("banners: what is a host name and what is not") {
  for (const auto* text :
       {"mx1.example.com", "MX1.EXAMPLE.COM", "mx1.example.com.", "localhost", "a_b.example"})
    CHECK(audit::host_name_said(text).has_value());
  for (const auto* text : {"", ".", "ESMTP", "****", "[192.0.2.1]", "192.0.2.1", "2001:db8::1", "a..b",
                           "x\x1b[31m.example", "mx1\\032.example", "b\xc3\xbc.example"}) {
    CAPTURE(text);
    CHECK_FALSE(audit::host_name_said(text).has_value());
  }
}
