// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/generate.h"

#include <doctest/doctest.h>

#include "dns/rdata_text.h"
#include "dns/zone/zone_edit.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }
std::string a(int last) { return std::string("\xc0\0\2", 3) + static_cast<char>(last); }

const std::string head = "$TTL 1h\n@ SOA ns1 hostmaster 2026112401 1d 2h 4w 5m\n@ NS ns.other.example.\n";

std::string expanded(std::string_view text, std::uint32_t number) {
  const auto made = GenerateTemplate(text).expand(number);
  return made ? *made : "error: " + made.error().message;
}

/// The records of a zone but for SOA and NS, or its problems with their lines.
std::string made(const std::string& lines) {
  Sources sources;
  Diagnostics problems;
  const auto zone = read_zone_file(sources, sources.add("z", head + lines), name("mail.example"), problems);
  std::string out;
  for (const auto& problem : problems)
    out += std::to_string(sources.locate(problem.at).line) + ": " + problem.message + "\n";
  for (const auto& set : zone.rrsets) {
    if (!problems.empty() || set.type == RrType::SOA || set.type == RrType::NS) continue;
    for (const auto& rdata : set.rdata)
      out += set.owner.text() + " " + std::to_string(set.ttl) + " " + std::string(to_string(set.type)) + " " +
             rdata_text(set.type, rdata) + "\n";
  }
  return out;
}

std::string edited(const std::string& lines, const std::vector<RRsetChange>& changes) {
  const auto text = head + lines;
  const auto edits = edit_zone(text, name("mail.example"), changes, parse_date("2026-11-26").value());
  if (!edits) return "error: " + edits.error().message;
  const auto after = apply_edits(text, *edits);
  return edits->empty() ? "" : after.substr(head.size());
}

}  // namespace

TEST_CASE("$GENERATE: what named-checkzone takes for a range") {
  CHECK(parse_generate_range("1-9").value().count() == 9);
  CHECK(parse_generate_range("0-255/16").value().count() == 16);
  CHECK(parse_generate_range("1-2147483647/2147483646").value().count() == 2);
  CHECK(parse_generate_range("7-7").value().count() == 1);
  for (const char* wrong : {"", "1", "9-1", "1-3/0", "1-3/", "1--3", "-1-3", "0x1-3", "1-2147483648", "1-3x",
                            "1-3/2x", "+1-3", "1-"})
    CHECK_MESSAGE(!parse_generate_range(wrong), wrong);
  CHECK(to_string(GenerateRange{1, 9, 1}) == "1-9");
  CHECK(to_string(GenerateRange{1, 9, 2}) == "1-9/2");
}

TEST_CASE("$GENERATE: templates, as BIND 9.18 expands them") {
  CHECK(expanded("h$x", 7) == "h7x");
  CHECK(expanded("h$$x", 7) == "h$x");
  CHECK(expanded("h\\$x", 7) == "h\\$x");
  CHECK(expanded("h\\\\$x", 7) == "h\\\\7x");
  CHECK(expanded("h${5}", 1) == "h6");
  CHECK(expanded("h${+5}", 1) == "h6");
  CHECK(expanded("h${-5}", 1) == "h-4");
  CHECK(expanded("h${5,3}", 1) == "h006");
  CHECK(expanded("h${-5,4}", 1) == "h-004");
  CHECK(expanded("h${-5,4,x}", 1) == "hfffffffc");
  CHECK(expanded("h${-5,4,n}", 1) == "hc.f.f.f.f.f.f.f");
  // A dollar sign alone has the offset of the one before it.
  CHECK(expanded("h${5,3,x}-${-3,4,X}-$-${0,0,o}-${1}", 10) == "h00f-0007-7-12-11");
  CHECK(expanded("${0,0,n}", 171) == "b.a");
  CHECK(expanded("${0,4,N}", 171) == "B.A.");
  CHECK(expanded("${0,7,n}", 171) == "b.a.0.0");
  CHECK(expanded("${0,0,n}", 0) == "0");
  for (const char* wrong : {"${}", "${5,3,}", "${0,3,b}", "${0,3,dd}", "${0,3,d", "${ 5}", "${0,-3,d}",
                            "${0,200,d}", "${99999999999}"})
    CHECK_MESSAGE(expanded(wrong, 1).starts_with("error: "), wrong);
  CHECK(expanded("${2147483647}", 1) == "error: 1 and its offset 2147483647 are more than 2147483647");
  CHECK(expanded(std::string(2047, 'x'), 1).size() == 2047);
  CHECK(expanded(std::string(2048, 'x'), 1) ==
        "error: $GENERATE makes more than 2047 characters of one value");
}

TEST_CASE("$GENERATE: records, with TTL and class, of any type, each at the line of the directive") {
  CHECK(made("$GENERATE 1-2 h$ A 192.0.2.$\n") ==
        "h1.mail.example 3600 A 192.0.2.1\nh2.mail.example 3600 A 192.0.2.2\n");
  CHECK(made("$generate 1-9/8 h$ 60 IN A 192.0.2.$ ; two\n") ==
        "h1.mail.example 60 A 192.0.2.1\nh9.mail.example 60 A 192.0.2.9\n");
  CHECK(made("$GENERATE 1-1 h$ IN 60 A 192.0.2.$\n") == "h1.mail.example 60 A 192.0.2.1\n");
  CHECK(made("$GENERATE 1-1 h$ MX \"10 mx$\"\n") == "h1.mail.example 3600 MX 10 mx1.mail.example.\n");
  CHECK(made("$GENERATE 1-1 h$ TXT \"x y$\"\n") == "h1.mail.example 3600 TXT \"x\" \"y1\"\n");
  CHECK(made("$GENERATE 1-1 h$ TXT \"\\\"x y$\\\"\"\n") == "h1.mail.example 3600 TXT \"x y1\"\n");
  CHECK(made("$GENERATE 1-1 h$ TXT \"a;b\"\n") == "h1.mail.example 3600 TXT \"a\"\n");
  CHECK(made("own A 192.0.2.9\n$GENERATE 1-1 h$ A 192.0.2.$\n TXT x\n") ==
        "h1.mail.example 3600 A 192.0.2.1\nown.mail.example 3600 A 192.0.2.9\nown.mail.example 3600 TXT "
        "\"x\"\n");
  CHECK(made("$ORIGIN sub\n$GENERATE 1-1 ${0,3,d} CNAME h$\n") ==
        "001.sub.mail.example 3600 CNAME h1.sub.mail.example.\n");
  Sources sources;
  Diagnostics problems;
  std::vector<PlacedRecord> places;
  read_zone_file(sources, sources.add("z", head + "$GENERATE 1-3/2 h$ A 192.0.2.$\n"), name("mail.example"),
                 problems, &places);
  REQUIRE(places.size() == 4);
  CHECK(sources.locate(0, places[3].all.begin).line == 4);
  CHECK(places[3].made->number == 3);
  CHECK(sources.text(Span{0, static_cast<std::uint32_t>(places[3].made->range.begin),
                          static_cast<std::uint32_t>(places[3].made->range.end)}) == "1-3/2");
}

TEST_CASE("$GENERATE: what is wrong is said once, at its line") {
  CHECK(made("$GENERATE 9-1 h$ A 192.0.2.$\n") == "4: \"9-1\" is not a range of $GENERATE\n");
  CHECK(made("$GENERATE 1-300 h$ A 192.0.2.$\n") == "4: 192.0.2.256 is not an IPv4 address\n");
  CHECK(made("$GENERATE 1-3 h$ MX 10 mx$\n") == "4: $GENERATE takes the data of its records in one word\n");
  CHECK(made("$GENERATE 1-3 h$ A\n") ==
        "4: $GENERATE takes a range, an owner name, a type and data on one line\n");
  CHECK(made("$GENERATE 1-3 ( h$ A\n 192.0.2.$ )\n") ==
        "4: $GENERATE takes a range, an owner name, a type and data on one line\n");
  CHECK(made("$GENERATE 1-3 h$ FOO x\n") == "4: \"FOO\" is not a record type\n");
  CHECK(made("$GENERATE 1-3 h$ CH A 192.0.2.1\n") == "4: a record of class CH\n");
  CHECK(made("$GENERATE 1-3 h$.other.test. A 192.0.2.1\n")
            .starts_with("4: h1.other.test is outside the zone mail.example\n"));
  CHECK(made("$GENERATE 1-3 h CNAME x$\n") == "4: h.mail.example has several CNAME records\n");
}

TEST_CASE("$GENERATE: bounded before anything is made") {
  CHECK(made("$GENERATE 0-2147483647 h$ A 192.0.2.1\n") ==
        "4: $GENERATE would make 2147483648 records here, and at most 1000000 are made for a zone\n");
  CHECK(made("$GENERATE 1-999998 h A 192.0.2.1\n$GENERATE 1-3 i$ A 192.0.2.1\n") ==
        "5: $GENERATE would make 3 records here, and at most 1000000 are made for a zone\n");
  CHECK(made("$GENERATE 1-1000000 h A 192.0.2.1\n").find("would make") == std::string::npos);
  CHECK(made("$GENERATE 1-900000 h$ TXT " + std::string(100, 'x') + "\n")
            .starts_with("4: $GENERATE would make 900000 lines of 1"));
}

TEST_CASE("zone edit: the range of a directive is split around a record that changes") {
  const std::string pool = "$GENERATE 1-9 h$ A 192.0.2.$ ; pool\nz A 192.0.2.99\n";
  CHECK(edited(pool, {{name("h4.mail.example"), RrType::A, 3600, {a(44)}, {a(4)}}}) ==
        "$GENERATE 1-3 h$ A 192.0.2.$ ; pool\n$GENERATE 5-9 h$ A 192.0.2.$\n"
        "h4.mail.example. 3600 IN A 192.0.2.44\nz A 192.0.2.99\n");
  CHECK(edited(pool, {{name("h1.mail.example"), RrType::A, 0, {}, {a(1)}}}) ==
        "$GENERATE 2-9 h$ A 192.0.2.$ ; pool\nz A 192.0.2.99\n");
  CHECK(edited(pool, {{name("h9.mail.example"), RrType::A, 300, {a(9)}, {a(9)}}}) ==
        "$GENERATE 1-8 h$ A 192.0.2.$ ; pool\nh9.mail.example. 300 IN A 192.0.2.9\nz A 192.0.2.99\n");
  CHECK(edited(pool, {{name("h4.mail.example"), RrType::CNAME, 3600, {rdata_of(name("x.example"))}, {}},
                      {name("h4.mail.example"), RrType::A, 0, {}, {a(4)}}}) ==
        "$GENERATE 1-3 h$ A 192.0.2.$ ; pool\n$GENERATE 5-9 h$ A 192.0.2.$\n"
        "h4.mail.example. 3600 IN CNAME x.example.\nz A 192.0.2.99\n");
  CHECK(edited("$GENERATE 1-9/4 h$ A 192.0.2.$\n", {{name("h5.mail.example"), RrType::A, 0, {}, {a(5)}}}) ==
        "$GENERATE 1-1 h$ A 192.0.2.$\n$GENERATE 9-9 h$ A 192.0.2.$\n");
  CHECK(
      edited("$GENERATE 4-4 h$ A 192.0.2.$\n", {{name("h4.mail.example"), RrType::A, 60, {a(4)}, {a(4)}}}) ==
      "h4.mail.example. 60 IN A 192.0.2.4\n");
  // A set of which only a part is made.
  CHECK(edited("$GENERATE 1-2 h A 192.0.2.$\nh A 192.0.2.3\n",
               {{name("h.mail.example"), RrType::A, 60, {a(1), a(3)}, {a(1), a(2), a(3)}}}) ==
        "h 60 A 192.0.2.3\nh.mail.example. 60 IN A 192.0.2.1\n");
}

TEST_CASE("zone edit: what is written out behind a directive takes no line's owner away") {
  CHECK(edited("own A 192.0.2.9\n$GENERATE 1-2 h$ A 192.0.2.$\n TXT x\n",
               {{name("h2.mail.example"), RrType::A, 60, {a(2)}, {a(2)}}}) ==
        "own A 192.0.2.9\n$GENERATE 1-1 h$ A 192.0.2.$\nh2.mail.example. 60 IN A "
        "192.0.2.2\nown.mail.example. TXT x\n");
}

TEST_CASE("zone edit: a directive with the TTL of a record before it is left to a person") {
  const std::string text = "@ 90 SOA ns1 h 2026112401 1 1 1 1\n@ NS ns.x.\n$GENERATE 1-2 h$ A 192.0.2.$\n";
  const auto edits =
      edit_zone(text, name("mail.example"),
                std::vector<RRsetChange>{{name("h2.mail.example"), RrType::A, 60, {a(2)}, {a(2)}}},
                parse_date("2026-11-26").value());
  REQUIRE(!edits);
  CHECK(edits.error().message == "h2.mail.example is made by $GENERATE with the TTL of the record before it");
}
