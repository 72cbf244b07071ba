// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/syntax.h"

#include <doctest/doctest.h>

#include "audit/wording.h"

using namespace rdnsgate;
using namespace rdnsgate::rules;

namespace {
/// In words.
std::string said(const NameFault& fault) {
  const audit::Target target;
  for (const auto& wording : name_faults) {
    if (wording.key == fault.key) return audit::fill(wording.detail, {target, fault.values});
  }
  return std::string(fault.key);
}

std::string fault_of(std::string_view text) { return said(syntax_fault(dns::Name::parse(text).value())); }
}  // namespace

TEST_CASE("an address literal has brackets, and a tag for IPv6") {
  CHECK(literal_address("[192.0.2.1]")->to_string() == "192.0.2.1");
  CHECK(literal_address("[IPv6:2001:db8::1]")->to_string() == "2001:db8::1");
  CHECK(literal_address("[ipv6:2001:db8::1]"));
  for (const auto* text :
       {"", "[", "[]", "192.0.2.1", "[192.0.2.1", "192.0.2.1]", "[2001:db8::1]", "[IPv6:192.0.2.1]",
        "[192.0.2.300]", "[IPv6:]", "[[192.0.2.1]]", "[192.0.2.1] x"}) {
    CAPTURE(text);
    CHECK_FALSE(literal_address(text));
  }
}

TEST_CASE("a bare address is recognised in both families") {
  CHECK(is_bare_ip("192.0.2.1"));
  CHECK(is_bare_ip("2001:db8::1"));
  CHECK_FALSE(is_bare_ip("[192.0.2.1]"));
  CHECK_FALSE(is_bare_ip("192.0.2.1.example.net"));
}

TEST_CASE("labels are letters, digits and inner hyphens") {
  for (const auto* text : {"mx1.mail.example.net", "3com.net", "a-b--c.net", "xn--bcher-kva.net", "mx1"}) {
    CAPTURE(text);
    CHECK(fault_of(text).empty());
  }
  CHECK(fault_of("mail_out.net") == "the label \"mail_out\" has an underscore");
  CHECK(fault_of("-a.net") == "the label \"-a\" begins with a hyphen");
  CHECK(fault_of("a-.net") == "the label \"a-\" ends with a hyphen");
  CHECK(fault_of("a\\032b.net") == "the label \"a b\" has a space");
  CHECK_FALSE(fault_of("a\\.b.net").empty());
  CHECK_FALSE(fault_of("m\\195\\188ller.net").empty());
}

TEST_CASE("a name is qualified by a top-level domain of the public DNS") {
  const auto fault = [](std::string_view text) {
    return said(qualification_fault(dns::Name::parse(text).value()));
  };
  CHECK(fault("mx1.mail.net").empty());
  CHECK(fault("local.net").empty());
  CHECK(fault("mx1") == "it is a single label");
  CHECK(fault("localhost") == "\"localhost\" is no domain of the public DNS");
  CHECK(fault("mx1.LAN") == "\"lan\" is no domain of the public DNS");
  CHECK(fault("localhost.localdomain") == "\"localdomain\" is no domain of the public DNS");
  CHECK(fault(".").empty());
}
