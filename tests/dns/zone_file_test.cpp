// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone_file.h"

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

const std::string head = "$TTL 1h\n@ IN SOA ns1 hostmaster 1 1d 2h 4w 5m\n";

}  // namespace

TEST_CASE("a zone file as people write it") {
  const auto zone = read(R"($ORIGIN mail.example.
$TTL 1d ; the default
@       IN SOA ns1.mail.example. hostmaster (
            2026112401 ; serial
            1h 15m 4w 300 )
        IN NS  ns1
        NS  ns2.other.example.
MX1     300 IN A 192.0.2.10
        IN 1h30m AAAA 2001:DB8::10
        TXT "v=spf1 -all" two\;words "semi;colon (not a parenthesis"
mx1     A 192.0.2.9
$ORIGIN sub
mx1 A 192.0.2.20
last.mail.example. CNAME MX1.mail.example.)");
  CHECK(zone.problem() == "11: the A records of mx1.mail.example differ in TTL; the lowest is used");
  CHECK(zone.problems[0].severity == Severity::warning);
  CHECK(zone.zone.origin == name("mail.example"));
  CHECK(zone.at("mail.example", RrType::SOA) ==
        "86400 | ns1.mail.example. hostmaster.mail.example. 2026112401 3600 900 2419200 300");
  CHECK(zone.at("mail.example", RrType::NS) == "86400 | ns1.mail.example. | ns2.other.example.");
  CHECK(zone.at("mx1.mail.example", RrType::A) == "300 | 192.0.2.9 | 192.0.2.10");
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
  REQUIRE(zone.zone.rrsets.size() == 6);
  CHECK(std::is_sorted(zone.zone.rrsets.begin(), zone.zone.rrsets.end(), [](const RRset& a, const RRset& b) {
    return a.owner < b.owner || (a.owner == b.owner && a.type < b.type);
  }));
  CHECK(zone.at("b.mail.example", RrType::A) == "3600 | 192.0.2.1 | 192.0.2.2");
}

TEST_CASE("the TTL of a record that has none") {
  CHECK(read("@ SOA ns h 1 2 3 4 5\na A 192.0.2.1\n").at("a.mail.example", RrType::A) == "5 | 192.0.2.1");
  CHECK(read("@ 90 SOA ns h 1 2 3 4 5\na A 192.0.2.1\n").at("a.mail.example", RrType::A) == "90 | 192.0.2.1");
  CHECK(read("a A 192.0.2.1\n@ 90 SOA ns h 1 2 3 4 5\n").problem() ==
        "1: a record without a TTL, and no $TTL before it");
  CHECK(read("$TTL 2147483648\n@ 1 SOA ns h 1 2 3 4 5\n").problem() == "1: \"2147483648\" is not a TTL");
  CHECK(read("$TTL 1d 2d\n@ 1 SOA ns h 1 2 3 4 5\n").problem() == "1: $TTL takes one value");
}

TEST_CASE("line ends, byte order mark, missing last line end") {
  CHECK(read("$TTL 1h\r\n@ IN SOA ns h (1 2 3\r\n 4 5)\r\na A 192.0.2.1").at("a.mail.example", RrType::A) ==
        "3600 | 192.0.2.1");
  CHECK(read("$TTL 1h\r\n@ IN SOA ns h (1 2 3\r\n 4 5)\r\na A 192.0.2.1").problem().empty());
  const auto marked = read("\xef\xbb\xbf" + head);
  CHECK(marked.problem() == "1: the file begins with a byte order mark");
  CHECK(marked.zone.origin == name("mail.example"));
}

TEST_CASE("problems name their line, and reading goes on") {
  const auto problem = [](const std::string& line) {
    return read(head + line + "\nok A 192.0.2.1\n").problem();
  };
  CHECK(problem("a A 192.0.2") == "3: the data of this A record cannot be read");
  CHECK(problem("a A") == "3: the data of this A record cannot be read");
  CHECK(problem("a A 192.0.2.1 junk") == "3: the data of this A record cannot be read");
  CHECK(problem("a PTR x..y") == "3: the data of this PTR record cannot be read");
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
  CHECK(problem("$INCLUDE /etc/passwd") == "3: $INCLUDE is not read");
  CHECK(problem("$GENERATE 1-9 $ PTR h$") == "3: $GENERATE is not read");
  CHECK(problem("$FOO") == "3: unknown directive $FOO");
  CHECK(problem("other.example. A 192.0.2.1") == "3: other.example is outside the zone mail.example");
  CHECK(problem("@ SOA ns h 1 2 3 4 5") == "3: a second SOA record: a zone has one");
  CHECK(problem("a CNAME b\na A 192.0.2.1") == "4: a.mail.example has CNAME and A records");
  CHECK(problem("a CNAME b\na CNAME c") == "3: a.mail.example has several CNAME records");
  CHECK(problem("a CNAME b\na CNAME B").empty());
  CHECK(read(head + "a A 1\nb A 2\n").problem() ==
        "3: the data of this A record cannot be read / 4: the data of this A record cannot be read");
  CHECK(read(" A 192.0.2.1\n" + head).problem() ==
        "1: a line without an owner name, and no record before it");
  CHECK(read(head + "a A 192.0.2\nb A 192.0.2.1\n").at("b.mail.example", RrType::A) == "3600 | 192.0.2.1");
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
  CHECK(differ.at("a199.mail.example", RrType::A) == "1 | 192.0.2.1 | 192.0.2.2");
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
