// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }

struct Read {
  ZoneFile zone;
  Diagnostics problems;
  Sources sources;

  /// Data of the RRset as text, joined by a bar, after its TTL; empty where there is none.
  std::string at(std::string_view owner, RrType type) const {
    for (const auto& set : zone.rrsets) {
      if (set.owner != name(owner) || set.type != type) continue;
      std::string out = std::to_string(set.ttl);
      for (const auto& rdata : set.rdata) out += " | " + rdata_text(type, rdata);
      return out;
    }
    return {};
  }
  /// `line: message` of the only problem; anything else is shown whole.
  std::string problem() const {
    std::string out;
    for (const auto& item : problems) {
      CHECK(item.code == "zone-file");
      if (!out.empty()) out += " / ";
      out += std::to_string(sources.locate(item.at).line) + ": " + item.message;
    }
    return out;
  }
};

Read read(std::string text, std::string_view origin = "mail.example") {
  Read result;
  const auto file = result.sources.add("zones/x.zone", std::move(text));
  result.zone = read_zone_file(result.sources, file, name(origin), result.problems);
  return result;
}

const std::string head = "@ 1h IN SOA ns1 hostmaster 1 1d 2h 4w 5m\n@ NS ns.other.example.\n";

}  // namespace

TEST_CASE("a zone file as people write it") {
  const auto zone = read(R"($ORIGIN mail.example.
$TTL 1d ; the default
@       IN SOA ns1.mail.example. hostmaster (
            2026112401 ; serial
            1h 15m 4w 300 )
        IN NS  ns1.sub
        NS  ns2.other.example.
MX1     300 IN A 192.0.2.10
        IN 1h30m AAAA 2001:DB8::10
        TXT "v=spf1 -all" two\;words "semi;colon (not a parenthesis"
mx1     A 192.0.2.9
$ORIGIN sub
mx1 A 192.0.2.20
ns1 A 192.0.2.53
last.mail.example. CNAME MX1.mail.example.)");
  CHECK(zone.problem() == "11: the A records of mx1.mail.example differ in TTL; the highest is used");
  CHECK(zone.problems[0].severity == Severity::warning);
  CHECK(zone.zone.origin == name("mail.example"));
  CHECK(zone.at("mail.example", RrType::SOA) ==
        "86400 | ns1.mail.example. hostmaster.mail.example. 2026112401 3600 900 2419200 300");
  CHECK(zone.at("mail.example", RrType::NS) == "86400 | ns1.sub.mail.example. | ns2.other.example.");
  CHECK(zone.at("mx1.mail.example", RrType::A) == "86400 | 192.0.2.9 | 192.0.2.10");
  CHECK(zone.at("mx1.mail.example", RrType::AAAA) == "5400 | 2001:db8::10");
  CHECK(zone.at("mx1.mail.example", RrType::TXT) ==
        "86400 | \"v=spf1 -all\" \"two;words\" \"semi;colon (not a parenthesis\"");
  CHECK(zone.at("mx1.sub.mail.example", RrType::A) == "86400 | 192.0.2.20");
  CHECK(zone.at("last.mail.example", RrType::CNAME) == "86400 | mx1.mail.example.");
}

TEST_CASE("sets come in canonical order, each record once") {
  const auto zone = read(head +
                         "z A 192.0.2.1\na.z A 192.0.2.1\nb A 192.0.2.2\nb A 192.0.2.1\nb A 192.0.2.2\n\\001 "
                         "A 192.0.2.1\nz TXT x\n");
  CHECK(zone.problem().empty());
  REQUIRE(zone.zone.rrsets.size() == 7);
  CHECK(std::is_sorted(zone.zone.rrsets.begin(), zone.zone.rrsets.end(), [](const RRset& a, const RRset& b) {
    return a.owner < b.owner || (a.owner == b.owner && a.type < b.type);
  }));
  CHECK(zone.at("b.mail.example", RrType::A) == "3600 | 192.0.2.1 | 192.0.2.2");
}

TEST_CASE("the TTL of a record that has none") {
  CHECK(read("@ SOA ns h 1 2 3 4 5\na A 192.0.2.1\n").at("a.mail.example", RrType::A) == "5 | 192.0.2.1");
  CHECK(read("@ 90 SOA ns h 1 2 3 4 5\na A 192.0.2.1\n").at("a.mail.example", RrType::A) == "90 | 192.0.2.1");
  CHECK(read("a A 192.0.2.1\n@ 90 SOA ns h 1 2 3 4 5\n@ NS ns.x.\n").problem() ==
        "1: a record without a TTL, and no $TTL before it");
  CHECK(read("$TTL 2147483648\n@ 1 SOA ns h 1 2 3 4 5\n@ NS ns.x.\n").problem() ==
        "1: \"2147483648\" is not a TTL");
  CHECK(read("$TTL 1d 2d\n@ 1 SOA ns h 1 2 3 4 5\n@ NS ns.x.\n").problem() == "1: $TTL takes one value");
}

TEST_CASE("line ends, byte order mark, missing last line end") {
  CHECK(read("$TTL 1h\r\n@ IN SOA ns h (1 2 3\r\n 4 5)\r\n NS n.x.\r\na A 192.0.2.1")
            .at("a.mail.example", RrType::A) == "3600 | 192.0.2.1");
  CHECK(read("$TTL 1h\r\n@ IN SOA ns h (1 2 3\r\n 4 5)\r\n NS n.x.\r\na A 192.0.2.1").problem().empty());
  const auto marked = read("\xef\xbb\xbf" + head);
  CHECK(marked.problem() == "1: the file begins with a byte order mark");
  CHECK(marked.zone.origin == name("mail.example"));
}

TEST_CASE("problems name their line, and reading goes on") {
  const auto problem = [](const std::string& line) {
    return read(head + line + "\nok A 192.0.2.1\n").problem();
  };
  CHECK(problem("a A 192.0.2") == "3: 192.0.2 is not an IPv4 address");
  CHECK(problem("a A") == "3: this A record has 0 of 1 values");
  CHECK(problem("a A 192.0.2.1 junk") == "3: \"junk\" is one value too many for this A record");
  CHECK(problem("a PTR x..y") == "3: \"x..y\" has an empty label");
  CHECK(problem("a TLSA 3 1 1 zz") == "3: zz is not hexadecimal");
  CHECK(problem("a IN") == "3: a line without a record type");
  CHECK(problem("a FROB x") == "3: \"FROB\" is not a record type");
  CHECK(problem("a ANY x") == "3: \"ANY\" is not a record type");
  for (const char* type : {"TYPE652804", "TYPE-5280", "TYPE", "TYPE1x", "type0"}) {
    CHECK(problem(std::string("a ") + type + " \\# 0") ==
          "3: \"" + std::string(type) + "\" is not a record type");
  }
  CHECK(problem("a CH TXT x") == "3: a record of class CH");
  CHECK(problem("a..b A 192.0.2.1") == "3: \"a..b\" has an empty label");
  CHECK(problem("a..b A 192.0.2.1\n A 192.0.2.2") == "3: \"a..b\" has an empty label");
  CHECK(problem("a TXT \"open") == "3: a quoted string that does not end on its line");
  CHECK(problem("a TXT open)") == "3: a closing parenthesis without an opening one");
  CHECK(problem("a A ( 192.0.2.1") == "3: a parenthesis that is never closed");
  CHECK(problem(std::string("a TXT x\0y", 9)) == "3: a control character (0x00)");
  CHECK(problem("a TXT \"x\x1b[31m\"") == "3: a control character (0x1b)");
  CHECK(problem("a 1x A 192.0.2.1") == "3: \"1x\" is not a TTL");
  CHECK(problem("$INCLUDE /etc/passwd") == "3: $INCLUDE is not read here");
  CHECK(problem("$FOO") == "3: unknown directive $FOO");
  CHECK(problem("other.example. A 192.0.2.1") == "3: other.example is outside the zone mail.example");
  CHECK(problem("@ SOA ns h 1 2 3 4 5") == "3: a second SOA record: a zone has one");
  CHECK(problem("a CNAME b\na A 192.0.2.1") == "4: a.mail.example has CNAME and A records");
  CHECK(problem("a CNAME b\na CNAME c") == "3: a.mail.example has several CNAME records");
  CHECK(problem("a CNAME b\na CNAME B").empty());
  CHECK(read(head + "a A 1\nb A 2\n").problem() ==
        "3: 1 is not an IPv4 address / 4: 2 is not an IPv4 address");
  CHECK(read(" A 192.0.2.1\n" + head).problem() ==
        "1: a line without an owner name, and no record before it");
  CHECK(read(head + "a A 192.0.2\nb A 192.0.2.1\n").at("b.mail.example", RrType::A) == "3600 | 192.0.2.1");
}

TEST_CASE("numbers that their field cannot hold are refused where they stand, and not taken modulo") {
  const auto problem = [](const std::string& line) {
    const auto got = read(head + line + "\n");
    std::string out;
    for (const auto& one : got.problems)
      out += std::to_string(got.sources.locate(one.at).column) + ": " + one.message + " (" + one.hint + ")";
    return out;
  };
  CHECK(problem("a MX 65536 b") == "6: \"65536\" is not a valid preference (it is a number from 0 to 65535)");
  CHECK(problem("a SRV 0 0 65536 b") == "11: \"65536\" is not a valid port (it is a number from 0 to 65535)");
  CHECK(problem("a SRV 0 -1 1 b") == "9: \"-1\" is not a valid weight (it is a number from 0 to 65535)");
  CHECK(problem("a CAA 256 issue x") == "7: \"256\" is not a valid flags (it is a number from 0 to 255)");
  CHECK(problem("a A 203.0.113.999") ==
        "5: 203.0.113.999 is not an IPv4 address (each part of an IPv4 address is a number from 0 to 255)");
  CHECK(problem("a AAAA 192.0.2.1") ==
        "8: 192.0.2.1 is not an IPv6 address (an IPv4 address belongs into an A record)");
  for (const char* good :
       {"MX 65535 b",
        "MX 007 b",
        "SRV 65535 65535 65535 .",
        "CAA 255 issue \"x y\"",
        "TLSA PKIX-EE 1 1 00",
        "DS 65535 ECDSAP256SHA256 2 0000000000000000000000000000000000000000000000000000000000000000",
        "TXT \"4294967296\" -1",
        "TYPE65280 \\# 2 0102",
        "A \\# 4 c0000201",
        "NAPTR 1 1 S \"a b\" \"\" .",
        "LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
        "URI 1 1 \"http://x\"",
        "HTTPS 1 . alpn=h2",
        "HTTPS 1 . mandatory=port,alpn alpn=h2,h3 port=\"443\"",
        "AAAA ::ffff:192.0.2.1",
        "SSHFP 1 1 0000000000000000000000000000000000000000",
        "TLSA 3 1 1 00 ff",
        "NSEC b A TYPE65280",
        "CSYNC 1 3 A NS",
        "CDS 0 0 0 00",
        "TYPE65280 \\# 0",
        "TYPE65280 \\# 3 01 0203",
        "RRSIG A 13 2 4294967295 20300101000000 1 1 x. AAAA",
        "LOC 90 59 59.999 S 180 W -5m 1m"}) {
    CHECK_MESSAGE(problem(std::string("a ") + good).empty(),
                  good << ": " << problem(std::string("a ") + good));
  }
  for (const char* bad : {"MX 0x1 b",
                          "MX 4294967306 b",
                          "SRV 65536 0 0 b",
                          "SRV 0 65536 0 b",
                          "NAPTR 65536 1 S \"\" \"\" .",
                          "TLSA 256 1 1 00",
                          "TLSA 3 -1 1 00",
                          "DS 65536 13 2 00",
                          "DS 1 256 2 00",
                          "DNSKEY 65536 3 13 AAAA",
                          "DNSKEY 257 3 256 AAAA",
                          "SSHFP 256 1 00",
                          "AFSDB 65536 b",
                          "URI 1 65536 \"x\"",
                          "SVCB 65536 b",
                          "NSEC3PARAM 256 0 0 -",
                          "CERT 65536 2 3 AAAA",
                          "PTR \"b\"",
                          "PTR b c",
                          "MX 10",
                          "A \\# 3 c00002",
                          "MX \\# 2 0001",
                          "MX \\# 4 00010000 extra",
                          "TYPE1 \\# 5 c000020100",
                          "AAAA \\# 17 0000000000000000000000000000000001",
                          "TYPE65280 \\# 1 zz",
                          "TYPE65280 \\# x",
                          "TYPE65280 \\# 65536 00",
                          "TLSA 3 1 1 0",
                          "TLSA 3 1 1 00 0",
                          "SSHFP 1 1 00",
                          "SSHFP 4 2 0000000000000000000000000000000000000000",
                          "CDS 1 13 2 00",
                          "NSEC b FOO",
                          "NSEC b",
                          "NSEC b A TYPE65536",
                          "CSYNC 1 3 A FOO",
                          "RRSIG A 13 2 4294967296 20300101000000 20300101000000 1 x. AAAA",
                          "RRSIG A 13 2 1 4294967296 20300101000000 1 x. AAAA",
                          "CERT +1 2 3 AAAA",
                          "LOC 91 N 4 E 0m",
                          "LOC 52 60 0 N 4 E 0m",
                          "LOC 52 N 181 E 0m",
                          "LOC 52 N 4 E",
                          "LOC 52 N 4 E 0m 1m 1m 1m 1m",
                          "LOC 52 4 E 0m",
                          "LOC 52 N 4 E 0m wide",
                          "HTTPS 1 . port=65536",
                          "SVCB 1 . port=+1",
                          "HTTPS 1 . alpn=h2 alpn=h3",
                          "HTTPS 1 . mandatory=alpn",
                          "HTTPS 1 . mandatory=port,alpn port=1",
                          "MD b",
                          "TYPE4 b",
                          "NSEC3 1 0 0 - 35mthgpgcu1qg68fab165klnsnk3dpvl A"}) {
    CHECK_MESSAGE(!problem(std::string("a ") + bad).empty(), bad);
  }
  const auto soa = [](std::string_view numbers) {
    return read("$TTL 1h\n@ IN SOA ns1 h " + std::string(numbers) + "\n@ NS ns.x.\n").problem();
  };
  CHECK(soa("4294967295 4294967295 1w2d 1d1w 0").empty());
  CHECK(soa("4294967296 1 1 1 1") == "2: \"4294967296\" is not a valid serial");
  CHECK(soa("1h 1 1 1 1") == "2: \"1h\" is not a valid serial");
  CHECK(soa("1 4294967296 1 1 1") == "2: \"4294967296\" is not a valid refresh time");
  CHECK(soa("1 1 1 1 -1") == "2: \"-1\" is not a valid negative TTL");
  CHECK(soa("1 1 1 1 8000w") == "2: \"8000w\" is not a valid negative TTL");
  CHECK(soa("1 1 1 1") == "2: this SOA record has 6 of 7 values");
  CHECK(read(head + "a 1d1w A 192.0.2.1\n").at("a.mail.example", RrType::A) == "691200 | 192.0.2.1");
  CHECK(read(head + "a 2147483648 A 192.0.2.1\n").problem() == "3: \"2147483648\" is not a TTL");
}

TEST_CASE("records that no primary loads where they stand") {
  CHECK(read("@ 1h SOA ns h 1 2 3 4 5\na NS ns.x.\n").problem() ==
        "1: mail.example has no NS records at its apex");
  CHECK(read(head + "@ DS 1 13 2 " + std::string(64, '0') + "\n").problem() ==
        "3: mail.example has a DS record at its apex");
  CHECK(read(head + "a NS ns.x.\na DS 1 13 2 " + std::string(64, '0') + "\n").problem().empty());
  CHECK(read(head + "*.a NS ns.x.\n").problem() ==
        "3: *.a.mail.example has NS records: what a delegated wildcard means is undefined");
  CHECK(read(head + "a DNAME x.\na DNAME y.\n").problem() == "3: a.mail.example has several DNAME records");
}

TEST_CASE("an owner name in quotation marks is not taken for another name") {
  CHECK(read(head + "\"a\" A 192.0.2.1\n").problem() == "3: \"a\" in quotation marks");
  CHECK(read(head + "$ORIGIN \"a\"\n").problem() == "3: \"a\" in quotation marks");
}

TEST_CASE("a file that is no zone") {
  CHECK(read("").problem() == "1: the file has no SOA record: it is not a zone");
  CHECK(read("; nothing\n\n").problem() == "1: the file has no SOA record: it is not a zone");
  CHECK(read("a 1 A 192.0.2.1\n").problem() == "1: the file has no SOA record: it is not a zone");
}

TEST_CASE("names with escapes, and relative to a deep origin") {
  const auto zone = read(head + "a\\.b PTR c\\.\n", "0-25.2.0.192.in-addr.arpa");
  CHECK(zone.problem().empty());
  CHECK(zone.at("a\\.b.0-25.2.0.192.in-addr.arpa", RrType::PTR) == "3600 | c\\..0-25.2.0.192.in-addr.arpa.");
  CHECK(read(head + std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
             std::string(60, 'd') + " A 192.0.2.1\n")
            .problem()
            .find("3: ") == 0);
}

TEST_CASE("hostile files end in a bounded number of problems") {
  std::string lines = head;
  for (int i = 0; i < 5000; ++i) lines += "a A x\n";
  CHECK(read(lines).problems.size() == 101);
  std::string warnings = head;
  for (int i = 0; i < 200; ++i) {
    const auto owner = "a" + std::to_string(i);
    warnings += owner + " 1 A 192.0.2.1\n" + owner + " 2 A 192.0.2.2\n";
  }
  const auto differ = read(warnings);
  CHECK(differ.problems.size() == 101);
  CHECK(std::all_of(differ.problems.begin(), differ.problems.end(),
                    [](const auto& problem) { return problem.severity == Severity::warning; }));
  CHECK(differ.at("a199.mail.example", RrType::A) == "2 | 192.0.2.1 | 192.0.2.2");
  std::string open = head;
  for (int i = 0; i < 200000; ++i) open += "a (\n";
  CHECK(read(open).problems.size() <= 101);
  CHECK(read(std::string((std::size_t{64} << 20) + 1, ' ')).problem().find("octets; a zone file may have") !=
        std::string::npos);

  std::mt19937 random(4);
  const std::string good =
      head +
      "mx1 300 IN A 192.0.2.10\n TXT \"a;b\" ( c\n d ) \\034\n$ORIGIN x\nb PTR c.\nt TYPE65280 \\# 2 0102\n";
  for (int round = 0; round < 5000; ++round) {
    auto text = good;
    for (auto changes = random() % 8 + 1; changes > 0; --changes)
      text[random() % text.size()] = static_cast<char>(random());
    read(text);
    std::string noise(random() % 300, '\0');
    for (auto& c : noise) c = static_cast<char>(random());
    const auto result = read(noise);
    CHECK(result.zone.rrsets.size() <= noise.size());
  }
}

TEST_CASE("an RRset that no DNS message can carry is named, by its line") {
  const std::string head = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n";
  std::string many = head;
  for (int i = 0; i < 80'000; ++i)
    many += "mx A 11." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." +
            std::to_string(i & 255) + "\n";
  const auto flood = read(many);
  CHECK(flood.problem() ==
        "5: mx.mail.example: an answer with 80000 A records has 1280033 octets, and a DNS message at most "
        "65535");
  CHECK(flood.at("mx.mail.example", RrType::A).empty());
  CHECK(flood.at("ns.mail.example", RrType::A) == "60 | 192.0.2.1");
  std::string text = head + "x TXT";
  for (int i = 0; i < 255; ++i) text += " " + std::string(255, 'a');
  CHECK(read(text + "\n").problem().empty());  // 65,280 octets of data: just fits
  CHECK(read(text + " " + std::string(239, 'a') + "\n").problem() ==
        "5: x.mail.example: an answer with 1 TXT record has 65564 octets, and a DNS message at most 65535");
}

TEST_CASE("data of more octets than a record can have is refused, by its line") {
  std::string text = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nx TXT";
  for (int i = 0; i < 300; ++i) text += " \"" + std::string(255, 'a') + "\"";
  const auto zone = read(text + "\ny A 192.0.2.2\n");
  CHECK(zone.problem().starts_with("5: "));
  CHECK(zone.problem().find('/') == std::string::npos);
  CHECK(zone.at("x.mail.example", RrType::TXT).empty());
}

TEST_CASE("signatures of one owner have the TTLs of what they cover, and are no RRset") {
  const std::string rest = " 20270101000000 20261201000000 1 mail.example. AAAA\n";
  const auto zone = read(head + "mx1 1h A 192.0.2.9\nmx1 1h RRSIG A 13 3 3600" + rest +
                         "mx1 5m RRSIG NSEC 13 3 300" + rest);
  CHECK(zone.problem().empty());
}
