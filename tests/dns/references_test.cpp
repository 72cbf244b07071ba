// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/references.h"

#include <doctest/doctest.h>

#include "dns/rdata_reader.h"
#include "dns/record_type.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

std::string wire(const std::string& type, const std::string& data) {
  return RdataReader(Name()).read(type, data).value();
}

/// What the record leads to, as text; a `*.` stands for all below.
std::string leads_to(const std::string& owner, const std::string& type, const std::string& data) {
  std::string all;
  for (const auto& one :
       references_of(Name::parse(owner).value(), record_type(type).value(), wire(type, data)))
    all += (all.empty() ? "" : " ") + std::string(one.below ? "*." : "") + one.name.text();
  return all;
}

}  // namespace

TEST_CASE("what a record of each type leads to") {
  CHECK(leads_to("example.com", "NS", "NS1.example.com.") == "ns1.example.com");
  CHECK(leads_to("www.example.com", "CNAME", "web.example.com.") == "web.example.com");
  CHECK(leads_to("old.example.com", "DNAME", "new.example.com.") == "*.new.example.com");
  CHECK(leads_to("example.com", "MX", "10 mx1.example.com.") == "mx1.example.com");
  CHECK(leads_to("example.com", "MX", "0 .") == "");
  CHECK(leads_to("_sip._tcp.example.com", "SRV", "0 1 5060 sip.example.com.") == "sip.example.com");
  CHECK(leads_to("_sip._tcp.example.com", "SRV", "0 0 0 .") == "");
  CHECK(leads_to("example.com", "SOA", "ns1.example.com. h.example.com. 1 2 3 4 5") == "ns1.example.com");
  CHECK(leads_to("example.com", "NAPTR", "1 2 \"S\" \"SIP+D2T\" \"\" _sip._tcp.example.com.") ==
        "_sip._tcp.example.com");
  CHECK(leads_to("example.com", "NAPTR", "1 2 \"U\" \"E2U+sip\" \"!^.*$!sip:a@example.com!\" .") == "");
  CHECK(leads_to("example.com", "KX", "1 kx.example.com.") == "kx.example.com");
  CHECK(leads_to("example.com", "AFSDB", "1 afs.example.com.") == "afs.example.com");
  CHECK(leads_to("_25._tcp.mx1.example.com", "TLSA", "3 1 1 00") == "mx1.example.com");
  CHECK(leads_to("*._tcp.mx1.example.com", "TLSA", "3 1 1 00") == "mx1.example.com");
  CHECK(leads_to("mx1.example.com", "A", "192.0.2.1") == "");
  CHECK(leads_to("1.2.0.192.in-addr.arpa", "PTR", "mx1.example.com.") == "");
}

TEST_CASE("an HTTPS record without a target leads to its owner, and an alias without one to nobody") {
  CHECK(leads_to("www.example.com", "HTTPS", "1 . alpn=h2") == "www.example.com");
  CHECK(leads_to("www.example.com", "HTTPS", "1 web.example.com.") == "web.example.com");
  CHECK(leads_to("example.com", "HTTPS", "0 web.example.com.") == "web.example.com");
  CHECK(leads_to("example.com", "SVCB", "0 .") == "");
}

TEST_CASE("the addresses that an HTTPS record hints at") {
  const auto hints = address_hints(
      type_https, wire("HTTPS", "1 . alpn=h2 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1"));
  REQUIRE(hints.size() == 3);
  CHECK(hints[0].to_string() == "192.0.2.1");
  CHECK(hints[1].to_string() == "192.0.2.2");
  CHECK(hints[2].to_string() == "2001:db8::1");
  CHECK(address_hints(type_https, wire("HTTPS", "0 web.example.com.")).empty());
  CHECK(address_hints(RrType::MX, wire("MX", "1 mx.example.com.")).empty());
}

TEST_CASE("data that is cut short leads nowhere") {
  const auto owner = Name::parse("example.com").value();
  for (const auto* type : {"MX", "SRV", "NAPTR", "HTTPS", "NS"}) {
    const std::string data = std::string(type) == "MX"      ? "10 mx1.example.com."
                             : std::string(type) == "SRV"   ? "0 1 5060 sip.example.com."
                             : std::string(type) == "NAPTR" ? "1 2 \"S\" \"\" \"\" a.example.com."
                             : std::string(type) == "HTTPS" ? "1 web.example.com. ipv4hint=192.0.2.1"
                                                            : "ns1.example.com.";
    const auto whole = wire(type, data);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const auto part = whole.substr(0, length);
      const auto found = references_of(owner, record_type(type).value(), part);
      for (const auto& one : found) CHECK(one.name.wire().size() <= length);
      address_hints(record_type(type).value(), part);
    }
  }
}
