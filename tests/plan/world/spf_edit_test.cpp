// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/spf_edit.h"

#include <doctest/doctest.h>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

std::vector<std::string> txt(const std::string& text) { return {static_cast<char>(text.size()) + text}; }
std::string text_of(const std::vector<std::string>& rdata) { return dns::txt_joined(rdata.at(0)); }

}  // namespace

TEST_CASE("an address is listed by its own term only, and by one that passes") {
  const auto record = txt(
      "v=spf1 ip4:192.0.2.10 +ip4:192.0.2.11/32 ip6:2001:DB8::1 ip4:198.51.100.0/24 -ip4:203.0.113.1 -all");
  CHECK(spf_lists(record, ip("192.0.2.10")));
  CHECK(spf_lists(record, ip("192.0.2.11")));
  CHECK(spf_lists(record, ip("2001:db8::1")));
  CHECK_FALSE(spf_lists(record, ip("198.51.100.7")));
  CHECK_FALSE(spf_lists(record, ip("203.0.113.1")));
}

TEST_CASE("a new address goes before what may keep it out, and what ends the record") {
  CHECK(text_of(spf_with(txt("v=spf1 mx ~all"), ip("192.0.2.1"))) == "v=spf1 mx ip4:192.0.2.1 ~all");
  CHECK(text_of(spf_with(txt("v=spf1 mx redirect=x.example"), ip("2001:db8::1"))) ==
        "v=spf1 mx ip6:2001:db8::1 redirect=x.example");
  CHECK(text_of(spf_with(txt("v=spf1 exists:%{i}.x=y.example"), ip("192.0.2.1"))) ==
        "v=spf1 exists:%{i}.x=y.example ip4:192.0.2.1");
  CHECK(text_of(spf_with(txt("v=spf1 mx ip4:192.0.2.0/28 include:x.example -all"), ip("198.51.100.1"))) ==
        "v=spf1 mx ip4:192.0.2.0/28 ip4:198.51.100.1 include:x.example -all");
  CHECK(text_of(spf_with(txt("V=SPF1"), ip("192.0.2.1"))) == "V=SPF1 ip4:192.0.2.1");
  CHECK(text_of(spf_with(txt("v=spf1 mx -ip4:192.0.2.0/24 a -all"), ip("192.0.2.1"))) ==
        "v=spf1 mx ip4:192.0.2.1 -ip4:192.0.2.0/24 a -all");
  CHECK(text_of(spf_with(txt("v=spf1 ?include:x.example exp=e.example -all"), ip("192.0.2.1"))) ==
        "v=spf1 ip4:192.0.2.1 ?include:x.example exp=e.example -all");
  CHECK(spf_with(txt("v=spf1 ip4:192.0.2.1 -all"), ip("192.0.2.1")) == txt("v=spf1 ip4:192.0.2.1 -all"));
}

TEST_CASE("an address goes, its block does not") {
  CHECK(text_of(spf_without(txt("v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip4:192.0.2.1 -all"),
                            ip("192.0.2.1"))) == "v=spf1 ip4:192.0.2.0/24 -all");
}

TEST_CASE("what is no single SPF record is left alone") {
  const auto address = ip("192.0.2.1");
  for (const auto& rdata :
       {txt("v=spf10 ip4:192.0.2.1"), txt("google-site=1"), std::vector<std::string>{},
        std::vector<std::string>{txt("v=spf1 ip4:192.0.2.1 -all")[0], txt("v=spf1 -all")[0]}}) {
    CHECK_FALSE(spf_lists(rdata, address));
    CHECK(spf_with(rdata, address) == rdata);
    CHECK(spf_without(rdata, address) == rdata);
  }
}

TEST_CASE("long records are cut into strings of 255 octets") {
  std::string text = "v=spf1";
  for (int i = 0; i < 15; ++i) text += " ip4:192.0.2." + std::to_string(i);
  const auto longer = spf_with(txt(text), ip("198.51.100.1"));
  const auto again = spf_with(longer, ip("198.51.100.2"));
  CHECK(text_of(again) == text + " ip4:198.51.100.1 ip4:198.51.100.2");
  CHECK(static_cast<unsigned char>(again[0][0]) == 255);
}
