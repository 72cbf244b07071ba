// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/parts.h"

#include <doctest/doctest.h>

#include "logs/redact.h"

using namespace rdnsgate;
using namespace rdnsgate::logs;

namespace {

struct Row {
  std::string line;
  LogClass of;
  std::string mta;
  Side side;
  std::string ip, helo, receiver, host;
};

const std::string head = "Nov 30 09:12:01 mx1 ";

std::vector<Row> rows() {
  const auto none = LogClass::no_ptr;
  return {
      {head + "postfix/smtp[2211]: 4Tkz: to=<bob@Gmail.com>, "
              "relay=gmail-smtp-in.l.google.com[142.250.1.26]:25, status=bounced (host "
              "gmail-smtp-in.l.google.com[142.250.1.26] said: 550-5.7.25 [192.0.2.1] The IP address sending)",
       none, "postfix", Side::sent, "192.0.2.1", "", "gmail.com", "gmail-smtp-in.l.google.com"},
      {head + "postfix/smtp[2211]: 4Tkz: host mx01.emig.gmx.net[212.227.17.5] refused to talk to me: "
              "554-gmx.net 554 For explanation visit "
              "http://postmaster.gmx.com/en/error-messages?ip=192.0.2.1&c=rdns",
       none, "postfix", Side::sent, "192.0.2.1", "", "mx01.emig.gmx.net", "mx01.emig.gmx.net"},
      {head + "postfix/smtp[2211]: 4Tkz: to=<bob@example.net>, relay=mx.example.net[2001:db8::7]:25, "
              "status=bounced (host "
              "mx.example.net[2001:db8::7] said: 450 4.7.25 sending IPv6 address [2001:db8::25] must have)",
       none, "postfix", Side::sent, "2001:db8::25", "", "example.net", "mx.example.net"},
      {head + "postfix/smtp[2211]: 4Tkz: to=<bob@example.net>, relay=mx.example.net[198.51.100.7]:25, "
              "status=bounced (host "
              "mx.example.net[198.51.100.7] said: 504 5.5.2 <mx1>: Helo command rejected: need "
              "fully-qualified hostname)",
       LogClass::helo, "postfix", Side::sent, "", "mx1", "example.net", "mx.example.net"},
      {head + "postfix/smtpd[2211]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 450 4.7.1 Client host "
              "rejected: cannot find your "
              "hostname, [203.0.113.9]; from=<a@Example.COM> to=<b@example.org> proto=ESMTP "
              "helo=<mx9.example.net>",
       none, "postfix", Side::received, "203.0.113.9", "mx9.example.net", "mx1", "mx1"},
      {head + "postfix/smtpd[2211]: warning: hostname mx9.example.net does not resolve to address "
              "203.0.113.9: Name",
       none, "postfix", Side::received, "203.0.113.9", "", "mx1", "mx1"},
      {"2027-01-15 09:12:01 1rPabc-000123-4x ** bob@gmail.com R=dnslookup T=remote_smtp H=mx.example.net "
       "[198.51.100.7] I=[192.0.2.1]:40112: "
       "SMTP error from remote mail server after EHLO mx1.example.com: 550 no rDNS",
       none, "exim", Side::sent, "192.0.2.1", "mx1.example.com", "gmail.com", "mx.example.net"},
      {"2027-01-15 09:12:01 H=(mx1.local) [203.0.113.9]:4711 F=<a@example.com> rejected RCPT "
       "<b@example.org>: no reverse DNS",
       none, "exim", Side::received, "203.0.113.9", "mx1.local", "", ""},
      {"2027-01-15 09:12:01 1rP-0-4 ** bob@example.net R=dnslookup T=remote_smtp: SMTP error from remote "
       "mail server after MAIL FROM:<a@b>: host "
       "mx.example.net [198.51.100.7]: 550 no rDNS for 192.0.2.1",
       none, "exim", Side::sent, "192.0.2.1", "", "example.net", "mx.example.net"},
      {"2027-01-15 09:12:01 no host name found for IP address 2001:db8::9", none, "exim", Side::received,
       "2001:db8::9", "", "", ""},
      {head + "sm-mta[411]: 2AB: to=<bob@example.net>, relay=mx.example.net. [198.51.100.7], dsn=5.7.1, "
              "stat=Service unavailable, reply=550 "
              "5.7.1 Fix reverse DNS for 192.0.2.1",
       none, "sendmail", Side::sent, "192.0.2.1", "", "example.net", "mx.example.net"},
      {head + "smtpd[88171]: 2cd7 mta delivery evpid=c4 from=<a@example.com> to=<bob@example.net> rcpt=<-> "
              "source=\"192.0.2.1\" "
              "relay=\"198.51.100.7 (mx.example.net)\" delay=2s result=\"PermFail\" stat=\"550 no rDNS\"",
       none, "opensmtpd", Side::sent, "192.0.2.1", "", "example.net", ""},
      {head + "smtpd[60503]: 8816 smtp connected address=203.0.113.9 host=<unknown>", none, "opensmtpd",
       Side::received, "203.0.113.9", "", "mx1", "mx1"},
      {"@400000005f0c1a2b12345678 delivery 311: failure: "
       "198.51.100.7_does_not_like_recipient./Remote_host_said:_550_Your_host_192.0.2.1_has_no_"
       "valid_Reverse_DNS/Giving_up_on_198.51.100.7./",
       none, "qmail", Side::sent, "192.0.2.1", "", "", ""},
      {"2027-01-15T09:12:01.123Z,Internet,08DA,7,192.0.2.1:40112,198.51.100.7:25,<,421 4.7.1 Your server has "
       "no PTR record,",
       none, "exchange", Side::sent, "192.0.2.1", "", "", ""},
      {"Fri Jan 15 09:12:01 2027 Info: New SMTP ICID 30 interface Management (198.51.100.1) address "
       "203.0.113.9 reverse dns host unknown "
       "verified no",
       none, "ironport", Side::received, "203.0.113.9", "", "", ""},
      {"550 5.7.1 [IPv6:2001:db8::25] has no PTR record", none, "", Side::unknown, "2001:db8::25", "", "",
       ""},
      {"at 09:12:01 550 5.7.25 dead:beef version 1.2.3.4.5", none, "", Side::unknown, "", "", "", ""},
  };
}

}  // namespace

TEST_CASE("what stands in a line") {
  for (const auto& row : rows()) {
    LogEntry entry;
    entry.of = row.of;
    find_parts(row.line, entry);
    CAPTURE(row.line);
    CHECK(entry.mta == row.mta);
    CHECK(to_string(entry.side) == to_string(row.side));
    CHECK((entry.ip ? entry.ip->to_string() : "") == row.ip);
    CHECK(entry.helo == row.helo);
    CHECK(entry.receiver == row.receiver);
    CHECK(entry.host == row.host);
  }
  LogEntry entry;
  find_parts(rows()[4].line, entry);
  CHECK(entry.sender_domain == "example.com");
}

TEST_CASE("whose mail it was is not shown") {
  CHECK(redacted("to=<bob@example.net>, x") == "to=<[...]@example.net>, x");
  CHECK(redacted("to=bob.b+c@example.net x") == "to=[...]@example.net x");
  CHECK(redacted("<\"a b\"@example.net>") == "<[...]@example.net>");
  CHECK(redacted("b\xc3\xb6"
                 "b@example.net") == "[...]@example.net");
  CHECK(redacted("command=\"AUTH PLAIN AGJvYgBzZWNyZXQ=\" x") == "command=\"AUTH PLAIN [...]\" x");
  CHECK(redacted("sasl_username=bob, password=hunter2;") == "sasl_username=[...], password=[...];");
  CHECK(redacted("@ @@ a@") == "@ @@ [...]@");
  CHECK(redacted(std::string(9000, 'x')).size() < 2010);
}
