// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/probe.h"

#include <doctest/doctest.h>

#include "resolve/web/imap.h"

using namespace rdnsgate;
using namespace rdnsgate::resolve;

TEST_CASE("smtp: a message is stuffed and ended (RFC 5321 section 4.5.2)") {
  CHECK(dot_stuffed("a\r\n") == "a\r\n.\r\n");
  CHECK(dot_stuffed("a") == "a\r\n.\r\n");
  CHECK(dot_stuffed(".\r\n..\r\na.b\r\n.c") == "..\r\n...\r\na.b\r\n..c\r\n.\r\n");
  CHECK(dot_stuffed("") == "\r\n.\r\n");
}

TEST_CASE("imap: what a URL may hold") {
  const auto whole = parse_imap_url("imap://a@b@imap.example:1430/Some/Folder");
  REQUIRE(whole.has_value());
  CHECK(whole->url == "imap://imap.example:1430");
  CHECK(whole->user == "a@b");
  CHECK(whole->folder == "Some/Folder");
  CHECK(parse_imap_url("imaps://u@[2001:db8::1]/")->folder == "INBOX");
  for (const auto* text : {"", "u@imap.example", "http://u@imap.example", "imaps://imap.example",
                           "imaps://@imap.example", "imaps://u:secret@imap.example", "imaps://u@",
                           "imaps://u@a b", "imaps://u@a/b c", "imaps://u\r\n@a", "imaps://u@a?b"}) {
    CAPTURE(text);
    const auto refused = parse_imap_url(text);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("imap: the first message of a search") {
  CHECK(first_found("* SEARCH 7 8\r\n") == 7);
  CHECK(first_found("* 3 EXISTS\r\n* search 12\r\n") == 12);
  CHECK(first_found("* SEARCH\r\n") == 0);
  CHECK(first_found("* OK hello\r\n") == std::nullopt);
  CHECK(first_found("") == std::nullopt);
  CHECK(first_found("* SEARCH x\r\n") == std::nullopt);
  CHECK(first_found("* SEARCH 99999999999\r\n") == std::nullopt);
}
