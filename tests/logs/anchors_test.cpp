// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/anchors.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace rdnsgate::logs;

namespace {

/// The same, one place after the other.
std::size_t slow_find(std::string_view text, const std::vector<std::string>& words) {
  std::string lower(text);
  for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::size_t first = std::string::npos;
  for (const auto& word : words) first = std::min(first, lower.find(word));
  return first;
}

/// One is found where there is one, and what is found is one.
bool is_same(const Anchors& anchors, std::string_view text, const std::vector<std::string>& words) {
  const auto found = anchors.find(text), slow = slow_find(text, words);
  if (found == std::string::npos || slow == std::string::npos) return found == slow;
  return slow_find(text.substr(found), words) == 0;
}

}  // namespace

TEST_CASE("words are found wherever they stand, in whatever case") {
  const std::vector<std::string> words{"rdns", "reverse", " ptr", ": connect from unknown[", "aaaa", "aaab"};
  const Anchors anchors(words);
  for (const std::string_view text :
       {"", "r", "rdn", "rdns", "xrDNS", "no reverse", "rever", "reversereverse", "a ptr", " PTR", "ptr ",
        "aaaaab", "aaab", "aab aaab", "x: connect from unknown[192.0.2.1]", "disconnect from unknown[",
        "\xff\xfe rdns", "rrddnnss"})
    CHECK_MESSAGE(is_same(anchors, text, words), text);
}

TEST_CASE("random texts of few letters") {
  const std::vector<std::string> words{"abab", "bbba", "aabba", "cabac", "bacab"};
  const Anchors anchors(words);
  std::uint32_t dice = 1;
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (unsigned i = 0; i < 40; ++i) {
      dice = dice * 1664525U + 1013904223U;
      text += "aAbBc"[(dice >> 16) % 5];
    }
    REQUIRE_MESSAGE(is_same(anchors, text, words), text);
  }
}

TEST_CASE("each word of a text is visited") {
  const Anchors anchors({"reverse", "rdns", "reverse dns"});
  std::multiset<std::uint16_t> found;
  anchors.each("rDNS, Reverse DNS and reverse", [&](std::uint16_t word) { found.insert(word); });
  CHECK(found == std::multiset<std::uint16_t>{0, 0, 1, 2});
}

TEST_CASE("the name of a value does not count, nor what begins before the place to look from") {
  const Anchors anchors({"helo", "ehlo", "smtp connected address=", "rdns_none"});
  CHECK(anchors.find("ehlo=1 helo=<x>") == std::string_view::npos);
  CHECK(anchors.find("ehlo=1 helo") == 7);
  CHECK(anchors.find("xhelo", 2) == std::string_view::npos);
  CHECK(anchors.find("rdns_none=0.8") == 0);
  CHECK(anchors.find("smtp connected address=192.0.2.1") == 0);
}

TEST_CASE("line feeds are counted") {
  CHECK(count_lines("") == 0);
  CHECK(count_lines("\n") == 1);
  std::string text;
  for (std::size_t i = 0; i < 300; ++i) {
    text += i % 7 == 0 ? '\n' : i % 5 == 0 ? '\x8a' : '\x0b';
    CHECK(count_lines(text) == i / 7 + 1);
  }
}
