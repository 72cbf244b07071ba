// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_zone.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "dns/rrset.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::inventory;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }

struct Read {
  Sources sources;
  Diagnostics problems;
  std::optional<ZoneFile> zone;

  explicit Read(const std::vector<std::string>& texts, std::string_view origin = "mail.example") {
    std::vector<FileId> files;
    for (const auto& text : texts)
      files.push_back(sources.add("zones/" + std::to_string(files.size()) + ".yaml", text));
    zone = read_octodns_zone(sources, files, name(origin), problems);
  }
  explicit Read(const std::string& text, std::string_view origin = "mail.example")
      : Read(std::vector{text}, origin) {}

  /// TTL and data of the RRset, joined by bars; empty where there is none.
  std::string at(std::string_view owner, RrType type) const {
    for (const auto& set : zone->rrsets) {
      if (set.owner != name(owner) || set.type != type) continue;
      std::string out = std::to_string(set.ttl);
      for (const auto& rdata : set.rdata) out += " | " + rdata_text(type, rdata);
      return out;
    }
    return {};
  }
  std::string at(std::string_view owner, unsigned type) const { return at(owner, static_cast<RrType>(type)); }

  /// `line:column: message (hint)` of every problem.
  std::string said() const {
    std::string out;
    for (const auto& problem : problems) {
      CHECK(problem.code == "zone-file");
      const auto [line, column] = sources.locate(problem.at);
      if (!out.empty()) out += " / ";
      out += std::to_string(line) + ":" + std::to_string(column) + ": " + problem.message;
      if (!problem.hint.empty()) out += " (" + problem.hint + ")";
    }
    return out;
  }
  std::string why(std::string_view owner, RrType type) const {
    for (const auto& open : zone->open) {
      if (open.owner == name(owner) && open.type == type) return open.why;
    }
    return {};
  }
};

}  // namespace

TEST_CASE("an octoDNS zone as people write it") {
  const Read read(R"(---
'':
  - type: MX
    values:
      - {exchange: mx1.mail.example., preference: 10}
      - {value: MX2.mail.example., priority: '20'}
  - type: NS
    values: [ns1.hoster.example., ns2.hoster.example.]
  - ttl: 300
    type: TXT
    value: v=spf1 ip4:192.0.2.10 -all
'*.wild':
  type: A
  value: 192.0.2.99
_dmarc:
  type: TXT
  value: v=DMARC1\; p=reject; rua=mailto:dmarc@example.net
'10':
  type: CNAME
  value: 10.0-63.2.0.192.in-addr.arpa.
11: {type: PTR, value: [a.example., b.example.]}
BÜCHER:
  type: A
  value: 192.0.2.7
mx1:
  - {type: A, values: [192.0.2.10, 192.0.2.9]}
  - {type: AAAA, value: '2001:DB8::10', ttl: '60'}
)");
  CHECK(read.said() == "");
  REQUIRE(read.zone);
  CHECK(read.zone->origin == name("mail.example"));
  CHECK(read.at("mail.example", RrType::SOA) ==
        "3600 | octodns.invalid. octodns.invalid. 1 14400 3600 1209600 3600");
  CHECK(read.at("mail.example", RrType::MX) == "3600 | 10 mx1.mail.example. | 20 mx2.mail.example.");
  CHECK(read.at("mail.example", RrType::NS) == "3600 | ns1.hoster.example. | ns2.hoster.example.");
  CHECK(read.at("mail.example", RrType::TXT) == "300 | \"v=spf1 ip4:192.0.2.10 -all\"");
  CHECK(read.at("*.wild.mail.example", RrType::A) == "3600 | 192.0.2.99");
  CHECK(read.at("_dmarc.mail.example", RrType::TXT) ==
        "3600 | \"v=DMARC1; p=reject; rua=mailto:dmarc@example.net\"");
  CHECK(read.at("10.mail.example", RrType::CNAME) == "3600 | 10.0-63.2.0.192.in-addr.arpa.");
  CHECK(read.at("11.mail.example", RrType::PTR) == "3600 | a.example. | b.example.");
  CHECK(read.at("xn--bcher-kva.mail.example", RrType::A) == "3600 | 192.0.2.7");
  CHECK(read.at("mx1.mail.example", RrType::A) == "3600 | 192.0.2.9 | 192.0.2.10");
  CHECK(read.at("mx1.mail.example", RrType::AAAA) == "60 | 2001:db8::10");
  CHECK(read.zone->open.empty());
  CHECK(
      std::is_sorted(read.zone->rrsets.begin(), read.zone->rrsets.end(), [](const RRset& a, const RRset& b) {
        return a.owner < b.owner || (a.owner == b.owner && a.type < b.type);
      }));
}

TEST_CASE("every other type, as a zone file would have it") {
  const Read read(R"(
c: {type: CAA, values: [{tag: issue, value: 'ca.example; a="b"'}, {flags: 128, tag: iodef, value: 'mailto:x@mail.example'}]}
d: {type: DS, value: {key_tag: 12345, algorithm: 8, digest_type: 5, digest: '0123'}}
e: {type: DNAME, value: other.example.}
h: {type: SSHFP, value: {algorithm: 4, fingerprint_type: 1, fingerprint: 7491973e5f8b39d5327cd4e08bc81b05f7710b49}}
l: {type: LOC, value: {lat_degrees: 31, lat_minutes: 58, lat_seconds: 52.1, lat_direction: S, long_degrees: 115,
    long_minutes: 49, long_seconds: 11.7, long_direction: E, altitude: 20, size: 10, precision_horz: 10, precision_vert: 2}}
n: {type: NAPTR, value: {order: 10, preference: 100, flags: S, service: SIP+D2U, regexp: '!^.*$!sip:\1@x!', replacement: .}}
o: {type: OPENPGPKEY, value: AAAA}
p: {type: SPF, value: v=spf1 -all}
_s._tcp: {type: SRV, value: {priority: 1, weight: 2, port: 3, target: .}}
_t._tcp: {type: TLSA, value: {certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: ABcd}}
_u._tcp: {type: URI, value: {priority: 10, weight: 1, target: 'ftp://x/"y"'}}
)");
  CHECK(read.said() == "");
  CHECK(read.at("c.mail.example", 257u) ==
        "3600 | \\# 24 00056973737565"
        "63612e6578616d706c653b20613d226222"
        " | \\# 28 8005696f646566"
        "6d61696c746f3a78406d61696c2e6578616d706c65");
  CHECK(read.at("d.mail.example", RrType::DS) == "3600 | \\# 6 303908050123");
  CHECK(read.at("e.mail.example", RrType::DNAME) == "3600 | other.example.");
  CHECK(read.at("h.mail.example", 44u) == "3600 | \\# 22 04017491973e5f8b39d5327cd4e08bc81b05f7710b49");
  CHECK(read.at("l.mail.example", 29u).starts_with("3600 | \\# 16 00"));
  CHECK(read.at("n.mail.example", 35u) ==
        "3600 | \\# 31 000a00640153075349502b4432550f215e2e2a24217369703a5c3140782100");
  CHECK(read.at("o.mail.example", 61u) == "3600 | \\# 3 000000");
  CHECK(read.at("p.mail.example", 99u) == "3600 | \\# 12 0b763d73706631202d616c6c");
  CHECK(read.at("_s._tcp.mail.example", 33u) == "3600 | \\# 7 00010002000300");
  CHECK(read.at("_t._tcp.mail.example", RrType::TLSA) == "3600 | \\# 5 030101abcd");
  CHECK(read.at("_u._tcp.mail.example", 256u) == "3600 | \\# 15 000a00016674703a2f2f782f227922");
}

TEST_CASE("texts: escapes, quotation marks, length") {
  const auto txt = [](const std::string& yaml) {
    const Read read("t: {type: TXT, value: " + yaml + "}\n");
    return read.said().empty() ? read.at("t.mail.example", RrType::TXT) : read.said();
  };
  CHECK(txt("'a\\;b\\\\c\\\"d\\065'") == "3600 | \"a;b\\\\c\\\"dA\"");
  CHECK(txt("'\"one\" \"two\"'") == "3600 | \"onetwo\"");
  CHECK(txt("'say \"x\"'") == "3600 | \"say \\\"x\\\"\"");
  CHECK(txt("'ü'") == "3600 | \"\\195\\188\"");
  CHECK(txt("''") == "3600 | \"\"");
  CHECK(txt("'" + std::string(256, 'a') + "'") == "3600 | \"" + std::string(255, 'a') + "\" \"a\"");
  CHECK(txt("'a\\'").find("backslash") != std::string::npos);
  CHECK(txt("'a\\9'").find("backslash") != std::string::npos);
  CHECK(txt("'a\\999'").find("backslash") != std::string::npos);
  CHECK(txt("\"a\\nb\"").find("line end") != std::string::npos);
  CHECK(txt("123").find("has to be a text; it is a number (quote it") != std::string::npos);
  CHECK(txt("no").find("quote it") != std::string::npos);
  CHECK(txt("'no'") == "3600 | \"no\"");
  CHECK(txt("'" + std::string(70000, 'a') + "'").find("70000 octets") != std::string::npos);
}

TEST_CASE("what only the provider can answer is open, and no problem") {
  const Read read(R"(
'': {type: ALIAS, value: www.cdn.example.}
dyn: {type: A, value: 192.0.2.1, dynamic: {pools: {a: {values: [{value: 192.0.2.2}]}}, rules: [{pool: a}]}}
dync: {type: CNAME, dynamic: {pools: {}}, value: a.example.}
fwd: {type: URLFWD, value: {path: /, target: 'https://x', code: 301, masking: 2, query: 0}}
geo: {type: A, values: [192.0.2.1], geo: {AF: [192.0.2.2]}}
https: {type: HTTPS, value: {svcpriority: 1, targetname: .}}
ign: {type: A, value: 192.0.2.1, octodns: {ignored: true}}
keep: {type: A, value: 192.0.2.1, octodns: {ignored: false, excluded: [], cloudflare: {proxied: true}}}
len: {type: CNAME, value: relative, octodns: {lenient: true}}
own: {type: Route53Provider/ALIAS, value: x}
some: {type: A, value: 192.0.2.1, octodns: {excluded: [ns1]}}
)");
  CHECK(std::all_of(read.problems.begin(), read.problems.end(),
                    [](const auto& problem) { return problem.severity == Severity::warning; }));
  REQUIRE(read.zone);
  CHECK(read.why("mail.example", RrType::A).starts_with("an ALIAS record"));
  CHECK(read.why("mail.example", RrType::AAAA).starts_with("an ALIAS record"));
  CHECK(read.why("mail.example", RrType::NS).find("octoDNS does not say") == 0);
  CHECK(read.why("dyn.mail.example", RrType::A).starts_with("a dynamic record"));
  CHECK(read.why("dync.mail.example", RrType{}).starts_with("a dynamic record"));
  CHECK(read.why("fwd.mail.example", RrType::A).starts_with("a URLFWD record"));
  CHECK(read.why("geo.mail.example", RrType::A).starts_with("a geo record"));
  CHECK(read.why("https.mail.example", static_cast<RrType>(65)).starts_with("an HTTPS record"));
  CHECK(read.why("ign.mail.example", RrType::A).find("(ignored)") != std::string::npos);
  CHECK(read.why("len.mail.example", RrType{}).find("lenient") != std::string::npos);
  CHECK(read.why("own.mail.example", RrType{}).find("Route53Provider/ALIAS") != std::string::npos);
  CHECK(read.why("some.mail.example", RrType::A).find("some providers only") != std::string::npos);
  CHECK(read.zone->rrsets.size() == 2);  // the SOA, and what is kept
  CHECK(read.at("keep.mail.example", RrType::A) == "3600 | 192.0.2.1");
}

TEST_CASE("anchors and merge keys, as PyYAML follows them") {
  const Read read(R"(
a: &a {type: A, ttl: 60, value: 192.0.2.1}
b: {<<: *a, value: 192.0.2.2}
c: {<<: [{ttl: 5}, *a]}
)");
  CHECK(read.said() == "");
  CHECK(read.at("b.mail.example", RrType::A) == "60 | 192.0.2.2");
  CHECK(read.at("c.mail.example", RrType::A) == "5 | 192.0.2.1");
  CHECK(Read("a: {<<: 5, type: A, value: 192.0.2.1}\n").said() ==
        "1:9: only a mapping can be merged; this is the number 5");
}

TEST_CASE("what is wrong, where, and what to do") {
  const auto said = [](const std::string& text) {
    return Read(text + "\nok: {type: A, value: 192.0.2.1}\n").said();
  };
  CHECK(said("'@': {type: A, value: 192.0.2.1}") == "1:1: octoDNS has no \"@\" (the apex of the zone is '')");
  CHECK(said("a.: {type: A, value: 192.0.2.1}").find("ends in a dot") != std::string::npos);
  CHECK(said("a b: {type: A, value: 192.0.2.1}").find("white space") != std::string::npos);
  CHECK(said("a..b: {type: A, value: 192.0.2.1}").find("empty label") != std::string::npos);
  CHECK(said("010: {type: A, value: 192.0.2.1}")
            .find("octoDNS does not read \"010\" as it is written here (quote it") != std::string::npos);
  CHECK(said("off: {type: A, value: 192.0.2.1}").find("quote it") != std::string::npos);
  CHECK(said("a: 192.0.2.1") ==
        "1:4: a record is a mapping with \"type\" and \"value\"; this is \"192.0.2.1\"");
  CHECK(said("a: {value: 192.0.2.1}") ==
        "1:1: this record has no type (octoDNS wants \"type: A\" or another one)");
  CHECK(said("a: {type: AAA, value: x}") ==
        "1:11: octoDNS has no record type \"AAA\" (did you mean \"AAAA\"?)");
  CHECK(said("a: {type: cname, value: x.}") ==
        "1:11: octoDNS has no record type \"cname\" (did you mean \"CNAME\"?)");
  CHECK(said("a: {type: SOA, value: x.}").find("no record type \"SOA\"") != std::string::npos);
  CHECK(said("a: {type: A}").find("this A record has no value") != std::string::npos);
  CHECK(said("a: {type: A, values: []}").find("this A record has no value") != std::string::npos);
  CHECK(said("a: {type: CNAME, values: [b.example.]}").find("this CNAME record has no value") !=
        std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2}").find("1:21: \"192.0.2\" is not an IPv4 address") == 0);
  CHECK(said("a: {type: A, value: '2001:db8::1'}").find("of type AAAA") != std::string::npos);
  CHECK(said("a: {type: PTR, value: mx1.mail.example}") ==
        "1:23: \"mx1.mail.example\" has no final dot: octoDNS takes only absolute names here (write "
        "mx1.mail.example.)");
  CHECK(said("a: {type: MX, value: mx1.}")
            .find("is a mapping; this is \"mx1.\" (its keys are preference, exchange)") != std::string::npos);
  CHECK(said("a: {type: MX, value: {exchange: mx1.}}").find("this MX record has no \"preference\"") !=
        std::string::npos);
  CHECK(said("a: {type: MX, value: {exchange: mx1., preference: 65536}}")
            .find("is not a preference from 0 to 65535") != std::string::npos);
  CHECK(said("a: {type: DS, value: {key_tag: 1, algorithm: 8, digest_type: 2, digest: 'x; y'}}")
            .find("is not a digest") != std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2.1, ttl: 1h}").find("\"1h\" is not a TTL (octoDNS wants seconds") !=
        std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2.1, ttl: 2147483648}").find("is not a TTL") != std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2.1, ttl: -1}").find("is not a TTL") != std::string::npos);
  CHECK(said("a: [{type: A, value: 192.0.2.1}, {type: A, value: 192.0.2.2}]")
            .find("a second A record for a.mail.example") != std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2.1}\nA: {type: A, value: 192.0.2.2}")
            .find("the first is in zones/0.yaml:1") != std::string::npos);
  CHECK(said("a: {type: A, value: 192.0.2.1}\na: {type: TXT, value: x}").find("is given twice") !=
        std::string::npos);
  CHECK(said("1: {type: A, value: 192.0.2.1}\n1: {type: TXT, value: x}").find("is given twice") !=
        std::string::npos);
  CHECK(said("a: [{type: A, value: 192.0.2.1}, {type: CNAME, value: b.}]").find("has CNAME and A records") !=
        std::string::npos);
  CHECK(said("'': {type: CNAME, value: b.}").find("the apex of a zone cannot have a CNAME record") !=
        std::string::npos);
  CHECK(said("a: !include a.yaml") ==
        "1:4: !include is not read (write the included part out here: only the files that "
        "were named are read)");
  CHECK(said("a: {type: A, value: !env IP}").find("a YAML tag has no meaning in an octoDNS zone") !=
        std::string::npos);
  CHECK(said("a: {type: A").find("is never closed") != std::string::npos);
}

TEST_CASE("a zone over several files, an empty one, and one that is none") {
  const Read split(
      {"a: {type: A, value: 192.0.2.1}\n", "", "'': {type: TXT, value: x}\na: {type: TXT, value: y}\n"});
  CHECK(split.said() == "");
  CHECK(split.at("a.mail.example", RrType::A) == "3600 | 192.0.2.1");
  CHECK(split.at("a.mail.example", RrType::TXT) == "3600 | \"y\"");
  const Read twice(
      std::vector<std::string>{"a: {type: A, value: 192.0.2.1}\n", "a: {type: A, value: 192.0.2.2}\n"});
  CHECK(twice.said().find("a second A record for a.mail.example (the first is in zones/0.yaml:1;") !=
        std::string::npos);
  for (const char* empty : {"", "---\n", "{}\n", "# nothing\n"}) {
    const Read read{std::string(empty)};
    CHECK(read.said() == "");
    REQUIRE(read.zone);
    CHECK(read.zone->rrsets.size() == 1);
  }
  for (const char* other :
       {"version: 1\nsenders: []\n", "- a\n- b\n", "just a text\n", "providers: {config: {class: x}}\n"}) {
    const Read read{std::string(other)};
    CHECK(read.said() == "");
    CHECK_FALSE(read.zone);
  }
}

TEST_CASE("hostile files end in a bounded number of problems") {
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "a" + std::to_string(i) + ": {type: A, value: x}\n";
  CHECK(Read(lines).problems.size() <= 102);
  std::string bomb = "a0: &a0 {type: TXT, values: [x, x, x, x, x, x, x, x]}\n";
  for (int i = 1; i < 40; ++i) {
    const auto last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last + ", " + last +
            "]\n";
  }
  CHECK(Read(bomb).said().find("aliases (*) stand for") != std::string::npos);
  std::string merges = "m0: &m0 {type: A}\n";
  for (int i = 1; i < 20000; ++i)
    merges +=
        "m" + std::to_string(i) + ": &m" + std::to_string(i) + " {<<: *m" + std::to_string(i - 1) + "}\n";
  CHECK_FALSE(Read(merges).problems.empty());
  CHECK_FALSE(Read("a: " + std::string(100000, '[')).problems.empty());
}

TEST_CASE("a mutated zone ends in a zone or in errors, each inside its file") {
  const std::string good =
      "'':\n  - {type: MX, values: [{exchange: mx1.mail.example., preference: 10}]}\n  - type: TXT\n    "
      "value: "
      "v=spf1\\; -all\n'10': {type: PTR, ttl: 60, value: mx1.mail.example.}\nmx1: &m\n  - {type: A, values: "
      "[192.0.2.1]}\n  "
      "- {type: CAA, value: {flags: 0, tag: issue, value: x}}\nmx2: *m\nn: {type: NAPTR, value: {order: 1, "
      "preference: 1, "
      "flags: U, service: s, regexp: '!a!b!', replacement: .}}\nx: {<<: {ttl: 5}, type: ALIAS, value: y., "
      "octodns: "
      "{lenient: true}}\n";
  REQUIRE(Read(good).said() == "");
  std::mt19937 random(11);
  std::size_t zones = 0;
  for (int round = 0; round < 4000; ++round) {
    auto text = good;
    for (auto changes = random() % 6 + 1; changes > 0; --changes) {
      const auto at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, random() % 8);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 12));
          break;
        default:
          text[at] = ":{}[]'\"\\\n -*&!<0.;"[random() % 19];
      }
    }
    INFO(text);
    const Read read(text);
    bool failed = false;
    for (const auto& problem : read.problems) {
      CHECK(problem.at.begin <= problem.at.end);
      CHECK(problem.at.end <= text.size());
      failed = failed || problem.severity == Severity::error;
    }
    if (!failed && read.zone) {
      ++zones;
      CHECK(std::all_of(read.zone->rrsets.begin(), read.zone->rrsets.end(), [](const RRset& set) {
        return !set.rdata.empty() && set.owner.is_within(name("mail.example"));
      }));
    }
  }
  CHECK(zones > 100);
}

TEST_CASE("records of an octoDNS zone have the lines of their values") {
  Sources sources;
  Diagnostics problems;
  const std::vector files{sources.add("z.yaml", "---\nmx1:\n  - type: A\n    values:\n      - 192.0.2.10\n      - 192.0.2.11\n"
                                                "  - {type: AAAA, value: '2001:db8::10'}\n'10':\n  type: PTR\n  value: x.mail.example.\n")};
  std::vector<OctodnsPlace> places;
  REQUIRE(read_octodns_zone(sources, files, name("mail.example"), problems, &places).has_value());
  CHECK(problems.empty());
  std::string lines;
  for (const auto& place : places)
    lines += std::string(to_string(place.type)) + " " + rdata_text(place.type, place.rdata) + ":" + std::to_string(sources.locate(place.at).line) + " ";
  CHECK(lines == "A 192.0.2.10:5 A 192.0.2.11:6 AAAA 2001:db8::10:7 PTR x.mail.example.:10 ");
}
