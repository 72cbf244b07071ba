// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/sts_policy.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using mailauth::read_sts_policy;
using Mode = mailauth::StsPolicy::Mode;

namespace {

dns::Name host(std::string_view text) { return dns::Name::parse(text).value(); }

/// The one fault of a policy that is right but for a line.
std::string fault_of(std::string_view text) {
  const auto policy = read_sts_policy(text);
  REQUIRE(policy.faults.size() == 1);
  CHECK_FALSE(policy.applies());
  return policy.faults.front();
}

}  // namespace

TEST_CASE("sts_policy: the example of RFC 8461 section 3.2, with either end of line") {
  for (const std::string_view text : {"version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: "
                                      "*.example.net\nmx: backupmx.example.com\nmax_age: 604800\n",
                                      "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: "
                                      "*.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800",
                                      "max_age:604800\nmx:mail.example.com\nmx:*.example.net  "
                                      "\nmx:backupmx.example.com\nmode:\tenforce\nversion:STSv1\n\n"}) {
    const auto policy = read_sts_policy(text);
    CAPTURE(text);
    CHECK(policy.applies());
    CHECK(policy.mode == Mode::enforce);
    CHECK(policy.max_age == seconds(604800));
    CHECK(policy.allows(host("MAIL.example.com")));
    CHECK(policy.allows(host("backupmx.example.com")));
    CHECK(policy.allows(host("a.example.net")));
    CHECK_FALSE(policy.allows(host("a.b.example.net")));
    CHECK_FALSE(policy.allows(host("example.net")));
    CHECK_FALSE(policy.allows(host("other.example.com")));
  }
}

TEST_CASE(
    "sts_policy: keys that are not known are passed over, and of those that are there twice the first "
    "counts") {
  const auto policy = read_sts_policy(
      "version: STSv1\nversion: STSv2\nmode: testing\nmode: enforced\nmax_age: 1\nmax_age: x\nmx: "
      "a.example\nnew_key: x:y\n");
  CHECK(policy.applies());
  CHECK(policy.mode == Mode::testing);
  CHECK(policy.max_age == seconds(1));
}

TEST_CASE("sts_policy: what keeps senders from using it") {
  const std::string right = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1\n";
  const auto with = [&](std::string_view line, std::string_view other) {
    auto text = right;
    return text.replace(text.find(line), line.size(), other);
  };
  CHECK(fault_of(with("version: STSv1\n", "")) == "it has no version");
  CHECK(fault_of(with("STSv1", "stsv1")) == "its version is \"stsv1\", not STSv1");
  CHECK(fault_of(with("mode: enforce\n", "")) == "it has no mode");
  CHECK(fault_of(with("enforce", "Enforce")) == "its mode is \"Enforce\", none of enforce, testing and none");
  CHECK(fault_of(with("mx: a.example\n", "")) == "it names no mx");
  CHECK(fault_of(with("mx: a.example\n", "MX: a.example\n")) == "it names no mx");
  CHECK(fault_of(with("max_age: 1\n", "")) == "it has no max_age");
  for (const auto* age : {"-1", "31557601", "1d", "", "99999999999999999999", "0x1", "1.5"}) {
    CAPTURE(age);
    CHECK(fault_of(with("max_age: 1", std::string("max_age: ") + age)).starts_with("its max_age is "));
  }
  CHECK(read_sts_policy(with("max_age: 1", "max_age: 0")).applies());
  CHECK(read_sts_policy(with("max_age: 1", "max_age: 31557600")).applies());
  for (const auto* mx : {"*", "*.", "a.*.example", "**.example", "192.0.2.1", "", "."}) {
    CAPTURE(mx);
    CHECK(fault_of(with("mx: a.example", std::string("mx: ") + mx)).starts_with("its mx "));
  }
  CHECK(fault_of(right + "<html>\n") == "\"<html>\" is no \"key: value\"");
  CHECK(read_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").applies());
  CHECK(read_sts_policy("").faults.size() == 4);
  CHECK(read_sts_policy(std::string(100000, '\n') + std::string(100000, 'x')).faults.size() <= 8);
}
