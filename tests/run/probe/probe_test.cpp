// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <string>

#include "base/scratch.h"
#include "inventory/mailbox.h"
#include "run/probe/conversation_log.h"
#include "run/probe/delivery.h"
#include "run/probe/judge_reply.h"
#include "run/probe/message.h"

using namespace rdnsgate;
using namespace rdnsgate::run;

namespace {

/// `status class`.
std::string judged(unsigned code, const std::string& text, const SeenIdentity& seen) {
  const auto reply = judge_reply(code, {text}, seen);
  std::string shown(report::to_string(reply.status));
  if (reply.of) shown += " " + std::string(logs::to_string(*reply.of));
  return shown;
}

std::string health(const std::vector<std::pair<std::string, std::string>>& results) {
  std::vector<mailauth::MethodResult> all;
  for (const auto& [method, result] : results) all.push_back({method, result, {}, {}});
  return std::string(report::to_string(judge_delivery(all).status));
}

}  // namespace

TEST_CASE("probe: a reply is classified as logs are, and by what is seen where words are not enough") {
  const SeenIdentity fine{"confirmed", "consistent"}, none{"no-ptr", "consistent"},
      other{"mismatch", "consistent"}, forward{"no-forward", "consistent"}, lost{"unknown", "unknown"};
  const std::string hostname = "4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]";
  CHECK(judged(250, "ok", none) == "accepted");
  CHECK(judged(251, hostname, none) == "accepted");
  for (const unsigned code : {450U, 550U}) {
    CHECK(judged(code, hostname, none) == "refused no-ptr");
    CHECK(judged(code, hostname, fine) == "refused no-ptr");
    CHECK(judged(code, hostname, other) == "refused ptr-mismatch");
    CHECK(judged(code, hostname, forward) == "refused ptr-mismatch");
  }
  CHECK(judged(450, hostname, lost) == "deferred temporary");
  CHECK(judged(550, hostname, lost) == "refused no-ptr");
  const std::string helo = "<mx1>: Helo command rejected: Host not found";
  CHECK(judged(450, helo, fine) == "refused helo");
  CHECK(judged(450, helo, lost) == "deferred temporary");
  CHECK(judged(550, helo, lost) == "refused helo");
  CHECK(judged(450, "4.2.0 Greylisted, try again later", none) == "deferred temporary");
  CHECK(judged(421, "too busy", none) == "deferred temporary");
  CHECK(judged(550, "5.1.1 no such user", none) == "refused-otherwise other-not-rdns");
  CHECK(judged(554, "5.7.1 blocked using zen.example", none) == "refused-otherwise other-not-rdns");
}

TEST_CASE("probe: mail addresses that can stand in a command, and no others") {
  CHECK(inventory::parse_mailbox("a.b+c@Example.COM")->text() == "a.b+c@example.com");
  for (const auto* text :
       {"", "a", "@example.com", "a@", "a b@example.com", "a@b@example.com>", "\"a\"@example.com",
        ".a@example.com", "a.@example.com", "a..b@example.com", "a@[192.0.2.1]", "a\r\n@example.com",
        "a@exa\nmple.com", "<a@example.com>", "a@.", "\xc3\xa4@example.com"}) {
    CAPTURE(text);
    CHECK_FALSE(inventory::parse_mailbox(text).has_value());
  }
  CHECK_FALSE(inventory::parse_mailbox(std::string(65, 'a') + "@example.com").has_value());
}

TEST_CASE("probe: a message by RFC 5322") {
  CHECK(mail_date(*parse_time("2027-01-05T08:09:10Z")) == "Tue, 5 Jan 2027 08:09:10 +0000");
  CHECK(mail_date(*parse_time("2028-02-29T23:59:59Z")) == "Tue, 29 Feb 2028 23:59:59 +0000");
  const auto text = compose({"token", "a@b.example", "c@d.example", "192.0.2.1", "mx1.b.example",
                             *parse_time("2027-01-05T08:09:10Z")});
  for (const auto* part :
       {"Date: Tue, 5 Jan 2027 08:09:10 +0000\r\n", "From: <a@b.example>\r\n", "To: <c@d.example>\r\n",
        "Message-ID: <rdnsgate.token@mx1.b.example>\r\n", "X-Rdnsgate-Probe: token\r\n"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  std::size_t line = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    CHECK(static_cast<unsigned char>(text[i]) < 0x7F);
    CHECK((text[i] == '\n') == (i > 0 && text[i - 1] == '\r'));
    line = text[i] == '\n' ? 0 : line + 1;
    CHECK(line < 200);
  }
}

TEST_CASE("probe: when there was a conversation is read back, and nothing else") {
  const std::map<std::string, Time> all{{"a b c", *parse_time("2027-01-05T08:09:10Z")}};
  CHECK(*read_conversations(write_conversations(all)) == all);
  CHECK(read_conversations("")->empty());
  for (const auto* text : {"x", "[]", "{}", R"({"schema": "rdnsgate/smtp-probe-state/1"})",
                           R"({"schema": "rdnsgate/smtp-probe-state/2", "conversations": {}})",
                           R"({"schema": "rdnsgate/smtp-probe-state/1", "conversations": {"a": "now"}})"}) {
    CAPTURE(text);
    CHECK_FALSE(read_conversations(text).has_value());
  }
}

TEST_CASE("probe: once in an interval, whatever the clock does") {
  const Scratch scratch;
  const std::string path = scratch / "state.json";
  const Time noon = *parse_time("2027-01-05T12:00:00Z");
  const auto may = [&](Time now) {
    std::vector<ConversationWish> wishes{{"a b c", {}}};
    REQUIRE(take_conversations(path, now, seconds(3600), wishes));
    return !wishes.front().next;
  };
  CHECK(may(noon));
  CHECK_FALSE(may(noon + seconds(3599)));
  CHECK(may(noon + seconds(3600)));
  CHECK_FALSE(may(noon + seconds(7199)));  // it counts from the last one
  // A clock that was years ahead keeps nobody from asking for longer than an interval.
  CHECK_FALSE(may(noon - seconds(86400)));
  std::vector<ConversationWish> wishes{{"a b c", {}}};
  REQUIRE(take_conversations(path, noon - seconds(86400), seconds(3600), wishes));
  CHECK(wishes.front().next == noon - seconds(86400) + seconds(3600));
}

TEST_CASE("probe: what a receiver says of a message") {
  CHECK(health({{"spf", "pass"}, {"dmarc", "pass"}, {"iprev", "pass"}}) == "healthy");
  CHECK(health({{"spf", "pass"}, {"dkim", "none"}}) == "healthy");
  CHECK(health({{"spf", "fail"}, {"dkim", "pass"}, {"dmarc", "pass"}}) == "healthy");
  CHECK(health({{"dkim", "fail"}, {"dkim", "pass"}}) == "healthy");  // one of several signatures
  CHECK(health({{"dkim", "fail"}, {"spf", "pass"}}) == "unhealthy");
  CHECK(health({{"spf", "pass"}, {"iprev", "fail"}}) == "unhealthy");
  CHECK(health({{"dmarc", "pass"}, {"iprev", "fail"}}) == "unhealthy");
  CHECK(health({{"spf", "pass"}, {"dmarc", "fail"}}) == "unhealthy");
  CHECK(health({{"spf", "softfail"}}) == "unhealthy");
  CHECK(health({{"spf", "none"}, {"dkim", "none"}}) == "unhealthy");
  CHECK(health({{"spf", "temperror"}}) == "unknown");
  CHECK(health({{"iprev", "pass"}}) == "unknown");
  CHECK(health({{"x-spam", "fail"}}) == "unknown");
  CHECK(health({}) == "unknown");
}
