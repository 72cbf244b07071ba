// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What is read without libyaml is what libyaml reads; what may be something else is left to it.
#include "yaml/ordinary.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "inventory/mutate.h"
#include "rendered.h"
#include "test_dialect.h"
#include "yaml/reader.h"

using namespace rdnsgate;
using namespace rdnsgate::yaml;

namespace {

struct Outcome {
  bool is_ordinary = false;
  std::string said;
};

/// Reads it in both ways, which come to the same.
Outcome compared(const std::string& text) {
  Sources sources;
  const auto file = sources.add("a.yaml", text);
  const auto problems = [&] { return Problems(sources, file, 100, test_dialect); };
  Outcome outcome;
  auto own = problems(), theirs = problems(), unsaid = problems();
  const auto document = read({}, own);
  outcome.said = rendered(document, own);
  const auto other = read_by_libyaml({}, theirs);
  CAPTURE(text);
  CHECK(outcome.said == rendered(other, theirs));
  const Limits limits;
  DocumentBuilder builder(limits, unsaid, Scope::part);
  try {
    outcome.is_ordinary = read_ordinary(text, 0, builder) && unsaid.count() == 0;
  } catch (const DocumentBuilder::Stop&) {
  }
  return outcome;
}

const std::string usual = R"(# An inventory.
version: 1

zones:
  - name: 2.0.192.in-addr.arpa  # of the provider
    managed_by: ticket
  - {name: mail.example, managed_by: "zonefile", file: 'zones/mail.example.zone'}
rules: {addr-documentation: off, ttl-high: {severity: info, than: 86400}}
senders:
- name: mx1
  helo: mx1.mail.example
  addresses: [192.0.2.10, "2001:db8::1", 2001:db8::2, {address: 192.0.2.11, ptr: out.mail.example}]
-
  name: pool
  addresses:
    - range: 192.0.2.20-192.0.2.29
      ptr: "mx{n}.mail.example"
  # Nothing yet.
  notes: []
  - - no
)";

}  // namespace

TEST_CASE("an ordinary inventory is read without libyaml") {
  const auto text = usual.substr(0, usual.rfind("  - - no"));
  CHECK(compared(text).is_ordinary);
  CHECK(compared(text.substr(0, text.size() - 1)).is_ordinary);  // without a break at its end
  CHECK(compared(text + "\n\n  # the end").is_ordinary);
  CHECK_FALSE(compared(usual).is_ordinary);
  CHECK(compared(text).said.find("'mx{n}.mail.example'") != std::string::npos);
}

TEST_CASE("each of these is ordinary") {
  for (const std::string text : {
           "a: b\n", "- a\n", "- - a\n  - b\n- c\n", "- a: b\n  c: d\n-  e: f\n", "a:\n- b\n- c\nd: e\n",
           "a:\n  - b\n\n  # between\n  - c\n", "a:   b   # c\n", "a: b#c\n", "a: x, y [z] {w} & * ! | > ' \" % @ ` ? -\n",
           "a: \"b # c: d\" # e\n", "a: 'b \\ c'\n", "a: {}\nb: []\n", "a: {b: [c, {d: e}], f: \"g\"}\n", "a: [ b c , d ]\n",
           "a: ~\nb: null\nc: true\nd: 0x1F\ne: 1.5\nf: NULL\n", "a: [null, ~, 1]\n", "a: http://b/c?d=e&f\n", "a: b:c\n",
           "a: [b:c, d#e]\n", "a-b.c_9: d\n", "1a: b\n", "a:\n      b: c\n      d: e\nf: g\n", "a: .5\n", "a: =\n", "a: <b>\n",
           "a: b\n\n\n", "  a: b\n  c: d\n", "a: \"\"\nb: ''\n", "a: b \n", "a: {b: c}   \n", "a: \"b\tc\"\n", "#\n#a\na: b # \t\n",
       }) {
    CAPTURE(text);
    // A '#' inside a flow collection is left to libyaml.
    CHECK(compared(text).is_ordinary == (text.find("d#e") == std::string::npos));
  }
}

TEST_CASE("none of these is") {
  for (const std::string text : {
           "", "\n", "# a\n", "a\n", "\"a\"\n", "[a]\n", "{a: b}\n", "a: b\n c\n", "a: b\n  c: d\n", "a:\n", "a: # b\n", "a: b\nc:\nd: e\n",
           "- a\n b\n", "- a\nb: c\n", "a: b\n- c\n", "a: b: c\n", "a: b:\n", "a: - b\n", "a: -1\n", "a: |\n  b\n", "a: >\n  b\n",
           "a: &b c\n", "a: *b\n", "a: !b c\n", "? a\n: b\n", "\"a\": b\n", "a: \"b\\n\"\n", "a: \"b\n  c\"\n", "a: 'b''c'\n", "a: \"b\" c\n",
           "a: \"b\"#c\n", "a: \"b\": c\n", "a: [b,]\n", "a: [b, , c]\n", "a: [b\n", "a: [b,\n  c]\n", "a: [b c: d]\n", "a: [b]: c\n", "a: [b] c\n",
           "a: {b}\n", "a: {b: }\n", "a: {b: c,}\n", "a: {b:c}\n", "a: {\"b\": c}\n", "a: {b: c]\n", "a: [b?c]\n", "a: [b:]\n", "a: [b:,c]\n", "a: }\n",
           "a: b\n---\nc: d\n", "a: b\n...\n", "%YAML 1.2\n---\na: b\n", "---\na: b\n", "a:\tb\n", "a: b\tc\n", "a: b\r\n", "a: \u00fc\n", "# \u00fc\na: b\n",
           "a: b\na: c\n", "null: a\n", "1: a\n", "<<: a\n", "- - a\n - b\n", "a:\n  b: c\n d: e\n", "a:\n    b: c\n  d: e\n", "- a:\n- b\n", "-\n- a\n", "-\n",
           "a: @b\n", "a: `b\n", "a: %b\n", "a: ,b\n", "a: ?b\n", "a: #b\n",
       }) {
    CHECK_FALSE_MESSAGE(compared(text).is_ordinary, text);
  }
  CHECK_FALSE(compared(std::string(129, 'k') + ": a\n").is_ordinary);
  CHECK_FALSE(compared("a: " + std::string(100, '[') + std::string(100, ']') + "\n").is_ordinary);
}

TEST_CASE("short texts of all that means something to YAML, at random") {
  std::mt19937 random(7);
  const std::vector<std::string> words{"a",  "b1", "c-d", ": ", ":",  "- ", "-",  "\n",  "\n  ", "\n ", "\n    ", " ", "  ", "# ", "#",  "[", "]", ", ", ",",
                                       "{",  "}",  "\"", "'",  "null", "~", "1",  "\nx: ", "\n- ", "\n  - ", "\n  y: ", "?",  "&",  "*", "|", "...", "---", "%"};
  std::size_t ordinary = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = random() % 2 == 0 ? "a: " : "- ";
    for (auto left = 1 + random() % 9; left > 0; --left) text += words[random() % words.size()];
    ordinary += compared(text).is_ordinary ? 1 : 0;
  }
  CHECK(ordinary > 1000);
}

TEST_CASE("inventories with random changes") {
  std::mt19937 random(29);
  std::size_t ordinary = 0;
  for (int round = 0; round < 2000; ++round) {
    auto text = inventory::mutated_inventory(random, round % 10);
    // Without what is never ordinary more of the rest is seen.
    for (std::string_view mark : {"&", "*", "|", ">"}) {
      for (auto at = text.find(mark); at != std::string::npos && round % 4 != 0; at = text.find(mark)) text.erase(at, 1);
    }
    ordinary += compared(text).is_ordinary ? 1 : 0;
  }
  CHECK(ordinary > 50);
}
