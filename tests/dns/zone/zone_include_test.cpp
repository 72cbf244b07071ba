// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// $INCLUDE, and records that only one vendor's server can answer.
#include <doctest/doctest.h>

#include "dns/rdata_text.h"
#include "dns/zone/zone_edit.h"
#include "dns/zone/zone_tree.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }
std::string a(int last) { return std::string("\xc0\0\2", 3) + static_cast<char>(last); }

const std::string head = "$TTL 1h\n@ SOA ns1 hostmaster 2026112401 1d 2h 4w 5m\n@ NS ns.other.example.\n";

struct Zone {
  Sources sources;
  Diagnostics problems;
  ZoneFile zone;
  std::vector<PlacedRecord> places;

  std::string records() const {
    std::string out;
    for (const auto& set : zone.rrsets) {
      if (set.type == RrType::SOA || set.type == RrType::NS) continue;
      for (const auto& rdata : set.rdata)
        out += set.owner.text() + " " + std::to_string(set.ttl) + " " + rdata_text(set.type, rdata) + "\n";
    }
    return out;
  }
  std::string problem() const {
    std::string out;
    for (const auto& one : problems)
      out += std::string(sources.path(one.at.file)) + ":" + std::to_string(sources.locate(one.at).line) +
             ": " + one.message + "\n";
    return out;
  }
  std::string open(std::string_view owner, RrType type) const {
    const auto reply = ZoneTree(zone).look_up(name(owner), type);
    return reply.kind == ZoneReply::Kind::open ? std::string(reply.why) : "";
  }
};

Zone read(const std::string& text, const std::map<std::string, std::string>& files = {}) {
  Zone read;
  const FindIncluded find = [&](const std::string&, const std::string& file) -> Result<IncludedText> {
    const auto found = files.find(file);
    if (found == files.end()) return fail("there is no file " + file);
    return IncludedText{file, found->second};
  };
  read.zone = read_zone_file(read.sources, read.sources.add("z", text), name("mail.example"), read.problems,
                             &read.places, find);
  return read;
}

}  // namespace

TEST_CASE("$INCLUDE: the origin and the owner are those before it, behind it; an origin can be given") {
  const auto zone = read(head + "own A 192.0.2.1\n$INCLUDE i sub\n TXT x\nb A 192.0.2.2\n",
                         {{"i", " AAAA ::1\na A 192.0.2.3\n$ORIGIN deep\nc A 192.0.2.4\n"}});
  CHECK(zone.problem().empty());
  CHECK(zone.records() ==
        "b.mail.example 3600 192.0.2.2\nown.mail.example 3600 192.0.2.1\nown.mail.example 3600 \"x\"\n"
        "own.mail.example 3600 ::1\na.sub.mail.example 3600 192.0.2.3\nc.deep.sub.mail.example 3600 "
        "192.0.2.4\n");
  // Problems and places point into the included file.
  CHECK(read(head + "$INCLUDE i\n", {{"i", "\na A 192.0.2\n"}}).problem() ==
        "i:2: 192.0.2 is not an IPv4 address\n");
  CHECK(zone.places.back().file == 0);
  CHECK(zone.sources.path(zone.places[4].file) == "i");
  CHECK(read(head + "$INCLUDE \"i\"\n", {{"i", "a A 192.0.2.3"}}).records() ==
        "a.mail.example 3600 192.0.2.3\n");
}

TEST_CASE("$INCLUDE: no TTL leaks where there was one, and servers differ in that") {
  const auto zone =
      read(head + "$INCLUDE i\nb A 192.0.2.2\nc A 192.0.2.3\n", {{"i", "$TTL 77\na A 192.0.2.1\n"}});
  CHECK(zone.records() ==
        "a.mail.example 77 192.0.2.1\nb.mail.example 3600 192.0.2.2\nc.mail.example 3600 192.0.2.3\n");
  CHECK(zone.problem() ==
        "z:5: the TTL from here on is 3600 in this file, and BIND keeps that of the included file, 77\n");
  CHECK(zone.problems.front().severity == Severity::warning);
  CHECK(read(head + "$INCLUDE i\n$TTL 1h\nb A 192.0.2.2\n", {{"i", "$TTL 77\n"}}).problem().empty());
  // A file of $TTL and SOA is included for them.
  CHECK(read("$INCLUDE i\nb A 192.0.2.2\n", {{"i", head}}).records() == "b.mail.example 3600 192.0.2.2\n");
}

TEST_CASE("$INCLUDE: circles are named, depth and number bounded") {
  CHECK(read(head + "$INCLUDE z\n", {{"z", "$INCLUDE z\n"}}).problem() ==
        "z:4: $INCLUDE in a circle: z includes z\n");
  CHECK(read(head + "$INCLUDE i\n", {{"i", "$INCLUDE j\n"}, {"j", "\n$INCLUDE i\n"}}).problem() ==
        "j:2: $INCLUDE in a circle: i includes j includes i\n");
  CHECK(read(head + "$INCLUDE i\n$INCLUDE i\n", {{"i", "a A 192.0.2.1\n"}}).problem().empty());
  std::map<std::string, std::string> deep;
  for (int i = 0; i < 30; ++i) {
    deep["f" + std::to_string(i)] =
        "$INCLUDE f" + std::to_string(i + 1) + "\n$INCLUDE f" + std::to_string(i + 1) + "\n";
  }
  CHECK(read(head + "$INCLUDE f0\n", deep).problem().find("files that include each other 16 deep") !=
        std::string::npos);
  for (int i = 0; i < 10; ++i)
    deep["g" + std::to_string(i)] = i == 9 ? "x A 192.0.2.1\n"
                                           : "$INCLUDE g" + std::to_string(i + 1) + "\n$INCLUDE g" +
                                                 std::to_string(i + 1) + "\n$INCLUDE g" +
                                                 std::to_string(i + 1) + "\n";
  CHECK(read(head + "$INCLUDE g0\n", deep).problem().find("more than 1000 times $INCLUDE in one zone") !=
        std::string::npos);
  CHECK(read(head + "$INCLUDE\n").problem() == "z:4: $INCLUDE takes a file name, and an origin if need be\n");
  CHECK(read(head + "$INCLUDE nope\n").problem() == "z:4: there is no file nope\n");
}

TEST_CASE("$INCLUDE: a key file that lies elsewhere leaves the keys open") {
  const auto zone = read(head + "$INCLUDE /etc/bind/Kmail.example.+013+12345.key\n");
  CHECK(zone.problem().empty());
  CHECK(zone.open("mail.example", static_cast<RrType>(48)) != "");
  CHECK(zone.open("mail.example", RrType::A).empty());
}

TEST_CASE("zone edit: a record in an included file is left to a person, and the rest is edited around it") {
  const IncludedTexts included{{{"", "i"}, {"inc/i", "a A 192.0.2.1\n"}}};
  const auto text = head + "$INCLUDE i\nb A 192.0.2.2\n";
  const auto today = parse_date("2026-11-26").value();
  const auto refused = edit_zone(
      text, name("mail.example"),
      std::vector<RRsetChange>{{name("a.mail.example"), RrType::A, 60, {a(1)}, {a(1)}}}, today, included);
  REQUIRE(!refused);
  CHECK(refused.error().message == "a.mail.example A stands in inc/i, which the zone file includes");
  const auto edits = edit_zone(
      text, name("mail.example"),
      std::vector<RRsetChange>{{name("b.mail.example"), RrType::A, 60, {a(2)}, {a(2)}}}, today, included);
  REQUIRE(edits);
  CHECK(apply_edits(text, *edits).ends_with("$INCLUDE i\nb 60 A 192.0.2.2\n"));
  // Beside a record that stands there a new one goes into the zone file.
  const auto more = edit_zone(
      text, name("mail.example"),
      std::vector<RRsetChange>{{name("a.mail.example"), RrType::AAAA, 60, {std::string(16, '\1')}, {}}},
      today, included);
  REQUIRE(more);
  CHECK(apply_edits(text, *more)
            .ends_with("b A 192.0.2.2\na.mail.example. 60 IN AAAA 101:101:101:101:101:101:101:101\n"));
}

TEST_CASE("records of one vendor leave their name open, and the rest is answered") {
  const auto open = [](const std::string& line, std::string_view owner, RrType type) {
    const auto zone = read(head + "ns1 A 192.0.2.1\n" + line + "\n");
    CHECK(zone.problem().empty());
    CHECK(zone.records() == "ns1.mail.example 3600 192.0.2.1\n");
    return zone.open(owner, type);
  };
  CHECK(open("@ ALIAS web.example.net.", "mail.example", RrType::A) ==
        "ALIAS mail.example: the provider answers with the addresses of its target");
  CHECK(open("@ 300 IN aname web.example.net.", "mail.example", RrType::AAAA) != "");
  CHECK(open("@ ALIAS web.example.net.", "mail.example", RrType::MX).empty());
  CHECK(open("* LUA PTR \"x\"", "10.mail.example", RrType::PTR) != "");
  CHECK(open("www LUA A \"ifportup(443, {'192.0.2.1'})\"", "www.mail.example", RrType::A) != "");
  CHECK(open("www LUA A \"x\"", "www.mail.example", RrType::TXT).empty());
  CHECK(open("www LUA CNAME \"x\"", "www.mail.example", RrType::TXT) != "");
  CHECK(open("t 86400 AWS ALIAS A @ $self false", "t.mail.example", RrType::A) != "");
  CHECK(open("web 60 AZURE ALIAS AAAA /subscriptions/x", "web.mail.example", RrType::AAAA) != "");
  CHECK(open("@ WINS LOCAL L5 C900 ( 192.0.2.9 )", "nobody.mail.example", RrType::A) != "");
  CHECK(open("@ WINS-R LOCAL L1 C1 x", "9.mail.example", RrType::PTR) != "");
  CHECK(open("@ WINS LOCAL L5 C900 ( 192.0.2.9 )", "mail.example", RrType::A).empty());
  CHECK(open("www HTTPS 1 . ipv4hint=auto", "www.mail.example", static_cast<RrType>(65)) != "");
  CHECK(open("www HTTPS 1 . ipv4hint=auto", "www.mail.example", RrType::A).empty());
  CHECK(open("a DOA 1 2 1 \"text\" aGk=", "a.mail.example", static_cast<RrType>(259)) != "");
  // Where the file has records beside what somebody else adds, they are not the answer.
  CHECK(read(head + "a A 192.0.2.1\na LUA A \"x\"\n").open("a.mail.example", RrType::A) != "");
  // A name that was indented by mistake is not one of these.
  CHECK(read(head + "b A 192.0.2.1\n pool A 192.0.2.2\n").problem() ==
        "z:5: \"pool\" is not a record type\n");
  CHECK(read(head + "b MXX 10 c\n").problem() == "z:4: \"MXX\" is not a record type\n");
}

TEST_CASE("types that ldns has no name for") {
  const auto data = [](const std::string& line) {
    const auto zone = read(head + "a " + line + "\n");
    return zone.problem() + zone.records();
  };
  CHECK(data("AMTRELAY 10 1 1 192.0.2.1") == "a.mail.example 3600 \\# 6 0a81c0000201\n");
  CHECK(data("AMTRELAY 10 0 0 .") == "a.mail.example 3600 \\# 2 0a00\n");
  CHECK(data("AMTRELAY 0 0 3 x.") == "a.mail.example 3600 \\# 5 0003017800\n");
  CHECK(data("AMTRELAY \\# 2 0a00") == "a.mail.example 3600 \\# 2 0a00\n");
  CHECK(data("AMTRELAY 10 2 1 192.0.2.1").starts_with("z:4: the numbers of this AMTRELAY"));
  CHECK(data("AMTRELAY 10 0 1 2001:db8::1").starts_with("z:4: the relay of this AMTRELAY"));
  CHECK(data("DSYNC CDS NOTIFY 5359 x.") == "a.mail.example 3600 \\# 8 003b0114ef017800\n");
  CHECK(data("RESINFO qnamemin exterr=15-17").starts_with("a.mail.example 3600 \\# 22 08716e616d656d696e"));
  CHECK(data("WALLET \"BTC\" \"1abc\"") == "a.mail.example 3600 \\# 9 034254430431616263\n");
  CHECK(data("CAA 0 issue ca.example.net") ==
        "a.mail.example 3600 \\# 21 0005697373756563612e6578616d706c652e6e6574\n");
  CHECK(data("CAA 128 issue \"ca.example.net; a=b\"") ==
        "a.mail.example 3600 \\# 26 8005697373756563612e6578616d706c652e6e65743b20613d62\n");
  CHECK(data("CAA 0 issuewild \"\"") == "a.mail.example 3600 \\# 11 0009697373756577696c64\n");
  CHECK(data("CAA 0 issue a\\059b\\;") == "a.mail.example 3600 \\# 11 00056973737565613b623b\n");
  CHECK(data("CAA 0 issue a b").starts_with("z:4: "));
  CHECK(data("CAA 0 issue \\999").starts_with("z:4: the data of this CAA record cannot be read"));
  CHECK(data("DSYNC x").starts_with("z:4: the data of this DSYNC record cannot be read"));
}
