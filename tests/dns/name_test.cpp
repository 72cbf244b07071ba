// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/name.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace rdnsgate;
using dns::Name;

TEST_CASE("names compare without case and without the final dot") {
  CHECK(Name::parse("MX1.Mail.Example").value() == Name::parse("mx1.mail.example.").value());
  CHECK(Name::parse("a.example").value() != Name::parse("b.example").value());
  CHECK(Name::parse(".").value().is_root());
  CHECK(Name::parse("mx1.example").value().fqdn() == "mx1.example.");
  CHECK(Name().text() == ".");
}

TEST_CASE("names keep any octet and print it escaped") {
  CHECK(Name::parse("a\\.b.example").value().label_count() == 2);
  CHECK(Name::parse("a\\.b.example").value().text() == "a\\.b.example");
  CHECK(Name::parse("\\000\\255.example").value().text() == "\\000\\255.example");
  CHECK(Name::from_wire(std::string_view("\4a\x1b[m\0", 6)).value().text() == "a\\027[m");
}

TEST_CASE("limits of RFC 1035 2.3.4") {
  const std::string label63(63, 'a'), label64(64, 'a');
  CHECK(Name::parse(label63 + ".example").has_value());
  CHECK_FALSE(Name::parse(label64 + ".example").has_value());
  const std::string long_name = label63 + "." + label63 + "." + label63 + ".";
  CHECK(Name::parse(long_name + std::string(61, 'a')).value().wire().size() == 255);
  CHECK_FALSE(Name::parse(long_name + std::string(62, 'a')).has_value());
  for (const auto* text : {"", "..", ".a", "a..b", "a\\", "a\\25", "a\\256"}) {
    CAPTURE(text);
    CHECK_FALSE(Name::parse(text).has_value());
  }
}

TEST_CASE("wire names are never read past their end") {
  CHECK_FALSE(Name::from_wire("").has_value());
  CHECK_FALSE(Name::from_wire("\3ab").has_value());
  CHECK_FALSE(Name::from_wire(std::string_view("\xC0\x0C", 2)).has_value());
  CHECK_FALSE(Name::from_wire(std::string(300, '\1')).has_value());
  std::size_t used = 0;
  CHECK(Name::from_wire(std::string_view("\1A\0rest", 7), &used).value().text() == "a");
  CHECK(used == 3);
}

TEST_CASE("tree relations stand on label boundaries") {
  const auto zone = Name::parse("mail.example").value();
  CHECK(Name::parse("mx.mail.example").value().is_within(zone));
  CHECK(zone.is_within(zone));
  CHECK(zone.is_within(Name()));
  CHECK_FALSE(Name::parse("webmail.example").value().is_within(zone));
  CHECK(zone.parent().text() == "example");
  CHECK(Name::parse("10").value().under(zone).value().text() == "10.mail.example");
  CHECK(Name::parse("z.a.example").value() < Name::parse("a.b.example").value());
  CHECK(Name::parse("example").value() < Name::parse("a.example").value());
}

TEST_CASE("a relative name is under the origin, one with a final dot is not") {
  const auto origin = Name::parse("mail.example").value();
  const auto read = [&](std::string_view text) {
    const auto name = Name::relative(text, origin);
    return name ? name->text() : "none";
  };
  CHECK(read("@") == "mail.example");
  CHECK(read("mx1") == "mx1.mail.example");
  CHECK(read("mx1.other.example.") == "mx1.other.example");
  CHECK(read(".") == ".");
  // An escaped dot is of the label; behind an escaped backslash it ends the name.
  CHECK(read("a\\.") == "a\\..mail.example");
  CHECK(read("a\\\\.") == "a\\\\");
  CHECK(read("a..b") == "none");
  const std::string label(63, 'a');
  CHECK(read(label + "." + label + "." + label + "." + std::string(60, 'a')) == "none");
}

TEST_CASE("names are in canonical order: by labels from the right") {
  const auto by_labels = [](const Name& a, const Name& b) {
    const auto mine = a.labels(), theirs = b.labels();
    for (std::size_t i = 1; i <= std::min(mine.size(), theirs.size()); ++i) {
      const auto order = mine[mine.size() - i].compare(theirs[theirs.size() - i]);
      if (order != 0) return order <=> 0;
    }
    return mine.size() <=> theirs.size();
  };
  // Labels that begin alike, that look like the length of another one, and that hold what octets may be.
  const std::string labels[] = {"a", "b", "ab", "aa", "\\000", "\\001a", "\\255", "a\\.b", std::string(63, 'a')};
  std::mt19937 random(3);
  std::vector<Name> names;
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (auto n = random() % 4; n > 0; --n) text += labels[random() % std::size(labels)] + ".";
    names.push_back(Name::parse(text.empty() ? "." : text).value());
  }
  for (const auto& a : names) {
    for (const auto& b : names) {
      if ((a <=> b) == by_labels(a, b)) continue;
      CAPTURE(a.text());
      CAPTURE(b.text());
      CHECK((a <=> b) == by_labels(a, b));
    }
  }
}

TEST_CASE("reverse names, both ways") {
  const auto v4 = IpAddress::parse("192.0.2.10").value(), v6 = IpAddress::parse("2001:db8::10").value();
  CHECK(dns::reverse_name(v4).text() == "10.2.0.192.in-addr.arpa");
  CHECK(dns::reverse_name(v6).text() ==
        "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
  CHECK(dns::address_of_reverse(dns::reverse_name(v4)).value() == v4);
  CHECK(dns::address_of_reverse(dns::reverse_name(v6)).value() == v6);
  for (const auto* text :
       {"2.0.192.in-addr.arpa", "x.2.0.192.in-addr.arpa", "010.2.0.192.in-addr.arpa", "example"}) {
    CAPTURE(text);
    CHECK_FALSE(dns::address_of_reverse(Name::parse(text).value()).has_value());
  }
}

TEST_CASE("a name of the reverse tree stands for a block of addresses") {
  const auto block = [](const std::string& text) {
    const auto found = dns::block_of_reverse(Name::parse(text).value());
    return found ? found->to_string() : "none";
  };
  CHECK(block("2.0.192.in-addr.arpa") == "192.0.2.0/24");
  CHECK(block("10.2.0.192.in-addr.arpa") == "192.0.2.10/32");
  CHECK(block("192.in-addr.arpa") == "192.0.0.0/8");
  CHECK(block("in-addr.arpa") == "0.0.0.0/0");
  CHECK(block("8.b.d.0.1.0.0.2.ip6.arpa") == "2001:db8::/32");
  CHECK(block("2.ip6.arpa") == "2000::/4");
  for (const auto* none : {".", "arpa", "example", "300.in-addr.arpa", "0-63.2.0.192.in-addr.arpa", "x.ip6.arpa",
                           "1.10.2.0.192.in-addr.arpa"})
    CHECK(block(none) == "none");
  const std::string label(63, 'a');
  CHECK(block(label + "." + label + "." + label + ".0.0.0.0.0.0.ip6.arpa") == "none");
}

TEST_CASE("internationalised names become A-labels") {
  CHECK(Name::from_host("m\xC3\xBCnchen.example").value().text() == "xn--mnchen-3ya.example");
  CHECK(Name::from_host("plain.example").value().text() == "plain.example");
  CHECK_FALSE(Name::from_host("\xE2\x80\xAE.example").has_value());
}
