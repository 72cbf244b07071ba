// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/read_log.h"

#include <doctest/doctest.h>

#include "written_log.h"

using namespace rdnsgate;
using namespace rdnsgate::logs;

namespace {

struct Read {
  ReadLog log;
  std::vector<LogEntry> entries;
};

Read read(const std::string& octets, bool every_line = false, bool redact = true) {
  const WrittenLog file(octets);
  auto source = LogSource::open(file.path());
  REQUIRE(source.has_value());
  Read read;
  const ReadOptions options{&Catalogue::built_in(), *parse_time("2027-01-15T08:00:00Z"), every_line, redact};
  read.log = read_log(*source, options, [&](const LogEntry& entry) {
    read.entries.push_back(entry);
    return true;
  });
  return read;
}

const std::string about = "Nov 30 09:12:01 mx1 postfix/smtpd[2211]: connect from unknown[203.0.113.9]\n";
const std::string other =
    "Nov 30 09:12:02 mx1 postfix/qmgr[2211]: 4Tkz: from=<bob@example.com>, size=1200, nrcpt=1 (queue "
    "active)\n";

}  // namespace

TEST_CASE("lines have their numbers, whichever way they are read") {
  std::string text;
  std::vector<std::uint64_t> wanted;
  for (std::uint64_t i = 1; i <= 30000; ++i) {
    const bool is_about = i % 101 == 7 || i == 30000;
    text += is_about ? about : i % 5 == 0 ? "\n" : other;
    if (is_about) wanted.push_back(i);
  }
  text.pop_back();  // without an end
  for (const bool every_line : {false, true}) {
    const auto found = read(text, every_line);
    CHECK(found.log.lines == 30000);
    CHECK(found.log.octets == text.size());
    std::vector<std::uint64_t> numbers;
    for (const auto& entry : found.entries) {
      if (entry.of == LogClass::no_ptr) numbers.push_back(entry.line);
    }
    CHECK(numbers == wanted);
    if (every_line) CHECK(found.entries.size() > 24000);
  }
}

TEST_CASE("a line that is too long is cut, and said once") {
  const std::string rest(std::size_t{3} << 20, 'x');
  std::string text = other + about.substr(0, about.size() - 1) + rest + "\n" + std::string(100000, 'y') +
                     " 550 no PTR record\n" + about;
  for (const bool every_line : {false, true}) {
    const auto found = read(text, every_line);
    CHECK(found.log.lines == 4);
    REQUIRE(found.log.problems.size() == 1);
    CHECK(found.log.problems[0].line == 2);
    std::vector<std::uint64_t> numbers;
    for (const auto& entry : found.entries) {
      if (entry.of == LogClass::no_ptr) numbers.push_back(entry.line);
    }
    CHECK(numbers == std::vector<std::uint64_t>{2, 4});
  }
}

TEST_CASE("what is packed is read up to where it is cut") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += i % 10 == 0 ? about : other + std::to_string(i * 7919);
  const auto whole = read(gzipped(text)), plain = read(text),
             cut = read(gzipped(text).substr(0, gzipped(text).size() / 2));
  CHECK(whole.entries.size() == plain.entries.size());
  CHECK_FALSE(whole.log.is_incomplete);
  CHECK(cut.log.is_incomplete);
  CHECK(cut.log.problems.back().message == "the compressed data is cut short");
  CHECK(cut.entries.size() > 10);
  CHECK(cut.entries.size() < plain.entries.size());
  CHECK(read(zstandard(text)).entries.size() == plain.entries.size());
}

TEST_CASE("octets that are no text, CRLF, UTF-16") {
  auto found = read(std::string("\0\x1b[31m\xff\r\n", 9) + about.substr(0, about.size() - 1) + "\r\n", true);
  REQUIRE(found.entries.size() == 2);
  CHECK(found.entries[1].of == LogClass::no_ptr);
  CHECK(found.entries[1].text.ends_with("[203.0.113.9]"));
  CHECK(read("\xff\xfeN\0o\0v\0").log.is_incomplete);
  CHECK(read("").log.lines == 0);
}

TEST_CASE("mailboxes are left out unless they are asked for") {
  const std::string line =
      "Nov 30 09:12:01 mx1 postfix/smtp[1]: 4T: to=<bob@example.net>, relay=mx.example.net[198.51.100.7]:25, "
      "status=bounced "
      "(host mx.example.net[198.51.100.7] said: 550 no PTR record for 192.0.2.1)\n";
  CHECK(read(line).entries.at(0).text.find("bob") == std::string::npos);
  CHECK(read(line, false, false).entries.at(0).text.find("<bob@example.net>") != std::string::npos);
  CHECK(read(line).entries.at(0).time == "2026-11-30T09:12:01");
}

TEST_CASE("a bounce is one entry for each recipient") {
  const auto found = read(
      "Reporting-MTA: dns; mx1.example.com\nArrival-Date: Fri, 15 Jan 2027 09:12:01 "
      "+0100\n\nFinal-Recipient: rfc822; bob@gmail.com\n"
      "Action: failed\nStatus: 5.7.25\nRemote-MTA: dns; gmail-smtp-in.l.google.com\nDiagnostic-Code: smtp; "
      "550-5.7.25 [192.0.2.1] The IP\n"
      "    address sending this 550-5.7.25 message does not have a PTR record setup,\n    or the "
      "corresponding\n\n"
      "Final-Recipient: rfc822; eve@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 "
      "5.1.1 User unknown\n",
      true);
  REQUIRE(found.entries.size() == 2);
  CHECK(found.entries[0].of == LogClass::no_ptr);
  CHECK(found.entries[0].ip->to_string() == "192.0.2.1");
  CHECK(found.entries[0].receiver == "gmail.com");
  CHECK(found.entries[0].host == "gmail-smtp-in.l.google.com");
  CHECK(found.entries[0].time == "2027-01-15T08:12:01Z");
  CHECK(found.entries[0].line == 8);
  CHECK(found.entries[1].of == LogClass::other);
}

TEST_CASE("a subject of Exchange's message tracking is somebody's words") {
  const std::string fields =
      "#Software: Microsoft Exchange Server\n#Fields: date-time,client-ip,message-subject,recipient-status\n";
  const std::string row = "2027-01-15T09:12:01.123Z,192.0.2.1,";
  CHECK(read(fields + row + "\"550 5.7.25, no PTR record\",'250 OK'\n", true).entries.at(0).of ==
        LogClass::other);
  CHECK(read(fields + row + "hello,'550 5.7.25 no PTR record'\n", true).entries.at(0).of == LogClass::no_ptr);
}

TEST_CASE("a journal") {
  const auto found = read(
      "__CURSOR=a\n__REALTIME_TIMESTAMP=1800000000000000\n_HOSTNAME=mx1\nSYSLOG_IDENTIFIER=postfix/"
      "smtpd\n_PID=7\nMESSAGE=connect "
      "from unknown[203.0.113.9]\n\n__CURSOR=b\nMESSAGE=x\n\n");
  REQUIRE(found.entries.size() == 1);
  CHECK(found.log.lines == 2);
  CHECK(found.entries[0].time == "2027-01-15T08:00:00Z");
  CHECK(found.entries[0].mta == "postfix");
  CHECK(found.entries[0].of == LogClass::no_ptr);
}
