// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_edit.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>

#include "dns/rdata_text.h"
#include "dns/zone/zone_file.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

const Time today = parse_date("2026-11-26").value();
Name name(std::string_view text) { return Name::parse(text).value(); }
std::string a(int last) { return std::string("\xc0\0\2", 3) + static_cast<char>(last); }

std::string edited(const std::string& text, const std::vector<RRsetChange>& changes,
                   std::string_view origin = "mail.example") {
  const auto edits = edit_zone(text, name(origin), changes, today);
  return edits ? apply_edits(text, *edits) : "error: " + edits.error().message;
}

const std::string zone = R"($TTL 1d
; our zone
@       IN SOA ns1 hostmaster ( ; who
            2026112401 ; serial
            4h 1h 2w
            300 )  ; minimum
        NS  ns1
mx1     1h  A   192.0.2.1 ; the first
            A   192.0.2.2
        TXT ( "v=spf1 a"
              " -all" ) ; both
ns1     A   192.0.2.53
)";

}  // namespace

TEST_CASE("zone edit: a TTL, in place or put in; the serial follows the date") {
  CHECK(edited(zone, {{name("ns1.mail.example"), RrType::A, 300, {a(53)}, {a(53)}}}) ==
        std::string(zone)
            .replace(zone.find("2026112401"), 10, "2026112601")
            .replace(zone.find("A   192.0.2.53"), 0, "300 "));
  const auto both = edited(zone, {{name("mx1.mail.example"), RrType::A, 300, {a(1), a(2)}, {a(2), a(1)}}});
  CHECK(both.find("mx1     300  A   192.0.2.1 ; the first\n            300 A   192.0.2.2\n") !=
        std::string::npos);
}

TEST_CASE(
    "zone edit: data is exchanged in its line; what comes goes beside it, and what goes takes its line "
    "along") {
  const auto swapped =
      edited(zone, {{name("mx1.mail.example"), RrType::A, 86400, {a(9), a(2)}, {a(1), a(2)}}});
  CHECK(swapped.find("mx1     86400  A   192.0.2.9 ; the first\n") != std::string::npos);
  const auto more =
      edited(zone, {{name("mx1.mail.example"), RrType::A, 86400, {a(1), a(2), a(3)}, {a(1), a(2)}}});
  CHECK(more.find("A   192.0.2.2\nmx1.mail.example. 86400 IN A 192.0.2.3\n        TXT (") !=
        std::string::npos);
  const auto less = edited(zone, {{name("mx1.mail.example"), RrType::A, 86400, {a(2)}, {a(1), a(2)}}});
  CHECK(less.find("NS  ns1\nmx1.mail.example.            86400 A   192.0.2.2\n        TXT (") ==
        std::string::npos);
  CHECK(less.find("NS  ns1\nmx1.mail.example.            A   192.0.2.2\n        TXT (") != std::string::npos);
  const auto none = edited(zone, {{name("mx1.mail.example"), RrType::TXT, 0, {}, {"\x08v=spf1 a\x05 -all"}}});
  CHECK(none.find("A   192.0.2.2\nns1     A   192.0.2.53\n") != std::string::npos);
  const auto fresh = edited(zone, {{name("new.mail.example"), RrType::A, 300, {a(7)}, {}}});
  CHECK(fresh.ends_with("ns1     A   192.0.2.53\nnew.mail.example. 300 IN A 192.0.2.7\n"));
}

TEST_CASE("zone edit: of an SOA the minimum and the TTL, in their places") {
  const auto soa = soa_in(name("ns1.mail.example").wire() + name("h").wire() +
                          std::string("\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\x3c", 20));
  REQUIRE(soa);
  const auto text =
      edited(zone, {{name("mail.example"),
                     RrType::SOA,
                     60,
                     {name("ns1.mail.example").wire() + name("hostmaster.mail.example").wire() +
                      std::string("\0\0\0\1\0\0\x38\x40\0\0\x0e\x10\0\x12\x75\0\0\0\0\x3c", 20)},
                     {}}});
  CHECK(text.find("@       60 IN SOA ns1 hostmaster ( ; who\n            2026112601 ; serial\n            4h "
                  "1h 2w\n            60 )  ; minimum\n") != std::string::npos);
}

TEST_CASE("zone edit: nothing is done to what is not as planned, nor to what is no zone") {
  CHECK(edited(zone, {{name("mx1.mail.example"), RrType::A, 300, {a(1)}, {a(1)}}}) ==
        "error: mx1.mail.example A is 192.0.2.1, 192.0.2.2 in the zone file, and 192.0.2.1 in the plan");
  CHECK(edited(zone, {{name("new.mail.example"), RrType::A, 300, {a(1)}, {a(1)}}}) ==
        "error: new.mail.example A is nothing in the zone file, and 192.0.2.1 in the plan");
  CHECK(edited("mx1 A 192.0.2.1\n", {}).starts_with("error: line 1: "));
  CHECK(edited("$TTL 1\nmail.example. SOA a b 1 1 1 1 1\n NS a\n", {}, "other.example") ==
        "error: it holds the zone mail.example, not other.example");
  CHECK(edited(zone, {}) == zone);
}

TEST_CASE("zone edit: an alias is written where the record stood that it takes the place of, and back") {
  const auto ptr = name("mx1.mail.example").wire(), target = name("10.b.mail.example").wire();
  const std::string text =
      "$TTL 3600\n@ SOA ns h 2026010100 1 1 1 300\n@ NS ns.x.\n; block\n10\tIN ptr mx1 ; the first\n   TXT "
      "x\n"
      "11 60 PTR mx1.mail.example. ; the second\n12 IN PTR ( mx1 ; one\n ) ; the third\n";
  std::vector<RRsetChange> there, back;
  for (const auto* owner : {"11", "12"}) {
    const auto full = name(std::string(owner) + ".mail.example");
    there.push_back({full, RrType::CNAME, 300, {target}, {}});
    there.push_back({full, RrType::PTR, 0, {}, {ptr}});
    back.push_back({full, RrType::CNAME, 0, {}, {target}});
    back.push_back({full, RrType::PTR, owner == std::string("11") ? 60u : 3600u, {ptr}, {}});
  }
  const auto edits = edit_zone(text, name("mail.example"), there, today);
  REQUIRE_MESSAGE(edits, edits.error().message);
  const auto after = apply_edits(text, *edits);
  CHECK(after.find("11 300 CNAME 10.b.mail.example. ; the second\n12 IN 300 CNAME ( 10.b.mail.example. ; "
                   "one\n ) ; the third\n") != std::string::npos);
  const auto returned = edit_zone(after, name("mail.example"), back, today);
  REQUIRE_MESSAGE(returned, returned.error().message);
  CHECK(apply_edits(after, *returned).find("11 60 PTR mx1.mail.example. ; the second\n") !=
        std::string::npos);
  // Where something else stays at the name, it is no alias's place.
  const std::vector<RRsetChange> beside{{name("10.mail.example"), RrType::CNAME, 300, {target}, {}},
                                        {name("10.mail.example"), RrType::PTR, 0, {}, {ptr}}};
  CHECK_FALSE(edit_zone(text, name("mail.example"), beside, today).has_value());
}

TEST_CASE("zone edit: serials") {
  CHECK(next_serial(1, today) == 2);
  CHECK(next_serial(2026112500, today) == 2026112601);
  CHECK(next_serial(2026112601, today) == 2026112602);
  CHECK(next_serial(2026113001, today) == 2026113002);
  CHECK(next_serial(2026133001, today) == 2026133002);
  CHECK(next_serial(4294967295u, today) == 0);
}

TEST_CASE("zone edit: TTLs that are those of the record before stay what they were") {
  const std::string old =
      "@ 1h IN SOA ns1 h 7 1h 1h 2w 5m\n  NS ns.x.\nns1 60 A 192.0.2.53\nb A 192.0.2.2\nc A 192.0.2.3\n";
  CHECK(
      edited(old, {{name("ns1.mail.example"), RrType::A, 300, {a(53)}, {a(53)}}}) ==
      "@ 1h IN SOA ns1 h 8 1h 1h 2w 5m\n  NS ns.x.\nns1 300 A 192.0.2.53\nb 60 A 192.0.2.2\nc A 192.0.2.3\n");
  CHECK(edited(old, {{name("ns1.mail.example"), RrType::A, 0, {}, {a(53)}}}) ==
        "@ 1h IN SOA ns1 h 8 1h 1h 2w 5m\n  NS ns.x.\nb 60 A 192.0.2.2\nc A 192.0.2.3\n");
  CHECK(edited(old, {{name("b.mail.example"), RrType::A, 60, {a(2), a(4)}, {a(2)}}}) ==
        "@ 1h IN SOA ns1 h 8 1h 1h 2w 5m\n  NS ns.x.\nns1 60 A 192.0.2.53\nb A 192.0.2.2\nb.mail.example. 60 "
        "IN A 192.0.2.4\nc 60 A 192.0.2.3\n");
}

namespace {

/// A zone file as somebody may have written it over the years.
std::string at_random(std::mt19937& dice) {
  std::string text = dice() % 2 == 0 ? "$TTL 1h\n" : "";
  text += "; head\n@ 3600 IN SOA ns1 h ( 2026010101 ; serial\n 1h 1h ; two\n 2w 300 )\n IN NS ns.x.\n";
  bool under_sub = false;
  for (int owner = 0; owner < 8; ++owner) {
    if (dice() % 5 == 0) text += fmt::format("; comment {}\n\n", owner);
    if (dice() % 5 == 0) {
      text += under_sub ? "$ORIGIN mail.example.\n" : "$ORIGIN sub\n";
      under_sub = !under_sub;
    }
    const auto written =
        dice() % 3 == 0 ? fmt::format("h{}.mail.example.", owner) : fmt::format("h{}", owner);
    bool first = true;
    for (auto records = 1 + dice() % 3; records > 0; --records) {
      text += first || dice() % 3 == 0 ? written : "";
      text += dice() % 2 == 0 ? "\t" : "   ";
      if (dice() % 3 == 0) text += "1h ";
      if (dice() % 3 == 0) text += "IN ";
      if (dice() % 4 != 0) {
        text += fmt::format("A 192.0.2.{}", dice() % 6);
      } else {
        text += dice() % 2 == 0 ? fmt::format("TXT \"t;{}\" \"(\"", dice() % 3)
                                : fmt::format("TXT ( \"t{}\" ; in\n \"x\"\n)", dice() % 3);
      }
      text += dice() % 3 == 0 ? fmt::format(" ; on {}\n", owner) : "\n";
      first = false;
    }
  }
  if (dice() % 4 == 0 && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("zone edit: any changes of any file, and back; whole comments stay") {
  std::mt19937 dice(17);
  std::size_t done = 0;
  for (int round = 0; round < 2000; ++round) {
    const auto text = at_random(dice);
    Sources sources;
    Diagnostics problems;
    const auto file = read_zone_file(sources, sources.add("z", text), name("mail.example"), problems);
    if (std::any_of(problems.begin(), problems.end(),
                    [](const auto& p) { return p.severity == Severity::error; }))
      continue;
    std::map<std::pair<Name, RrType>, RRsetChange> wanted;
    for (const auto& set : file.rrsets) {
      if (set.type == RrType::SOA || set.type == RrType::NS || dice() % 4 != 0) continue;
      RRsetChange change{set.owner, set.type, dice() % 2 == 0 ? set.ttl : 300, set.rdata, set.rdata};
      if (set.type == RrType::A && dice() % 2 == 0)
        change.rdata.push_back(a(static_cast<int>(100 + dice() % 3)));
      if (dice() % 3 == 0) change.rdata.erase(change.rdata.begin());
      wanted[{set.owner, set.type}] = change;
    }
    const auto fresh = name(dice() % 2 == 0 ? "new.mail.example" : "h1.mail.example");
    if (dice() % 2 == 0)
      wanted.try_emplace({fresh, RrType::AAAA},
                         RRsetChange{fresh, RrType::AAAA, 60, {std::string(16, '\1')}, {}});
    std::vector<RRsetChange> changes, back;
    for (const auto& [key, change] : wanted) {
      changes.push_back(change);
      back.push_back({change.owner, change.type, 0, change.before, change.rdata});
      for (const auto& set : file.rrsets)
        if (set.owner == change.owner && set.type == change.type) back.back().ttl = set.ttl;
    }
    CAPTURE(text);
    const auto edits = edit_zone(text, name("mail.example"), changes, today);
    REQUIRE_MESSAGE(edits, edits.error().message);
    const auto after = apply_edits(text, *edits);
    for (std::size_t at = text.find("\n; "); at != std::string::npos; at = text.find("\n; ", at + 1))
      CHECK(after.find(text.substr(at, text.find('\n', at + 1) - at)) != std::string::npos);
    const auto returned = edit_zone(after, name("mail.example"), back, today);
    REQUIRE_MESSAGE(returned, returned.error().message);
    Diagnostics none;
    auto again =
        read_zone_file(sources, sources.add("z", apply_edits(after, *returned)), name("mail.example"), none);
    REQUIRE(again.rrsets.size() == file.rrsets.size());
    for (std::size_t i = 0; i < again.rrsets.size(); ++i) {
      if (again.rrsets[i].type != RrType::SOA) CHECK(again.rrsets[i] == file.rrsets[i]);
    }
    ++done;
  }
  CHECK(done > 1000);
}

TEST_CASE("zone edit: a zone that is signed in its file is not edited, whatever changes") {
  const std::string rrsig =
      "mx1 RRSIG A 13 3 3600 20270101000000 20261101000000 2371 mail.example. mdsswUyr3DPW132mOi8V9xES";
  const RRsetChange lower{name("ns1.mail.example"), RrType::A, 300, {a(53)}, {a(53)}};
  CHECK_FALSE(signed_in_file(zone, name("mail.example")));
  for (const std::string& more :
       {rrsig, std::string("ns1 NSEC mx1 A RRSIG NSEC"),
        std::string(
            "2t7b4g4vsa5smi47k61mv5bv1a22bojr NSEC3 1 1 0 - 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S A RRSIG"),
        std::string("@ ZONEMD 2026112401 1 1 "
                    "C68090D90A7AED716BC459F9340E3D7C1370D4D24B7E2FC3A1DDC0B9A87153B9A9713B3C9AE5CC27777F98B8"
                    "E730044C")}) {
    CAPTURE(more);
    const auto text = edited(zone + more + "\n", {lower});
    CHECK(text.find("error: the zone mail.example is") == 0);
    CHECK(signed_in_file(zone + more + "\n", name("mail.example")));
  }
  // Keys alone are published before a zone is signed, and by servers that sign it themselves.
  CHECK(
      edited(zone +
                 "@ DNSKEY 257 3 13 "
                 "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n",
             {lower})
          .find("error") == std::string::npos);
}
