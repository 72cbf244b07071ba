// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// DNS cookies (RFC 7873): the option itself, and the client with servers that use it well, badly and not at
// all.
#include "resolve/net/cookies.h"

#include <mutex>

#include "resolve/ask.h"
#include "resolve/test_server.h"
#include "resolve/wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

const std::string server_cookie(16, 'S');

std::string client_part(const Query& query) { return query.cookie.value_or("").substr(0, 8); }
std::string with_cookie(const Query& query, const std::string& cookie, std::string_view target = "good.test",
                        unsigned rcode = 0) {
  return query.reply(rcode, rcode == 0 ? std::vector{pointer(target)} : std::vector<std::string>{}, {},
                     edns_option(10, cookie));
}
std::string honest(const Query& query) { return with_cookie(query, client_part(query) + server_cookie); }

}  // namespace

TEST_CASE("the option carries a random client cookie, and the server's as soon as there is one") {
  Random random;
  Cookies cookies(random), others(random);
  CHECK(cookies.option().substr(0, 4) == std::string("\0\x0a\0\x08", 4));
  CHECK(cookies.option().size() == 12);
  CHECK(cookies.option() != others.option());
  const std::string ours(cookies.option().substr(4));
  CHECK(cookies.check(ours + server_cookie) == Cookies::Verdict::accepted);
  CHECK(cookies.option() == std::string("\0\x0a\0\x18", 4) + ours + server_cookie);
  CHECK(cookies.check(ours + std::string(32, 'T')) == Cookies::Verdict::accepted);
  CHECK(cookies.option() == std::string("\0\x0a\0\x28", 4) + ours + std::string(32, 'T'));
}

TEST_CASE("another client's cookie and an illegal length are foreign, and nothing is learnt from them") {
  Random random;
  Cookies cookies(random);
  const std::string ours(cookies.option().substr(4)), before(cookies.option());
  for (const auto& bad : {std::string(), std::string(7, 'x'), std::string(24, 'x'), ours.substr(0, 7),
                          ours + "1234567", ours + std::string(33, 'S')}) {
    CHECK(cookies.check(bad) == Cookies::Verdict::foreign);
  }
  CHECK(cookies.option() == before);
  CHECK(cookies.check(ours) == Cookies::Verdict::accepted);  // an echo
  CHECK(cookies.check(std::nullopt) == Cookies::Verdict::accepted);
}

TEST_CASE("a reply without a cookie is missed only from a server that sends them") {
  Random random;
  Cookies cookies(random);
  const std::string ours(cookies.option().substr(4));
  cookies.check(ours + server_cookie);
  CHECK(cookies.check(std::nullopt) == Cookies::Verdict::missing);
  cookies.expect_none();
  CHECK(cookies.check(std::nullopt) == Cookies::Verdict::accepted);
  cookies.check(ours + server_cookie);
  CHECK(cookies.check(std::nullopt) == Cookies::Verdict::accepted);
}

TEST_CASE("the server's cookie is sent back with the next question") {
  std::mutex mutex;
  std::vector<std::string> seen;
  TestServer server([&](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    const std::lock_guard lock(mutex);
    seen.push_back(query.cookie.value_or("none"));
    return {honest(query)};
  });
  const auto panel = forward(server.port(), patient);
  CHECK(ask(*panel, "a.test").outcome == Outcome::answer);
  CHECK(ask(*panel, "b.test").outcome == Outcome::answer);
  const auto other_run = forward(server.port(), patient);
  CHECK(ask(*other_run, "c.test").outcome == Outcome::answer);
  const std::lock_guard lock(mutex);
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].size() == 8);
  CHECK(seen[1] == seen[0] + server_cookie);
  CHECK(seen[2].size() == 8);
  CHECK(seen[2] != seen[0]);
}

TEST_CASE("a reply with another client's cookie is somebody else's") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    const auto lie = with_cookie(query, std::string(24, 'x'), "evil.test");
    if (query.label == "only") return {lie};
    return {lie, query.negative(3, edns_option(10, std::string(8, 'x'))), honest(query)};
  });
  const auto fact = ask(*forward(server.port(), patient), "a.test");
  CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(fact.tries == 1);
  const auto none = ask(*forward(server.port()), "only.test");
  CHECK(none.outcome == Outcome::timeout);
  CHECK(none.reason == "no reply to 3 tries");
}

TEST_CASE("BADCOOKIE: once more with the new cookie, then over TCP") {
  TestServer server([](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    const bool content = query.label == "once"    ? query.cookie.value_or("").size() > 8
                         : query.label == "never" ? false
                                                  : transport == TestTransport::tcp;
    if (content) return {honest(query)};
    return {with_cookie(query, client_part(query) + server_cookie, "", 23)};
  });
  const auto once = ask(*forward(server.port(), patient), "once.test");
  CHECK(once.outcome == Outcome::answer);
  CHECK(once.tries == 2);
  const auto tcp = ask(*forward(server.port(), patient), "tcp.test");
  CHECK(tcp.outcome == Outcome::answer);
  CHECK(tcp.tries == 3);
  const auto never = ask(*forward(server.port(), patient), "never.test");
  CHECK(never.outcome == Outcome::servfail);
  CHECK(never.reason == "BADCOOKIE");
  CHECK(never.tries == 3);
}

TEST_CASE("a reply that lacks the cookie is dropped, and where no other comes TCP is asked") {
  TestServer server([](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    const auto bare = query.reply(0, {pointer(transport == TestTransport::udp ? "bare.test" : "good.test")});
    if (query.label == "bare") return {bare};
    if (query.label == "both") return {bare, query.negative(3), honest(query)};
    return {honest(query)};
  });
  const auto panel = forward(server.port());
  ask(*panel, "a.test");
  const auto both = ask(*panel, "both.test");
  CHECK(both.targets() == std::vector{name("good.test")});
  CHECK(both.tries == 1);
  CHECK_FALSE(both.cookie_missing);
  const auto first = ask(*panel, "bare.test");
  CHECK(first.targets() == std::vector{name("good.test")});
  CHECK(first.cookie_missing);
  CHECK(first.tries == 2);
  // Over TCP it had none either: some machine behind this address uses no cookies, and is taken from now on.
  const auto second = ask(*panel, "bare.b.test");
  CHECK(second.targets() == std::vector{name("bare.test")});
  CHECK_FALSE(second.cookie_missing);
}

TEST_CASE("somebody else's cookie over TCP makes the answer malformed") {
  TestServer server([](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    if (transport == TestTransport::udp) return {query.truncated()};
    return {with_cookie(query, std::string(24, 'x'), "evil.test")};
  });
  const auto fact = ask(*forward(server.port(), patient), "a.test");
  CHECK(fact.outcome == Outcome::malformed);
  CHECK(fact.answer.empty());
}
