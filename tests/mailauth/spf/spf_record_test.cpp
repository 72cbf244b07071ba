// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_record.h"

#include <doctest/doctest.h>

#include "mailauth/spf/spf_macro.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

namespace {

bool reads(const std::string& terms) { return parse_spf("v=spf1 " + terms).has_value(); }

std::string expanded(const std::string& spec, const std::string& ip = "192.0.2.3") {
  const SpfIdentity who{IpAddress::parse(ip).value(), "strong-bad",
                        dns::Name::parse("email.example.com").value(), "mx.example.org"};
  const SpfDomain domain = dns::Name::parse("email.example.com").value();
  const auto result = expand_domain(MacroString::parse(spec).value(), {who, domain});
  return result.domain ? result.domain->text : result.known ? "-" : "?";
}

}  // namespace

TEST_CASE("what is an SPF record, and what is none") {
  CHECK(is_spf("v=spf1"));
  CHECK(is_spf("V=SPF1 -all"));
  CHECK_FALSE(is_spf("v=spf10"));
  CHECK_FALSE(is_spf("v=spf1\t-all"));
  CHECK_FALSE(is_spf("v=spf2.0/pra"));
}

TEST_CASE("terms by the grammar of RFC 7208 section 12") {
  for (const auto* terms : {"",
                            "-all",
                            "+all  ~ALL",
                            "a",
                            "A:mx.example.com",
                            "a/24",
                            "a//64",
                            "a/24//64",
                            "a:x.example/0//0",
                            "mx",
                            "mx:example.com/32",
                            "ptr",
                            "ptr:example.com",
                            "ip4:192.0.2.1",
                            "ip4:192.0.2.1/0",
                            "IP4:192.0.2.77/24",
                            "ip6:2001:db8::1",
                            "ip6:2001:DB8::1/64",
                            "ip6:::ffff:192.0.2.1",
                            "ip6:::ffff:c000:201/96",
                            "a:%{d}/24//64",
                            "a:%{i/}",
                            "a:foo//bar.example.com//0",
                            "exists:%{d/}%%",
                            "include:_spf.example.com",
                            "exists:%{i}._spf.%{d2}",
                            "exists:%{ir}.%{v}._spf.example.com",
                            "redirect=_spf.example.com",
                            "exp=explain.%{d}",
                            "moo=%{i}%%",
                            "x.y-z_1=",
                            "a:example.com.",
                            "a:mail.xn--p1ai",
                            "exists:%{l1r+-}.example.com",
                            "a:example.com/"}) {
    CAPTURE(terms);
    const bool odd = std::string(terms) == "a:example.com/";
    CHECK(reads(terms) == !odd);
  }
}

TEST_CASE("terms that break the grammar make the record none") {
  for (const auto* terms : {"all:x.example",
                            "all/8",
                            "a/33",
                            "a/024",
                            "a//129",
                            "a:",
                            "a/",
                            "mx:localhost",
                            "include",
                            "include:",
                            "include:example.com/24",
                            "ip4",
                            "ip4:",
                            "ip4:192.0.2",
                            "ip4:192.0.2.256",
                            "ip4:2001:db8::1",
                            "ip4:192.0.2.1/33",
                            "ip4:192.0.2.1/",
                            "ip6:192.0.2.1",
                            "ip6:2001:db8::/129",
                            "exists",
                            "ptr:",
                            "ptr/24",
                            "redirect=",
                            "redirect:example.com",
                            "-redirect=x.example",
                            "exp=",
                            "foo",
                            "foo:bar",
                            "ipv4:192.0.2.1",
                            "exists:%{z}.example.com",
                            "exists:%{i",
                            "exists:%i.example.com",
                            "exists:%{d0}.example.com",
                            "exists:%{c}.example.com",
                            "moo=%",
                            "a:example.com/24/",
                            "a:example.com/24//",
                            "a/00",
                            "ip4:192.0.2.1/00",
                            "ip6:2001:db8::/00",
                            "ip6:::ffff:192.0.2.1/129",
                            "a:%{d}x",
                            "a:%{d}.",
                            "a:example.com.1",
                            "a:example.c-",
                            "--all",
                            "+",
                            "redirect=a.example redirect=b.example",
                            "exp=a.example exp=b.example"}) {
    CAPTURE(terms);
    CHECK_FALSE(reads(terms));
  }
}

TEST_CASE("lengths, blocks and qualifiers are read") {
  const auto record = parse_spf("v=spf1 ~a:x.example/24//64 ?ip4:192.0.2.77/28 ptr -all").value();
  REQUIRE(record.terms.size() == 4);
  CHECK(record.terms[0].qualifier == SpfResult::softfail);
  CHECK(record.terms[0].domain == "x.example");
  CHECK(record.terms[0].v4_length == 24);
  CHECK(record.terms[0].v6_length == 64);
  CHECK(record.terms[1].block.to_string() == "192.0.2.64/28");
  CHECK(record.terms[1].qualifier == SpfResult::neutral);
  CHECK(record.has_all());
}

TEST_CASE("a term knows where it stands, and what it names") {
  const auto record = parse_spf("V=SPF1   a:x.example.  include:%{d2}.y.example -all").value();
  REQUIRE(record.terms.size() == 3);
  CHECK(record.terms[0].at == 9);
  CHECK(record.terms[0].fixed.value().text == "x.example");
  CHECK(record.terms[1].at == 23);
  CHECK_FALSE(record.terms[1].fixed.has_value());
  CHECK(record.terms[2].at == 47);
}

TEST_CASE("an expansion without end is cut off from the left, and takes no memory") {
  const SpfIdentity who{IpAddress::parse("192.0.2.3").value(), std::string(1000, 'x') + ".y", dns::Name(),
                        "h"};
  const SpfDomain domain = dns::Name::parse("example.com").value();
  std::string spec;
  for (int i = 0; i < 10'000; ++i) spec += "%{l}.";
  const auto macro = MacroString::parse(spec + "%{d}").value();
  CHECK(expand_domain(macro, {who, domain}).domain.value().text == "y.example.com");
  CHECK(macro.expand({who, domain}, 300).value().size() < 2000);
}

TEST_CASE("redirect counts only without all") {
  CHECK(parse_spf("v=spf1 redirect=x.example").value().redirect() != nullptr);
  CHECK(parse_spf("v=spf1 redirect=x.example ?all").value().redirect() == nullptr);
}

TEST_CASE("the macro examples of RFC 7208 section 7.4") {
  CHECK(expanded("%{o}.x") == "email.example.com.x");
  CHECK(expanded("%{d4}.x") == "email.example.com.x");
  CHECK(expanded("%{d2}.x") == "example.com.x");
  CHECK(expanded("%{d1}.x") == "com.x");
  CHECK(expanded("%{dr}.x") == "com.example.email.x");
  CHECK(expanded("%{d2r}.x") == "example.email.x");
  CHECK(expanded("%{l-}.x") == "strong.bad.x");
  CHECK(expanded("%{lr-}.x") == "bad.strong.x");
  CHECK(expanded("%{l1r-}.x") == "strong.x");
  CHECK(expanded("%{ir}.%{v}._spf.%{d2}") == "3.2.0.192.in-addr._spf.example.com");
  CHECK(expanded("%{lr-}.lp._spf.%{d2}") == "bad.strong.lp._spf.example.com");
  CHECK(expanded("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}") == "3.2.0.192.in-addr.strong.lp._spf.example.com");
  CHECK(expanded("%{d2}.trusted-domains.example.net") == "example.com.trusted-domains.example.net");
  CHECK(expanded("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01") ==
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com");
  CHECK(expanded("%{h}") == "mx.example.org");
  CHECK(expanded("%{p}.x") == "?");
  CHECK(expanded("a..b") == "-");
}
