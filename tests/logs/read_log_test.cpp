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

TEST_CASE("what is no text is said, once, and how it becomes one") {
  std::string wide;
  for (const char letter : about) wide += std::string{letter, '\0'};
  const std::string zeros(2000, '\0');
  for (const auto& octets : {std::string("\xff\xfe") + wide, "\xfe\xff" + std::string(1, '\0') + wide, wide,
                             std::string(1, '\0') + wide, gzipped(gzipped(about)), gzipped(zstandard(about)),
                             zstandard(gzipped(about)), "LPKSHHRH" + zeros, "PK\x03\x04" + zeros,
                             gzipped("BZh91AY" + zeros), "\x1f\x9d\x90" + zeros}) {
    for (const bool every_line : {false, true}) {
      const auto found = read(octets, every_line);
      CAPTURE(octets.substr(0, 8));
      CHECK(found.log.is_incomplete);
      CHECK(found.log.problems.size() == 1);
      CHECK_FALSE(found.log.problems.at(0).hint.empty());
      CHECK(found.entries.empty());
    }
  }
  // NULs alone make nothing of it: a machine that lost its power leaves them in the middle of a log, or at its head.
  CHECK(read(zeros + "\n" + about).entries.size() == 1);
  CHECK(read(zeros + "\n" + about).log.problems.empty());
  CHECK(read("\xef\xbb\xbf" + about).entries.at(0).time == "2026-11-30T09:12:01");
}

TEST_CASE("lines that end in CR LF or not at all, and times without a year around a year's end") {
  std::string text = about + other;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
  CHECK(read(text + about.substr(0, about.size() - 1)).entries.size() == 2);
  CHECK(read(text).entries.at(0).text.ends_with("[203.0.113.9]"));
  // A clock that jumps: each line has the time that stands in it, in the latest year that is not in the future.
  const auto at = [](const char* time) { return time + about.substr(15); };
  const auto jumps = read(at("Dec 31 23:59:59") + at("Jan 15 07:00:00") + at("Jan 16 09:00:00") +
                          at("Jan 10 00:00:00") + at("Feb 29 00:00:00") + at("Feb 30 00:00:00"));
  std::vector<std::string> times;
  for (const auto& entry : jumps.entries) times.push_back(entry.time);
  CHECK(times == std::vector<std::string>{"2026-12-31T23:59:59", "2027-01-15T07:00:00", "2027-01-16T09:00:00",
                                          "2027-01-10T00:00:00", "2024-02-29T00:00:00", ""});
}

TEST_CASE("a journal with fields of octets, cut anywhere") {
  const auto sized = [](std::uint64_t size) {
    std::string octets;
    for (int i = 0; i < 8; ++i) octets += static_cast<char>(size >> (8 * i) & 0xff);
    return octets;
  };
  const std::string message = "connect from unknown[203.0.113.9]";
  const auto binary = [&](const std::string& name, const std::string& value) {
    return name + "\n" + sized(value.size()) + value + "\n";
  };
  const std::string entry = "__CURSOR=a\n__REALTIME_TIMESTAMP=1800000000000000\n_HOSTNAME=mx1\n" +
                            binary("COREDUMP", std::string(300000, '\n') + "MESSAGE=nothing\n\n") +
                            "SYSLOG_IDENTIFIER=postfix/smtpd\n_PID=7\n" +
                            binary("MESSAGE", message + "\n\x1b[31m") + "\n";
  CHECK(read(entry + entry).entries.size() == 2);
  CHECK(read(entry).log.lines == 1);
  for (std::size_t cut = 1; cut < 80; ++cut) read(entry.substr(0, entry.size() - cut));
  // A size beyond all that follows takes the rest, and no memory.
  const auto endless =
      read(entry + "MESSAGE\n" + sized(~std::uint64_t{0}) + std::string(std::size_t{3} << 20, 'x'));
  CHECK(endless.entries.size() == 1);
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
