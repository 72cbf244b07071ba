// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/text_edit.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace rdnsgate;

namespace {

/// What `patch` makes of a text: the hunks' own words, line by line; empty, with a failed check, where they
/// do not fit.
std::string patched(const std::string& text, const std::string& diff) {
  std::vector<std::string> old;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
    old.push_back(text.substr(at, end - at));
    at = end;
  }
  std::string out;
  std::size_t line = 0, begin = 0;
  while (begin < diff.size()) {
    const auto end = diff.find('\n', begin);
    std::string words = diff.substr(begin, end - begin + 1);
    begin = end + 1;
    if (words.starts_with("---") || words.starts_with("+++")) continue;
    if (diff.compare(begin, 2, "\\ ") == 0) {
      words.pop_back();
      begin = diff.find('\n', begin) + 1;
    }
    if (words.starts_with("@@ -")) {
      const auto first = std::stoul(words.substr(4));
      const auto place = words.find(',') < words.find('+') && words.substr(words.find(',') + 1, 2) == "0 "
                             ? first
                             : first - 1;
      for (; line < place; ++line) out += old.at(line);
      continue;
    }
    if (words[0] != '+') {
      REQUIRE(line < old.size());
      CHECK(old[line] == words.substr(1));
      ++line;
    }
    if (words[0] != '-') out += words.substr(1);
  }
  for (; line < old.size(); ++line) out += old[line];
  return out;
}

}  // namespace

TEST_CASE("text edits: a change, a line more and a line less, with their neighbours") {
  const std::string text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";
  CHECK(unified_diff(text, {}, "x") == "");
  CHECK(unified_diff(text, {{4, 7, "TWO"}}, "zones/x") ==
        "--- a/zones/x\n+++ b/zones/x\n@@ -1,5 +1,5 @@\n one\n-two\n+TWO\n three\n four\n five\n");
  CHECK(unified_diff(text, {{4, 8, ""}}, "x") ==
        "--- a/x\n+++ b/x\n@@ -1,5 +1,4 @@\n one\n-two\n three\n four\n five\n");
  CHECK(unified_diff(text, {{4, 4, "more\n"}}, "x") ==
        "--- a/x\n+++ b/x\n@@ -1,4 +1,5 @@\n one\n+more\n two\n three\n four\n");
  CHECK(unified_diff(text, {{text.size(), text.size(), "more\n"}}, "x") ==
        "--- a/x\n+++ b/x\n@@ -8,3 +8,4 @@\n eight\n nine\n ten\n+more\n");
  CHECK(unified_diff(text, {{0, 3, "1"}, {text.size() - 4, text.size() - 1, "10"}}, "x") ==
        "--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n-one\n+1\n two\n three\n four\n@@ -7,4 +7,4 @@\n seven\n eight\n "
        "nine\n-ten\n+10\n");
  CHECK(
      unified_diff("a", {{0, 1, "b"}}, "x") ==
      "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
  CHECK(unified_diff("", {{0, 0, "b\n"}}, "x") == "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+b\n");
}

TEST_CASE("text edits: any edits of any text, and what a patch makes of it") {
  std::mt19937 dice(5);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto size = dice() % 60; size > 0; --size)
      text += dice() % 3 == 0 ? '\n' : static_cast<char>('a' + dice() % 3);
    std::vector<TextEdit> edits;
    for (std::size_t at = dice() % 8; at <= text.size(); at += 1 + dice() % 12) {
      const std::size_t end = std::min(at + dice() % 6, text.size());
      std::string with;
      for (auto size = dice() % 4; size > 0; --size) with += dice() % 2 == 0 ? '\n' : 'X';
      edits.push_back({at, end, with});
      at = end;
    }
    CAPTURE(text);
    const auto expected = apply_edits(text, edits);
    CHECK(patched(text, unified_diff(text, edits, "x")) == expected);
  }
}
