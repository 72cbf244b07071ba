// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>
#include <vector>

#include "rules/zone/rules.h"
#include "rules/zone/zone_lint.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

std::vector<std::string> dots(std::string_view origin, std::string_view records) {
  return ZoneLint(origin, "1", records)(rules::judge_zone_final_dot_missing);
}

std::vector<std::string> serial(std::string_view now, std::string_view records, std::string_view before,
                                std::string_view records_before) {
  return ZoneLint("example.com", now, records)
      .before(before, records_before)(rules::judge_zone_serial_not_raised);
}

}  // namespace

TEST_CASE("zone-final-dot-missing: the owner and the targets that end in the zone's name twice") {
  CHECK(dots("example.com", "mail.example.com A 192.0.2.10\n AAAA 2001:db8::10\n") ==
        Lines{"3:1: mail.example.com. | mail.example.com.example.com"});
  CHECK(dots("example.com", "@ MX 10 mail.example.com\n") ==
        Lines{"3:1: mail.example.com. | the MX mail.example.com.example.com of example.com"});
  CHECK(dots("example.com", "@ NS ns1.example.com\nwww CNAME example.com\n") ==
        Lines{"3:1: ns1.example.com. | the NS ns1.example.com.example.com of example.com",
              "4:1: example.com. | the CNAME example.com.example.com of www.example.com"});
  CHECK(dots("2.0.192.in-addr.arpa", "10.2.0.192.in-addr.arpa PTR mail.example.com.\n") ==
        Lines{"3:1: 10.2.0.192.in-addr.arpa. | 10.2.0.192.in-addr.arpa.2.0.192.in-addr.arpa"});
}

TEST_CASE("zone-final-dot-missing: hosts under a reverse zone") {
  CHECK(
      dots("2.0.192.in-addr.arpa", "10 PTR mail.example.com\n@ NS ns1.example.com\n") ==
      Lines{
          "3:1: mail.example.com. | the PTR mail.example.com.2.0.192.in-addr.arpa of 10.2.0.192.in-addr.arpa",
          "4:1: ns1.example.com. | the NS ns1.example.com.2.0.192.in-addr.arpa of 2.0.192.in-addr.arpa"});
}

TEST_CASE("zone-final-dot-missing: silent about what is right") {
  CHECK(dots("example.com",
             "mail A 192.0.2.10\nmail.example.com. AAAA 2001:db8::10\n@ MX 10 mail\n"
             "@ NS ns1.example.com.\n@ TXT \"example.com.example.com\"\ncom.example A 192.0.2.1\n") ==
        Lines{});
  // RFC 2317: aliases lead into the zone, and its servers may have their names there.
  CHECK(dots("2.0.192.in-addr.arpa",
             "0/26 NS ns1.example.com.\n1 CNAME 1.0/26\n@ NS ns1\n10 PTR mail.example.com.\n") == Lines{});
  CHECK(dots("example.com", "mail PTR other.example.com.\n") == Lines{});
}

TEST_CASE("zone-final-dot-missing: an owner of an octoDNS zone") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("example.com", "1", records).octodns()(rules::judge_zone_final_dot_missing);
  };
  CHECK(lint("mail.example.com A 192.0.2.10\n") == Lines{"3:1: mail | mail.example.com.example.com"});
  CHECK(lint("example.com A 192.0.2.10\n") == Lines{"3:1: '' | example.com.example.com"});
  CHECK(lint("@ MX 10 mail.example.com\n") == Lines{});  // written with its dot, or refused
}

TEST_CASE("zone-record-duplicate: the same data, however it is written, once for each record") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("example.com", "1", records)(rules::judge_zone_record_duplicate);
  };
  CHECK(lint("mail A 192.0.2.10\nmail A 192.0.2.11\n@ MX 10 mail\n@ MX 20 mail\n") == Lines{});
  CHECK(lint("mail A 192.0.2.10\n@ MX 10 mail\nMAIL.example.com. 60 IN A 192.0.2.10\nmail A 192.0.2.10\n") ==
        Lines{"5:1:  | mail.example.com A 192.0.2.10"});
}

TEST_CASE("zone-ttl-differs: once for each set, where the second TTL stands") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("example.com", "1", records)(rules::judge_zone_ttl_differs);
  };
  CHECK(lint("mail 60 A 192.0.2.10\nmail 60 A 192.0.2.11\nmail 300 AAAA 2001:db8::1\n") == Lines{});
  CHECK(lint("mail 60 A 192.0.2.10\nmail 300 A 192.0.2.11\nmail A 192.0.2.12\n") ==
        Lines{"4:6: mail.example.com A | 60 and 300 seconds"});
  CHECK(lint("mail 1h A 192.0.2.10\nmail A 192.0.2.11\n") == Lines{});
}

TEST_CASE("zone-serial-not-raised: data that changed under one serial") {
  constexpr auto same = "mail A 192.0.2.10\n", changed = "mail A 192.0.2.11\n";
  CHECK(serial("7", changed, "7", same) ==
        Lines{"2:22:  | its records changed, and its serial is 7 as before"});
  CHECK(serial("7", "mail 60 A 192.0.2.10\n", "7", same).size() == 1);
  CHECK(serial("7", "", "7", same).size() == 1);
  CHECK(serial("7", same, "7", same) == Lines{});
  CHECK(serial("7", "; a comment\nmail IN A 192.0.2.10\n", "7", same) == Lines{});
  CHECK(serial("8", changed, "7", same) == Lines{});
  CHECK(serial("8", same, "7", same) == Lines{});
}

TEST_CASE("zone-serial-not-raised: newer as RFC 1982 has it") {
  constexpr auto data = "mail A 192.0.2.10\n";
  CHECK(serial("6", data, "7", data) == Lines{"2:22:  | its serial went from 7 to 6, which is not newer"});
  CHECK(serial("1", data, "4294967295", data) == Lines{});
  CHECK(serial("4294967295", data, "1", data).size() == 1);
  CHECK(serial("2147483648", data, "0", data).size() == 1);  // cannot be compared
  CHECK(serial("2147483647", data, "0", data) == Lines{});
}

TEST_CASE("zone-serial-not-raised: silent where nobody says what the zone was") {
  CHECK(ZoneLint("example.com", "1", "mail A 192.0.2.10\n")(rules::judge_zone_serial_not_raised) == Lines{});
}

TEST_CASE("zone-target-without-address: a name of a zone that is given, and has none there") {
  const auto lint = [](std::string_view records, std::string_view other) {
    return ZoneLint("2.0.192.in-addr.arpa", "1", records)
        .beside("mail.example", other)(rules::judge_zone_target_without_address);
  };
  CHECK(lint("10 PTR mx1.mail.example.\n@ NS ns.mail.example.\n", "mx A 192.0.2.10\nmx1 TXT none\n") ==
        Lines{"4:1: ns.mail.example | 2.0.192.in-addr.arpa",
              "3:1: mx1.mail.example | 10.2.0.192.in-addr.arpa"});
  CHECK(lint("10 PTR mx1.mail.example.\n", "mx1 AAAA 2001:db8::1\n") == Lines{});
  CHECK(lint("10 PTR mx1.mail.example.\n", "mx1 CNAME host.mail.test.\n") == Lines{});
  CHECK(lint("10 PTR mx1.mail.test.\n@ NS ns.mail.test.\n", "") == Lines{});
  CHECK(lint("10 CNAME mx1.mail.example.\n", "") == Lines{});
}

TEST_CASE("zone-target-without-address: addresses that follow each other are told once") {
  CHECK(ZoneLint("2.0.192.in-addr.arpa", "1",
                 "12 PTR c.mail.example.\n10 PTR a.mail.example.\n11 PTR b.mail.example.\n")
            .beside("mail.example", "")(rules::judge_zone_target_without_address) ==
        Lines{"4:1: a.mail.example | 10.2.0.192.in-addr.arpa"});
}

TEST_CASE("zone-target-without-address: what the zone does not decide by itself is not judged") {
  const auto lint = [](std::string_view other) {
    return ZoneLint("2.0.192.in-addr.arpa", "1", "10 PTR a.b.mail.example.\n")
        .beside("mail.example", other)(rules::judge_zone_target_without_address);
  };
  CHECK(lint("").size() == 1);
  CHECK(lint("b NS ns.mail.test.\n") == Lines{});
  CHECK(lint("* A 192.0.2.1\n") == Lines{});
  CHECK(lint("* MX 10 mx.mail.test.\n").size() == 1);
  CHECK(lint("* A 192.0.2.1\nc.a.b A 192.0.2.1\n").size() == 1);  // an empty non-terminal
  CHECK(lint("b DNAME mail.test.\n") == Lines{});
  CHECK(lint("@ DNAME mail.test.\n") == Lines{});
  CHECK(lint("c NS ns.mail.test.\n").size() == 1);
}

TEST_CASE("zone-target-without-address: no mail at all, and what lacks its final dot") {
  CHECK(ZoneLint("mail.example", "1",
                 "@ MX 0 .\n@ MX 10 mx.mail.example\n")(rules::judge_zone_target_without_address) == Lines{});
  CHECK(ZoneLint("mail.example", "1", "@ MX 10 mx\n")(rules::judge_zone_target_without_address) ==
        Lines{"3:1: mx.mail.example | mail.example"});
}

TEST_CASE("zone-target-alias: a name server that is an alias, in whichever way") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("mail.example", "1", records)(rules::judge_zone_target_alias);
  };
  const Lines one{"3:1: ns.mail.example | NS mail.example"};
  CHECK(lint("@ NS ns\nns CNAME host.mail.test.\n") == one);
  CHECK(lint("@ NS ns\n* CNAME host.mail.test.\n") == one);
  CHECK(lint("@ NS a.b\nb DNAME mail.test.\n") == Lines{"3:1: a.b.mail.example | NS mail.example"});
  CHECK(lint("@ NS ns\n@ DNAME mail.test.\n") == one);
  CHECK(lint("sub NS ns\nns CNAME host.mail.test.\n") == Lines{"3:1: ns.mail.example | NS sub.mail.example"});
  CHECK(lint("@ MX 10 ns\nns CNAME host.mail.test.\n") == Lines{"3:1: ns.mail.example | MX mail.example"});
  // None, as far as these zones go.
  for (const auto* records :
       {"@ NS ns\nns A 192.0.2.1\n", "@ NS ns\n", "@ NS ns\nns A 192.0.2.1\n* CNAME host.mail.test.\n",
        "@ NS ns.mail.test.\n", "@ NS b\nb DNAME mail.test.\nb A 192.0.2.1\n",
        "@ NS a.b\nb NS ns.mail.test.\n", "@ NS a.b\nb TXT none\n* CNAME host.mail.test.\n",
        "@ NS a.b\nc.a.b A 192.0.2.1\n*.b CNAME host.mail.test.\n", "@ MX 0 .\n", "www CNAME a\na CNAME b\n",
        "@ NS ns.mail.example\nns.mail.example CNAME host.mail.test.\n"}) {
    CAPTURE(records);
    CHECK(lint(records) == Lines{});
  }
}

TEST_CASE("zone-target-alias: in another zone that is given") {
  const auto lint = [](std::string_view other) {
    return ZoneLint("2.0.192.in-addr.arpa", "1", "@ NS ns.mail.example.\n")
        .beside("mail.example", other)(rules::judge_zone_target_alias);
  };
  CHECK(lint("ns CNAME host.mail.test.\n") == Lines{"3:1: ns.mail.example | NS 2.0.192.in-addr.arpa"});
  CHECK(lint("ns A 192.0.2.1\n") == Lines{});
}

TEST_CASE("zone-target-without-address: services") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("mail.example", "1", records)(rules::judge_zone_target_without_address);
  };
  CHECK(lint("_submission._tcp SRV 0 0 587 mx9\n") ==
        Lines{"3:1: mx9.mail.example | _submission._tcp.mail.example"});
  CHECK(lint("_submission._tcp SRV 0 0 587 mx\nmx A 192.0.2.1\n_s._tcp SRV 0 0 0 .\n_t._tcp SRV 0 0 1 "
             "a.mail.test.\n") == Lines{});
  // What a server makes up is nobody's to call missing; what it does not decide is.
  CHECK(lint("_s._tcp SRV 0 0 587 web\nweb ALIAS x.mail.test.\n") == Lines{});
  CHECK(lint("_s._tcp SRV 0 0 587 web\nweb WALLET x\nweb DOA 1 2 1 \"x\" aGk=\n").size() == 1);
  CHECK(lint("_s._tcp SRV 0 0 587 web\n@ LUA A \"x\"\n").size() == 1);
}

TEST_CASE("zone-target-alias: services") {
  CHECK(ZoneLint("mail.example", "1", "_s._tcp SRV 0 0 587 mx\nmx CNAME host.mail.test.\n")(
            rules::judge_zone_target_alias) == Lines{"3:1: mx.mail.example | SRV _s._tcp.mail.example"});
}

TEST_CASE("zone-alias-dangling: a name that the zones show not to exist, at once or at the end of aliases") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("mail.example", "1", records)
        .beside("other.example", "here A 192.0.2.1\n")(rules::judge_zone_alias_dangling);
  };
  CHECK(lint("imap CNAME mx9\n") == Lines{"3:1: mx9.mail.example | imap.mail.example"});
  CHECK(lint("imap CNAME there.other.example.\n") == Lines{"3:1: there.other.example | imap.mail.example"});
  CHECK(lint("a CNAME b\nb CNAME nowhere\n") ==
        Lines{"3:1: b.mail.example | a.mail.example", "4:1: nowhere.mail.example | b.mail.example"});
  CHECK(lint("a CNAME x.w\n* TXT x\nw TXT x\n").size() == 1);  // no wildcard stands for what is below a name
  for (const auto* records :
       {"imap CNAME mx\nmx A 192.0.2.1\n", "x CNAME y.sub\nsub NS ns.mail.test.\n",
        "x CNAME y.wild\n*.wild A 192.0.2.1\n", "x CNAME y.elsewhere.test.\n",
        "x CNAME here.other.example.\n", "_sel._domainkey CNAME sel.mail.test.\n",
        "x CNAME ent\na.ent TXT x\n", "x CNAME y.d\nd DNAME mail.test.\n", "x CNAME y\ny LUA A \"x\"\n",
        "x CNAME y\n* LUA A \"x\"\n", "x CNAME x\n", "x CNAME y\ny CNAME x\n", "x CNAME mail.example\n",
        "x CNAME glue.y.sub\nsub NS y.sub\ny.sub A 192.0.2.1\n"}) {
    CAPTURE(records);
    CHECK(lint(records) == Lines{});
  }
}

TEST_CASE("zone-alias-dangling: an ALIAS") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("mail.example", "1", records)(rules::judge_zone_alias_dangling);
  };
  CHECK(lint("@ ALIAS gone\n") == Lines{"3:1: gone.mail.example | mail.example"});
  CHECK(lint("@ ALIAS x.mail.test.\nw ANAME mail.example.\n") == Lines{});
}

TEST_CASE("zone-final-dot-missing: in all data with names") {
  CHECK(dots("example.com", "_s._tcp SRV 0 0 1 mail.example.com\n").size() == 1);
  CHECK(dots("example.com", "d DNAME mail.example.com\n").size() == 1);
  CHECK(dots("example.com", "n NAPTR 1 1 \"s\" \"SIPS+D2T\" \"\" mail.example.com\n").size() == 1);
  CHECK(dots("example.com", "@ HTTPS 1 www.example.com alpn=h2\ns SVCB 0 www.example.com\n").size() == 2);
  CHECK(dots("example.com",
             "_s._tcp SRV 0 0 1 mail\nd DNAME example.com.\nn NAPTR 1 1 \"s\" \"x\" \"\" .\n@ HTTPS 1 .\n") ==
        Lines{});
  Sources sources;
  Diagnostics problems;
  std::vector<dns::PlacedRecord> places;
  const auto file =
      sources.add("z", "$TTL 1h\n@ SOA ns1.example.com. host.example.com 1 1 1 1 1\n@ NS ns1.example.com.\n");
  audit::ZoneText text{
      dns::read_zone_file(sources, file, name("2.0.192.in-addr.arpa"), problems, &places), file, {}, {}};
  text.records = places;
  const inventory::Inventory inventory;
  audit::RunContext run;
  audit::Findings findings;
  rules::judge_zone_final_dot_missing({run, inventory, text}, findings);
  const auto drafts = findings.take();
  REQUIRE(drafts.size() == 1);
  CHECK(sources.text(*drafts[0].args.at) == "host.example.com");
}

TEST_CASE("zone-ptr-owner-no-address: what no lookup can find, and what is not meant for one") {
  const auto v4 = [](std::string_view records) {
    return ZoneLint("2.0.192.in-addr.arpa", "1", records)(rules::judge_zone_ptr_owner_no_address);
  };
  CHECK(v4("256 PTR a.b.\n") == Lines{"3:1: four octets | 256.2.0.192.in-addr.arpa"});
  CHECK(v4("011 PTR a.b.\n").size() == 1);
  CHECK(v4("1.1 PTR a.b.\n").size() == 1);
  CHECK(v4("192.0.2.11 PTR a.b.\n") ==
        Lines{"3:1: 11.2.0.192.in-addr.arpa. | 192.0.2.11.2.0.192.in-addr.arpa"});
  CHECK(v4("0 PTR a.b.\n255 PTR a.b.\n@ PTR a.b.\n* PTR a.b.\n70.64-95 PTR a.b.\n70.64/26 PTR a.b.\n"
           "b._dns-sd._udp PTR a.b.\n256 TXT x\n70.customer PTR a.b.\n") == Lines{});
  const auto v6 = [](std::string_view records) {
    return ZoneLint("8.b.d.0.1.0.0.2.ip6.arpa", "1", records)(rules::judge_zone_ptr_owner_no_address);
  };
  const std::string zeros = ".0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0";  // 22
  CHECK(v6("0" + zeros + " PTR a.b.\n").size() == 1);
  CHECK(v6("1.0" + zeros + " PTR a.b.\nf.f" + zeros + " PTR a.b.\nlb._dns-sd._udp PTR a.b.\n") == Lines{});
  CHECK(v6("1.0.0" + zeros + " PTR a.b.\n").size() == 1);
  CHECK(v6("10" + zeros + " PTR a.b.\n").size() == 1);
  CHECK(v6("2001:db8::10 PTR a.b.\n").size() == 1);
  CHECK(ZoneLint("mail.example", "1", "256 PTR a.b.\n")(rules::judge_zone_ptr_owner_no_address) == Lines{});
}

TEST_CASE("zone-escape-octal: what an export in octal means") {
  const auto lint = [](std::string_view records) {
    return ZoneLint("mail.example", "1", records)(rules::judge_zone_escape_octal);
  };
  CHECK(lint("\\052 A 192.0.2.1\n") == Lines{"3:1: * | \\052"});
  CHECK(lint("a MX 10 x\\100y\n") == Lines{"3:10: @ | \\100"});
  CHECK(lint("\\042 A 192.0.2.1\n\\\\052 A 192.0.2.1\n\\.052 A 192.0.2.1\na TXT \\052\n\\046x A "
             "192.0.2.1\n\\055 A 192.0.2.1\n\\092 A 192.0.2.1\n") == Lines{});
}
