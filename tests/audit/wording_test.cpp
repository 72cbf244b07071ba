// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/wording.h"

#include <doctest/doctest.h>

#include <array>

#include "audit/findings.h"

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

const Target target{TargetKind::address, "192.0.2.1"};

std::string filled(std::string_view sentence, const Values& values, std::string_view detail = {}) {
  return fill(sentence, {target, values, "{observed}", "{target}", detail});
}

}  // namespace

TEST_CASE("sentences are filled once: what is filled in is not looked at again") {
  CHECK(filled("{target} has {observed}, not {expected} ({helo}) {else} {4} {", {{"helo", "{target} [x]"}}) ==
        "192.0.2.1 has {target}, not {observed} ({target} [x]) {else} {4} {");
  CHECK(filled("{target}: {detail}", {{"name", "a"}}, "no {name}") == "192.0.2.1: no a");
}

TEST_CASE("what stands between brackets needs all that it names") {
  CHECK(filled("{a}[ and {more} more]", {{"a", "x"}}) == "x");
  CHECK(filled("{a}[ and {more} more]", {{"a", "x"}, {"more", 2u}}) == "x and 2 more");
  CHECK(filled("[{a}][{b}]", {{"a", ""}, {"b", "y"}}) == "y");
  CHECK(filled("[{a}]", {{"a", List{}}}).empty());
  CHECK(filled("[{a} {b}] [no end", {{"a", "x"}}) == " [no end");
}

TEST_CASE("a value is written as the sentence wants it") {
  const Values values{
      {"count", 1u}, {"time", seconds(300)}, {"names", list_of(std::vector<std::string>{"a", "b"})}};
  CHECK(filled("{count:answer is|answers are} {time:duration} {time:bare} {names:;}", values) ==
        "1 answer is 5m 300 a; b");
}

TEST_CASE("how a question failed is put together from what is known of it") {
  CHECK(filled("{failure}", {{"question", "PTR x"}, {"outcome", "timeout"}}) == "PTR x: timeout");
  CHECK(filled("{failure}", {{"question", "PTR x"},
                             {"outcome", "timeout"},
                             {"tries", 3u},
                             {"without", "EDNS"},
                             {"reason", "no reply"},
                             {"server", "127.0.0.1#53"}}) ==
        "PTR x: timeout after 3 tries without EDNS (127.0.0.1#53), no reply");
  CHECK(filled("{failure}", {{"question", "PTR x"}, {"unproven", "NODATA"}}) ==
        "PTR x: NODATA without an SOA record, which proves nothing");
  CHECK(filled("{failure}", {{"failure", "as another says"}, {"question", "PTR x"}}) == "as another says");
}

TEST_CASE("the names of a sentence, and those that it cannot do without") {
  const std::string_view sentence = "{target} {a:one|many}[ {b}] {4} {a";
  CHECK(names_in(sentence) == std::vector<std::string_view>{"target", "a", "b"});
  CHECK(needed_names_in(sentence) == std::vector<std::string_view>{"target", "a"});
}

TEST_CASE("a wording says what is its own, and leaves the rest to the rule") {
  static constexpr std::array wordings{
      Wording{.key = "high", .expected = "at most {limit}", .detail = "too high"},
      Wording{.key = "told", .message = "{target}: {observed}!"}};
  constexpr RuleInfo info{.id = "a",
                          .message = "{target}: {observed}, {detail}",
                          .fix = "set {expected}",
                          .expected = "at least {limit}",
                          .observed = "{ttl}",
                          .wordings = wordings};
  Findings findings;
  findings.begin_subject(target, {});
  findings.begin_rule(0, info);
  for (const auto* key : {"", "high", "told"})
    findings.add({.values = {{"limit", seconds(60)}, {"ttl", seconds(30)}}, .wording = key});
  const auto drafts = findings.take();
  CHECK(drafts[0].expected == "at least 60 s");
  CHECK(drafts[1].expected == "at most 60 s");
  CHECK(drafts[2].expected == "at least 60 s");
  CHECK(drafts[0].observed == "30 s");
  CHECK(message_of(info, drafts[0]) == "192.0.2.1: 30 s, ");
  CHECK(message_of(info, drafts[1]) == "192.0.2.1: 30 s, too high");
  CHECK(message_of(info, drafts[2]) == "192.0.2.1: 30 s!");
  CHECK(fix_of(info, drafts[1]) == "set at most 60 s");
}

TEST_CASE("what could not be determined expects and observes nothing, and says what failed") {
  constexpr RuleInfo info{.id = "a", .message = "{failure}", .expected = "x", .observed = "y"};
  dns::Fact fact;
  fact.question = {0, dns::Name::parse("mx1.example").value(), dns::RrType::A};
  fact.outcome = dns::Outcome::timeout;
  fact.server = "192.0.2.53#53";
  Findings findings;
  findings.begin_rule(0, info);
  findings.inconclusive(fact);
  fact.outcome = dns::Outcome::nxdomain;
  findings.inconclusive(fact);
  const auto drafts = findings.take();
  CHECK(drafts[0].expected.empty());
  CHECK(drafts[0].observed.empty());
  CHECK(message_of(info, drafts[0]) == "A mx1.example: timeout (192.0.2.53#53)");
  CHECK(message_of(info, drafts[1]) == "A mx1.example: NXDOMAIN without an SOA record, which proves nothing");
  REQUIRE(find_value(drafts[0].args.values, "outcome") != nullptr);
  CHECK(*find_value(drafts[0].args.values, "outcome") == Value("timeout"));
}
