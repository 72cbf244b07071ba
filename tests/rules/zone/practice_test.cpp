// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/practice_rules.h"

#include <string>

#include "rules/zone/zone_lint.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Lines lint(void (*judge)(const audit::ZoneTextCase&, audit::Findings&), std::string_view records) {
  return ZoneLint("mail.example", "1", records)(judge);
}

Lines mail(const std::string& records) { return lint(rules::judge_zone_mail_incomplete, records); }

}  // namespace

TEST_CASE("zone-alias-with-address: once for a name") {
  const auto judge = rules::judge_zone_alias_with_address;
  CHECK(lint(judge, "w ALIAS x.mail.test.\nw A 192.0.2.1\nw AAAA 2001:db8::1\n") ==
        Lines{"4:1:  | w.mail.example"});
  CHECK(lint(judge, "w ANAME x.mail.test.\nw TXT x\nv A 192.0.2.1\n") == Lines{});
}

TEST_CASE("zone-caa-incomplete: nobody is named, or nobody for wildcards") {
  const auto judge = rules::judge_zone_caa_incomplete;
  CHECK(lint(judge, "@ CAA 0 iodef \"mailto:a@mail.example\"\n") ==
        Lines{"3:1: an issue record at mail.example | mail.example"});
  CHECK(lint(judge, "@ CAA 0 issue \"ca.test\"\n") ==
        Lines{"3:1: an issuewild record at mail.example | mail.example"});
  CHECK(lint(judge, "@ CAA 0 issue \"ca.test\"\n@ CAA 0 issuewild \";\"\n") == Lines{});
}

TEST_CASE("zone-dname-delegated: but for the apex") {
  const auto judge = rules::judge_zone_dname_delegated;
  CHECK(lint(judge, "d NS ns.mail.test.\nd DNAME mail.test.\n") ==
        Lines{"4:1: DNAME or NS at d.mail.example | d.mail.example"});
  CHECK(lint(judge, "@ DNAME mail.test.\n") == Lines{});
  CHECK(lint(judge, "e DNAME mail.test.\n") == Lines{});
}

TEST_CASE("zone-name-server-single: of the zone and of what it delegates") {
  const auto judge = rules::judge_zone_name_server_single;
  CHECK(lint(judge, "") == Lines{"4:1: two name servers of mail.example | mail.example"});
  CHECK(lint(judge, "@ NS ns2.mail.test.\ns NS ns.mail.test.\n") ==
        Lines{"4:1: two name servers of s.mail.example | s.mail.example"});
  CHECK(lint(judge, "@ NS ns2.mail.test.\ns NS ns.mail.test.\ns NS ns2.mail.test.\n") == Lines{});
}

TEST_CASE("zone-ttl-differs-at-name: all names of a zone in one") {
  const auto judge = rules::judge_zone_ttl_differs_at_name;
  CHECK(lint(judge, "a 60 A 192.0.2.1\na TXT x\nb 60 A 192.0.2.1\nb TXT x\n") ==
        Lines{"4:1:  | a.mail.example, b.mail.example"});
  CHECK(lint(judge,
             "a 60 A 192.0.2.1\nb TXT x\ns NS n.mail.test.\n"
             "s 60 DS 1 8 2 e2d3c916f6deeac73294e8268fb5885044a833fc5459588f4a9184cfc41a5766\n") == Lines{});
}

TEST_CASE("zone-mail-incomplete: of a zone with mail") {
  const std::string mx = "@ MX 10 a.mail.test.\n@ MX 20 b.mail.test.\n", spf = "@ TXT \"v=spf1 mx -all\"\n",
                    dmarc = "_dmarc TXT \"v=DMARC1; p=reject\"\n";
  CHECK(mail(mx + spf + dmarc) == Lines{});
  CHECK(mail("") == Lines{});
  CHECK(mail("@ TXT x\n") == Lines{});
  CHECK(mail("@ MX 10 a.mail.test.\n" + spf + dmarc) ==
        Lines{"3:1: two MX records at mail.example | mail.example"});
  CHECK(mail(spf + dmarc) == Lines{"3:1: MX records at mail.example | mail.example"});
  CHECK(mail(mx + dmarc) == Lines{"3:1: an SPF record at mail.example | mail.example"});
  CHECK(mail(mx + spf) == Lines{"3:1: a DMARC record of mail.example | mail.example"});
  CHECK(mail(mx + dmarc + "@ TXT \"v=spf1 mx ?all\"\n") ==
        Lines{"6:1: ~all or -all at mail.example | mail.example"});
  CHECK(mail(mx + dmarc + "@ TXT \"V=SPF1 mx \" \"~ALL\"\n") == Lines{});
  CHECK(mail(mx + dmarc + "@ TXT \"v=spf1 redirect=_spf.mail.test\"\n") == Lines{});
  CHECK(mail(mx + spf + dmarc + "@ TXT \"v=spf1 ~all\"\n").size() == 1);
  CHECK(mail(mx + spf + "_dmarc TXT \"v=DMARC1; rua=mailto:a@mail.test\"\n") ==
        Lines{"6:1: a policy at _dmarc.mail.example | _dmarc.mail.example"});
  CHECK(mail(mx + spf + dmarc + "_dmarc TXT \"v=DMARC1; p=none\"\n").size() == 1);
  CHECK(mail(mx + "@ TXT \"v=spf1 -all\"\n" + dmarc) == Lines{});  // it takes mail, and sends none
  CHECK(mail(mx + spf + dmarc + "s MX 10 a.mail.test.\n").size() == 2);
}

TEST_CASE("zone-mail-incomplete: of a zone without mail") {
  const std::string mx = "@ MX 0 .\n", spf = "@ TXT \"v=spf1 -all\"\n",
                    dmarc = "_dmarc TXT \"v=DMARC1;p=reject\"\n";
  CHECK(mail(mx + spf + dmarc) == Lines{});
  CHECK(mail(spf + dmarc) == Lines{"3:1: a null MX record at mail.example | mail.example"});
  CHECK(mail(mx + dmarc) == Lines{"3:1: v=spf1 -all at mail.example | mail.example"});
  CHECK(mail(mx + spf) == Lines{"3:1: p=reject at mail.example | mail.example"});
  CHECK(mail(mx + spf + "_dmarc TXT \"v=DMARC1; p=none\"\n") ==
        Lines{"5:1: p=reject at _dmarc.mail.example | _dmarc.mail.example"});
  CHECK(mail("s MX 0 .\n") == Lines{"3:1: v=spf1 -all at s.mail.example | s.mail.example"});
}
