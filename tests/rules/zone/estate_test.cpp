// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/estate_rules.h"

#include <string>

#include "rules/zone/zone_lint.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Lines lint(void (*judge)(const audit::ZoneTextsCase&, audit::Findings&), std::string_view records) {
  return ZoneLint("mail.example", "1", records)(judge);
}

constexpr auto ds = " DS 1 8 2 e2d3c916f6deeac73294e8268fb5885044a833fc5459588f4a9184cfc41a5766\n";

}  // namespace

TEST_CASE("zone-alias-loop: every circle is told once, at a record of it") {
  const auto judge = rules::judge_zone_alias_loop;
  CHECK(lint(judge, "a CNAME a\n") == Lines{"3:1: an end of the aliases of a.mail.example | a.mail.example"});
  CHECK(lint(judge, "x CNAME a\na CNAME b\nb CNAME a\ny CNAME b\n") ==
        Lines{"4:1: an end of the aliases of a.mail.example | a.mail.example"});
  CHECK(lint(judge, "a CNAME b\nb CNAME a\nc CNAME d\nd CNAME c\n").size() == 2);
  CHECK(lint(judge, "* CNAME nowhere\n").size() == 1);  // which the wildcard makes an alias of itself
  CHECK(lint(judge, "@ ALIAS w\nw CNAME mail.example.\n").size() == 1);
  CHECK(lint(judge, "d DNAME d.mail.example.\n").size() == 1);
  CHECK(lint(judge, "d DNAME x.d\n").size() == 1);  // names that grow
  CHECK(lint(judge, "d DNAME e\ne DNAME d\na CNAME x.d\n").size() == 1);
  CHECK(ZoneLint("mail.example", "1", "a CNAME b.other.example.\n")
            .beside("other.example", "b CNAME a.mail.example.\n")(judge)
            .size() == 1);
  for (const auto* records :
       {"a CNAME b\nb CNAME c\nc A 192.0.2.1\n", "a CNAME x.mail.test.\n", "a CNAME gone\n",
        "a CNAME b.sub\nsub NS ns.mail.test.\n", "d DNAME e\ne.e A 192.0.2.1\n", "a CNAME b\nb LUA A \"x\"\n",
        "@ ALIAS w\nw A 192.0.2.1\n", "* CNAME a\na A 192.0.2.1\n"}) {
    CAPTURE(records);
    CHECK(lint(judge, records) == Lines{});
  }
}

TEST_CASE("zone-alias-chain: where a shorter way is known") {
  const auto judge = rules::judge_zone_alias_chain;
  CHECK(lint(judge, "a CNAME b\nb CNAME c\nc A 192.0.2.1\n") ==
        Lines{"3:1: c.mail.example | a.mail.example"});
  CHECK(lint(judge, "a CNAME b\n* CNAME c\nc A 192.0.2.1\n") ==
        Lines{"3:1: c.mail.example | a.mail.example"});
  CHECK(lint(judge, "a CNAME b\nb CNAME x.mail.test.\n") == Lines{"3:1: x.mail.test | a.mail.example"});
  for (const auto* records :
       {"a CNAME b\nb CNAME a\n", "a CNAME b\nb CNAME gone\n", "a CNAME b\nb A 192.0.2.1\n",
        "a MX 1 b\nb CNAME x.mail.test.\n", "a CNAME b.d\nd DNAME mail.test.\n",
        // Without its final dot it meets the wildcard; zone-final-dot-missing speaks of it.
        "a CNAME b.mail.example\n* CNAME c\nc A 192.0.2.1\n"}) {
    CAPTURE(records);
    CHECK(lint(judge, records) == Lines{});
  }
}

TEST_CASE("zone-glue-missing: of the delegation itself, and of one beside it") {
  const auto judge = rules::judge_zone_glue_missing;
  CHECK(lint(judge, "s NS s\n") == Lines{"3:1: s.mail.example | s.mail.example"});
  CHECK(lint(judge, "s NS a.b.s\n") == Lines{"3:1: a.b.s.mail.example | s.mail.example"});
  CHECK(lint(judge, "s NS ns.t\nt NS ns.mail.test.\n") == Lines{"3:1: ns.t.mail.example | s.mail.example"});
  CHECK(lint(judge, "s NS a.s\nb.s A 192.0.2.1\n").size() == 1);
  for (const auto* records :
       {"s NS a.s\na.s A 192.0.2.1\n", "s NS a.s\na.s AAAA 2001:db8::1\n", "s NS a\na A 192.0.2.1\n",
        "s NS a\n", "s NS ns.mail.test.\n", "s NS a.s\na.s ALIAS x.mail.test.\n",
        // Without its final dot it falls below another delegation; zone-final-dot-missing speaks of it.
        "example NS ns.mail.test.\ns NS a.s.mail.example\n"}) {
    CAPTURE(records);
    CHECK(lint(judge, records) == Lines{});
  }
}

TEST_CASE("zone-glue-missing: of another delegation it is told, and weighs nothing") {
  const auto judge = rules::judge_zone_glue_missing;
  using Severities = std::vector<std::optional<Severity>>;
  CHECK(ZoneLint("mail.example", "1", "s NS s\n").severities(judge) == Severities{std::nullopt});
  CHECK(ZoneLint("mail.example", "1", "s NS ns.t\nt NS ns.mail.test.\n").severities(judge) ==
        Severities{Severity::info});
}

TEST_CASE("zone-record-hidden: below a delegation, a DNAME record and in another zone") {
  const auto judge = rules::judge_zone_record_hidden;
  const auto cover = [](std::string_view name) {
    return "3:1: nothing but the delegation at " + std::string(name);
  };
  CHECK(lint(judge, "a.s TXT x\nb.s TXT x\ns NS ns.mail.test.\ns A 192.0.2.1\n") ==
        Lines{cover("s.mail.example") + " | a.s.mail.example"});
  CHECK(lint(judge, "a.d TXT x\nd DNAME mail.test.\nd A 192.0.2.1\n") ==
        Lines{cover("d.mail.example") + " | a.d.mail.example"});
  CHECK(lint(judge, "a TXT x\n@ DNAME mail.test.\n") == Lines{cover("mail.example") + " | a.mail.example"});
  CHECK(ZoneLint("mail.example", "1", "a.s TXT x\n")
            .beside("s.mail.example", "a TXT x\n")
            .beside("t.s.mail.example", "")(judge) == Lines{cover("s.mail.example") + " | a.s.mail.example"});
  for (const auto& records : {std::string("s NS a.s\na.s A 192.0.2.1\ns") + ds,
                              std::string("s NS t.s\nt NS t.s\nt.s AAAA 2001:db8::1\n"),
                              std::string("as TXT x\ns NS ns.mail.test.\n"), std::string("a TXT x\n"),
                              std::string("d DNAME mail.test.\nd TXT x\n"),
                              std::string("d DNAME mail.test.\nd NS ns.mail.test.\n")}) {
    CAPTURE(records);
    CHECK(lint(judge, records) == Lines{});
  }
  CHECK(ZoneLint("mail.example", "1", "s NS ns.mail.test.\nxs TXT x\n")
            .beside("s.mail.example", "a TXT x\n")(judge) == Lines{});
}

TEST_CASE("zone-address-without-ptr: of one address and of several") {
  const auto judge = rules::judge_zone_address_without_ptr;
  const auto beside = [&](std::string_view records, std::string_view reverse) {
    return ZoneLint("mail.example", "1", records).beside("2.0.192.in-addr.arpa", reverse)(judge);
  };
  CHECK(beside("a A 192.0.2.1\nb A 192.0.2.1\n", "") == Lines{"3:1: a PTR record of 192.0.2.1 | 192.0.2.1"});
  CHECK(beside("c A 192.0.2.3\na A 192.0.2.1\nb A 192.0.2.2\n", "") ==
        Lines{"4:1: a PTR record of 192.0.2.1-192.0.2.3 | 192.0.2.1-192.0.2.3"});
  CHECK(beside("a A 192.0.2.1\n", "1 PTR elsewhere.mail.test.\n") == Lines{});
  CHECK(beside("a A 192.0.2.1\n", "1 TXT x\n").size() == 1);
  CHECK(beside("a A 198.51.100.1\n", "") == Lines{});
  CHECK(lint(judge, "a A 192.0.2.1\n") == Lines{});
}

TEST_CASE("zone-ptr-other-address: of one address and of several") {
  const auto judge = rules::judge_zone_ptr_other_address;
  const auto beside = [&](std::string_view reverse, std::string_view records) {
    return ZoneLint("2.0.192.in-addr.arpa", "1", reverse).beside("mail.example", records)(judge);
  };
  CHECK(beside("1 PTR a.mail.example.\n", "a A 192.0.2.2\n") ==
        Lines{"3:1: names that have 192.0.2.1 | 192.0.2.1"});
  CHECK(beside("1 PTR a.mail.example.\n2 PTR a.mail.example.\n", "a A 192.0.2.3\n") ==
        Lines{"3:1: names that have 192.0.2.1-192.0.2.2 | 192.0.2.1-192.0.2.2"});
  CHECK(beside("1 PTR a.mail.example.\n", "a A 192.0.2.2\na A 192.0.2.1\n") == Lines{});
  CHECK(beside("1 PTR a.mail.example.\n", "") == Lines{});  // zone-target-without-address
}

TEST_CASE("zone-base-unreadable: what could not be compared") {
  const auto judge = rules::judge_zone_base_unreadable;
  CHECK(ZoneLint("mail.example", "1", "").failing("before/x.zone:1: no")(judge).size() == 1);
  CHECK(lint(judge, "") == Lines{});
}
