// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/ip.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("addresses print in the form of RFC 5952") {
  const auto canonical = [](const char* text) { return IpAddress::parse(text).value().to_string(); };
  CHECK(canonical("192.0.2.1") == "192.0.2.1");
  CHECK(canonical("2001:DB8:0:0:0:0:0:1") == "2001:db8::1");
  CHECK(canonical("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");
  CHECK(canonical("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");
  CHECK(canonical("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");
  CHECK(canonical("::") == "::");
  CHECK(canonical("::1") == "::1");
  CHECK(canonical("fe80::") == "fe80::");
}

TEST_CASE("what only looks like an address is refused with a hint") {
  for (const auto* text : {"", "192.0.2", "192.0.2.256", "192.0.2.1.", " 192.0.2.1", "192.0.2.1 ", "0x7f.1",
                           "1:2", ":::", "2001:db8::1::2", "g::"}) {
    CAPTURE(text);
    CHECK_FALSE(IpAddress::parse(text).has_value());
  }
  CHECK(IpAddress::parse("192.0.2.010").error().hint.find("192.0.2.10") != std::string::npos);
  CHECK(IpAddress::parse("::ffff:192.0.2.1").error().hint.find("192.0.2.1") != std::string::npos);
  CHECK(IpAddress::parse("::ffff:192.0.2.1").error().message.find("IPv4-mapped") != std::string::npos);
  CHECK(IpAddress::parse("fe80::1%eth0").error().hint.find("zone id") != std::string::npos);
}

TEST_CASE("what other places write around an address is named, and nothing else is") {
  const auto hint = [](const char* text) { return IpAddress::parse(text).error().hint; };
  CHECK(hint("203.0.113.9:25") == "leave out the port: 203.0.113.9");
  CHECK(hint("http://203.0.113.9") == "leave out the scheme: 203.0.113.9");
  CHECK(hint("https://203.0.113.9:8443/x") == "leave out the scheme and the path and the port: 203.0.113.9");
  CHECK(hint("[2001:db8::7]") == "leave out the brackets: 2001:db8::7");
  CHECK(hint("[2001:db8::7]:25") == "leave out the brackets and the port: 2001:db8::7");
  CHECK(hint("IPv6:2001:db8::9") == "leave out the tag: 2001:db8::9");
  CHECK(hint("[IPv6:2001:db8::9]") == "leave out the tag and the brackets: 2001:db8::9");
  CHECK(hint("192.0.2.10/24") == "leave out /24: 192.0.2.10");
  CHECK(hint("2001:db8::1/64") == "leave out /64: 2001:db8::1");
  // Without what is left being an address, that would mislead.
  for (const auto* text : {"203.0.113.999:25", "http://mail.example", "[mail.example]", "IPv6:x", "[", "]:25", "://", "/24", "192.0.2.0/x"}) {
    CAPTURE(text);
    CHECK(hint(text).find("leave out") == std::string::npos);
  }
}

TEST_CASE("addresses compare as numbers, IPv4 first") {
  CHECK(IpAddress::parse("9.0.0.1").value() < IpAddress::parse("10.0.0.1").value());
  CHECK(IpAddress::parse("255.0.0.1").value() < IpAddress::parse("::1").value());
  CHECK(IpAddress::parse("192.0.2.255")->plus(1).to_string() == "192.0.3.0");
  CHECK(IpAddress::parse("2001:db8::ffff")->plus(1).to_string() == "2001:db8::1:0");
}

TEST_CASE("prefixes") {
  const auto block = Prefix::parse("192.0.2.32/28").value();
  CHECK(block.contains(IpAddress::parse("192.0.2.47").value()));
  CHECK_FALSE(block.contains(IpAddress::parse("192.0.2.48").value()));
  CHECK_FALSE(block.contains(IpAddress::parse("2001:db8::").value()));
  CHECK(block.count() == 16);
  CHECK(block.last().to_string() == "192.0.2.47");
  CHECK(Prefix::parse("::/0")->count() == ~std::uint64_t{0});
  CHECK(Prefix::parse("192.0.2.33/28").error().hint.find("192.0.2.32/28") != std::string::npos);
  CHECK_FALSE(Prefix::parse("192.0.2.0/33").has_value());
  CHECK_FALSE(Prefix::parse("192.0.2.0/").has_value());
}

TEST_CASE("the narrowest special-purpose block decides") {
  const auto of = [](const char* text) { return special_purpose(IpAddress::parse(text).value()); };
  CHECK(of("8.8.8.8") == nullptr);
  CHECK(of("2a00::1") == nullptr);
  REQUIRE(of("192.0.2.1") != nullptr);
  CHECK(of("192.0.2.1")->documentation);
  CHECK(of("2001:db8::1")->documentation);
  CHECK(of("3fff::1")->documentation);
  CHECK_FALSE(of("10.1.2.3")->globally_reachable);
  CHECK(of("192.0.0.9")->globally_reachable);
  CHECK(of("2001:3::1")->globally_reachable);
  CHECK_FALSE(of("2001::1")->globally_reachable);
}
