// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/results/authentication_results.h"

#include <doctest/doctest.h>

#include <string>

using namespace rdnsgate::mailauth;

namespace {

/// `id: method=result[reason] name=value name=value; ...`
std::string shown(std::string_view value) {
  const auto field = parse_authentication_results(value);
  if (!field) return "no";
  std::string text = field->authserv_id + ":";
  for (const auto& one : field->results) {
    text += " " + one.method + "=" + one.result;
    if (!one.reason.empty()) text += "[" + one.reason + "]";
    for (const auto& property : one.properties) text += " " + property.name + "=" + property.value;
    text += ";";
  }
  return text;
}

}  // namespace

TEST_CASE("authentication results: the examples of RFC 8601, appendix B") {
  CHECK(shown(" example.org 1; none") == "example.org:");
  CHECK(shown(" example.com;\r\n         spf=pass smtp.mailfrom=example.net") ==
        "example.com: spf=pass smtp.mailfrom=example.net;");
  CHECK(shown(" example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass "
              "smtp.mailfrom=example.net") ==
        "example.com: auth=pass smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net;");
  CHECK(
      shown(
          " example.com;\r\n dkim=pass reason=\"good signature\"\r\n header.i=@mail-router.example.net;\r\n "
          "dkim=fail reason=\"bad signature\" header.i=@newyork.example.com") ==
      "example.com: dkim=pass[good signature] header.i=@mail-router.example.net; dkim=fail[bad signature] "
      "header.i=@newyork.example.com;");
  CHECK(
      shown(
          " foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) "
          "fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't "
          "expecting it) 1362471462") == "foo.example.net: dkim=fail policy.expired=1362471462;");
}

TEST_CASE("authentication results: as servers write them") {
  CHECK(shown("mx.google.com; dkim=pass header.i=@a.example header.s=s1 header.b=Ab+/cd=; spf=softfail "
              "(google.com: "
              "domain of x@a.example does not designate 192.0.2.1 as permitted sender) "
              "smtp.mailfrom=x@a.example; "
              "dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=a.example") ==
        "mx.google.com: dkim=pass header.i=@a.example header.s=s1 header.b=Ab+/cd=; spf=softfail "
        "smtp.mailfrom=x@a.example; dmarc=fail header.from=a.example;");
  CHECK(shown("mx; spf=pass smtp.mailfrom=\"a b\"@example.com; iprev=pass policy.iprev=2001:db8::1") ==
        "mx: spf=pass smtp.mailfrom=a b@example.com; iprev=pass policy.iprev=2001:db8::1;");
  CHECK(shown("MX.Example.; SPF=None smtp.mailfrom=; DKIM=none;") ==
        "MX.Example.: spf=none smtp.mailfrom=; dkim=none;");
}

TEST_CASE("authentication results: what is none says nothing") {
  for (const auto* text :
       {"", " ", ";", "mx", "mx spf=pass", "mx; =pass", "mx; spf", "mx; spf=", "mx; spf=pass smtp",
        "mx; spf=pass smtp.mailfrom", "mx; spf=pass (not closed", "mx; spf=pass reason=\"open",
        "mx; spf=pass reason=", "mx; spf=pass smtp.=x", "(a", "\"open"}) {
    CAPTURE(text);
    CHECK(shown(text) == "no");
  }
  CHECK(shown("mx; spf=pass " + std::string(100, '(') + std::string(100, ')')) == "no");
  std::string many = "mx";
  for (std::size_t i = 0; i <= most_results; ++i) many += "; spf=pass";
  CHECK(shown(many) == "no");
  CHECK(shown("mx; spf=pass reason=\"" + std::string(most_results_octets, 'a') + "\"") == "no");
}

TEST_CASE("authentication results: of a header those of one server count") {
  const std::string header =
      "Received: from x\r\n"
      "AUTHENTICATION-RESULTS: mx.example;\r\n\tspf=fail\r\n"
      "Authentication-Results: other.example; spf=pass\r\n"
      "Authentication-Results: MX.example; dmarc=pass\r\n"
      "X-Authentication-Results: mx.example; dkim=pass\r\n"
      "Authentication-Results: mx.example; broken\r\n"
      "\r\n"
      "Authentication-Results: mx.example; iprev=pass\r\n";
  const auto results = results_of(header, "mx.example");
  REQUIRE(results.size() == 2);
  CHECK(results[0].method == "spf");
  CHECK(results[0].result == "fail");
  CHECK(results[1].method == "dmarc");
  CHECK(results_of(header, "mx.example.net").empty());
  CHECK(header_fields("a: 1\n b\nA:2\n", "a") == std::vector<std::string>{" 1 b", "2"});
}
