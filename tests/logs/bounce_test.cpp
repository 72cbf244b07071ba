// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/bounce.h"

#include <doctest/doctest.h>

#include "logs/journal.h"

using namespace rdnsgate::logs;

namespace {

std::vector<Bounce> read(std::string_view text) {
  std::vector<Bounce> found;
  BounceReader reader([&](const Bounce& one) { found.push_back(one); });
  std::uint64_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end), ++number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  reader.end();
  return found;
}

constexpr std::string_view report =
    "Return-Path: <>\nSubject: Undelivered Mail: no PTR record\n\n"
    "<bob@gmail.com>: host gmail-smtp-in.l.google.com[142.250.1.26] said: 550-5.7.25\n"
    "    [192.0.2.1] The IP address sending this message does not have a\n    550 5.7.25 PTR record setup\n\n"
    "--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx1.example.com\nArrival-Date: Fri, 15 Jan 2027 09:12:01 +0100 (CET)\n\n"
    "Final-Recipient: rfc822; bob@gmail.com\nAction: failed\nStatus: 5.7.25\nRemote-MTA: dns; "
    "gmail-smtp-in.l.google.com\n"
    "Diagnostic-Code: smtp; 550-5.7.25 [192.0.2.1] The IP\n    address sending this 550-5.7.25 message does "
    "not have a PTR record setup\n\n"
    "Final-Recipient: rfc822; eve@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 "
    "5.1.1 no such user\n\n"
    "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nDiagnostic-Code: smtp; 550 5.7.25 no PTR "
    "record\n\n550 5.7.25 no reverse DNS\n--b--\n";

}  // namespace

TEST_CASE("a report counts once for each recipient, and the mail in it never") {
  const auto found = read(report);
  REQUIRE(found.size() == 2);
  CHECK(found[0].is_report);
  CHECK(found[0].recipient == "bob@gmail.com");
  CHECK(found[0].remote_mta == "gmail-smtp-in.l.google.com");
  CHECK(found[0].time == "2027-01-15T08:12:01Z");
  CHECK(found[0].line == 18);
  CHECK(found[0].text ==
        "550-5.7.25 [192.0.2.1] The IP address sending this 550-5.7.25 message does not have a PTR record "
        "setup");
  CHECK(found[1].recipient == "eve@example.net");
}

TEST_CASE("without a report the paragraphs count") {
  const auto found = read(
      "From: a@example.com\nSubject: failure notice\n\nHi.\n\n<bob@example.net>:\nRemote host said: 550 No\n "
      "reverse DNS\n\n"
      "--- Below this line is a copy of the message.\n\n550 no PTR\n");
  REQUIRE(found.size() == 3);
  CHECK(found[2].text == "<bob@example.net>: Remote host said: 550 No reverse DNS");
  CHECK(found[2].line == 6);
}

TEST_CASE("mails of a mailbox are apart") {
  std::string both = "From MAILER-DAEMON Fri Jan 15 09:12:01 2027\n";
  both += report;
  both += "\nFrom MAILER-DAEMON Fri Jan 15 09:13:01 2027\nSubject: x\n\nRemote host said: 550 no PTR\n";
  CHECK(read(both).size() == 4);
}

TEST_CASE("what begins as a mail") {
  CHECK(BounceReader::is_mail("Return-Path: <>\nReceived: x\n"));
  CHECK(BounceReader::is_mail("From MAILER-DAEMON Fri\n"));
  CHECK(BounceReader::is_mail("Reporting-MTA: dns; x\nArrival-Date: y\n"));
  CHECK_FALSE(BounceReader::is_mail("Nov 30 09:12:01 mx1 postfix/smtp[1]: x\n"));
  CHECK_FALSE(BounceReader::is_mail("Diagnostic-Code: smtp; 550 x\nNov 30 09:12:01 mx1 x\n"));
  CHECK_FALSE(BounceReader::is_mail("Subject: no PTR record\nNov 30 09:12:01 mx1 postfix/smtp[1]: x\n"));
}

TEST_CASE("a journal, in pieces of any size") {
  std::string text =
      "__CURSOR=a\n__REALTIME_TIMESTAMP=1800000000000000\n_HOSTNAME=mx1\nSYSLOG_IDENTIFIER=postfix/"
      "smtpd\n_PID=7\n"
      "MESSAGE=connect from "
      "unknown[203.0.113.9]\n\n__REALTIME_TIMESTAMP=1800000001000000\nSYSLOG_IDENTIFIER=x\nMESSAGE\n";
  const std::string message = "two\nlines\n\n";
  text += static_cast<char>(message.size());
  text += std::string(7, '\0') + message + "\nPRIORITY=6\n\n";
  for (std::size_t piece = 1; piece < 50; piece += 6) {
    std::vector<JournalReader::Entry> found;
    JournalReader reader([&](const JournalReader::Entry& one) { found.push_back(one); });
    for (std::size_t at = 0; at < text.size(); at += piece)
      reader.take(std::string_view(text).substr(at, piece));
    reader.end();
    REQUIRE(found.size() == 2);
    CHECK(found[0].line == "mx1 postfix/smtpd[7]: connect from unknown[203.0.113.9]");
    CHECK(found[0].time == "2027-01-15T08:00:00Z");
    CHECK(found[1].line == " x[]: " + message);
  }
  CHECK(JournalReader::is_journal(text));
}
