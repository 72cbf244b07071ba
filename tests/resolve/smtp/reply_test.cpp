// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/reply.h"

#include <doctest/doctest.h>

#include <string>

using namespace rdnsgate::resolve;
using State = SmtpReplyReader::State;

namespace {

SmtpReplyReader read(std::string_view octets) {
  SmtpReplyReader reader;
  reader.take(octets);
  return reader;
}

}  // namespace

TEST_CASE("a reply of one line and of several") {
  auto reader = read("220 mx1.example.com ESMTP\r\n");
  CHECK(reader.state() == State::done);
  CHECK(reader.reply().code == 220);
  CHECK(reader.reply().lines == std::vector<std::string>{"mx1.example.com ESMTP"});
  CHECK(name_in(reader.reply()) == "mx1.example.com");
  reader = read("250-mx1.example.com\r\n250-\r\n250\r\n");
  CHECK(reader.state() == State::done);
  CHECK(reader.reply().lines == std::vector<std::string>{"mx1.example.com", "", ""});
  CHECK(name_in(read("220\r\n").reply()).empty());
  CHECK(name_in(SmtpReply{}).empty());
}

TEST_CASE("it takes no octet more than belongs to the reply, and waits for one that is missing") {
  SmtpReplyReader reader;
  const std::string_view both = "220 one\r\n250 two\r\n";
  CHECK(reader.take(both) == 9);
  CHECK(reader.state() == State::done);
  for (const auto* part : {"", "2", "220", "220 name", "220 name\r", "220-name\r\n", "220-name\r\n220"}) {
    CAPTURE(part);
    CHECK(read(part).state() == State::more);
  }
  CHECK(read("220 bare line feed\n").state() == State::done);
}

TEST_CASE("what is no reply") {
  for (const auto* text :
       {"\r\n", "22\r\n", "2a0 x\r\n", "120 x\r\n", "620 x\r\n", "220x\r\n", "220_x\r\n", " 220 x\r\n",
        "SSH-2.0\r\n", "220-a\r\nx\r\n", "220-a\r\n221 b\r\n", "220-a\r\n221-b\r\n"}) {
    CAPTURE(text);
    CHECK(read(text).state() == State::malformed);
    CHECK_FALSE(read(text).fault().empty());
  }
  CHECK(read("220-a\r\n221 b\r\n").fault() == "lines of one reply with different codes");
}

TEST_CASE("any octets are kept, and what has no end is not read on") {
  const std::string nasty("220 a\0\x1b[31m\xff\r\n", 14);
  CHECK(read(nasty).state() == State::done);
  CHECK(read(nasty).reply().lines.front() == std::string("a\0\x1b[31m\xff", 8));
  CHECK(read("220 " + std::string(SmtpReplyReader::longest_line - 5, 'a') + "\r\n").state() == State::done);
  CHECK(read("220 " + std::string(SmtpReplyReader::longest_line, 'a')).state() == State::too_long);
  std::string lines;
  while (lines.size() <= SmtpReplyReader::longest_reply) lines += "220-a\r\n";
  SmtpReplyReader reader;
  CHECK(reader.take(lines) <= SmtpReplyReader::longest_reply + 1);
  CHECK(reader.state() == State::too_long);
}
