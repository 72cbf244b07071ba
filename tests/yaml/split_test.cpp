// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// A file that is read in parts is what it is when it is read in one: values, places and problems.
#include "yaml/split.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <string>
#include <thread>

#include "inventory/mutate.h"
#include "rendered.h"
#include "test_dialect.h"
#include "yaml/reader.h"

using namespace rdnsgate;
using namespace rdnsgate::yaml;

namespace {

/// In threads, so that a sanitizer sees what they share.
void in_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
}

struct Read {
  std::string said;
  bool in_parts = false;  ///< values stand in another order than they were written
};

Read read_as(const std::string& text, const InParallel& in_parallel, std::size_t most) {
  Sources sources;
  Problems problems(sources, sources.add("a.yaml", text), 100, test_dialect);
  const auto document = read({}, problems, in_parallel, {.most = most, .least_octets = 1});
  Read result;
  NodeId last = 0;
  if (document) {
    for (auto child = document->root().first(); child; child = child->next()) {
      result.in_parts = result.in_parts || child->id() < last;
      last = child->first() ? child->first()->id() : child->id();
    }
  }
  result.said = rendered(document, problems);
  return result;
}

/// True where it was read in parts.
bool compared(const std::string& text, std::size_t most) {
  const auto whole = read_as(text, {}, most), parts = read_as(text, in_threads, most);
  CAPTURE(text);
  CAPTURE(most);
  CHECK(parts.said == whole.said);
  return parts.in_parts;
}

const std::string tail = "zones:\n  - {name: example.com}\n";

}  // namespace

TEST_CASE("a list is cut between its items") {
  const std::string text = "version: 1\nsenders:\n  # first\n  - name: a\n    x: [1]\n\n  - b\n  - c\n" + tail;
  const auto split = find_split(text, 3, 1);
  REQUIRE(split);
  CHECK(text.substr(split->key, 8) == "senders:");
  REQUIRE(split->parts.size() >= 2);
  CHECK(split->parts.front().begin == text.find("  - name"));
  for (std::size_t i = 1; i < split->parts.size(); ++i) {
    CHECK(split->parts[i].begin == split->parts[i - 1].end);
    CHECK(text.substr(split->parts[i].begin, 4) == "  - ");
  }
  CHECK(text.substr(split->parts.back().end) == tail);
  CHECK(compared(text, 3));
}

TEST_CASE("a small file, and one without a list in lines, is not cut") {
  CHECK_FALSE(find_split("version: 1\nsenders:\n  - a\n  - b\n", 4, 100));
  CHECK_FALSE(find_split("version: 1\nsenders: [a, b, c]\n", 4, 1));
  CHECK_FALSE(find_split("- a\n- b\n- c\n", 4, 1));
  CHECK_FALSE(find_split("a: 1\nsenders:\n  - a\n  - b\n", 1, 1));
  CHECK_FALSE(find_split("", 4, 1));
}

TEST_CASE("what goes over several lines is never cut, wherever it begins") {
  for (const std::string item : {
           "  - name: \"a\n  - b\"\n",                     // a quote over what looks like an item
           "  - name: 'a\n  - b'\n",                       // the same
           "  - [a,\n  - b]\n",                            // a bracket
           "  - name: |\n      text\n      - more\n",       // a block text
           "  - |\n   deep\n\n\n",                         // with empty lines at its end
           "  - >+\n   kept\n\n",                          // that are kept
           "  - name: a\n    list:\n    - b\n    - c\n",    // a list at the indentation of its key
           "  - name: word\n      goes on\n",              // a plain text that goes on
           "  - &x a\n  - *x\n",                           // an anchor
           "  - *y\n",                                      // of before
           "  - name: a\n    name: b\n",                    // a key twice
           "  - !tag a\n",                                  //
           "  - ? a\n    : b\n",                            //
           "  - name:\n",                                   // nothing
           "  -\n    name: a\n",                            // a dash by itself
           "  - a: ü\n  - b: é\n",                          // octets that are no characters
           "  - \"\\u00e9\"\n  - \"\\t\"\n",                // escapes
           "  - a # \"comment\n",                           // a quote that is none
           "# between\n\n",                                //
           "\t- a\n",                                       // a tab
           "  - a\r\n",                                     // a break of two octets
           "  - a\r  - b\n",                                // of one
           "   - a\n",                                      // indented otherwise
           " - a\n",                                        //
           "...\n",                                         // an end of the document
           "---\n",                                         // another document
           "  - {a: b, c}\n",                               //
           "  - }\n",                                       //
           "  - @\n",                                       //
       }) {
    const std::string plain = "  - name: p\n    helo: q\n";
    for (const auto& list : {item, plain + item, item + plain, plain + plain + item + plain + plain}) {
      for (const std::string head : {"version: 1\nsenders:\n", "none:\nsenders:\n", "y: &y [1]\nsenders: # all\n", "a: \"open\nsenders:\n"}) {
        for (const auto& end : {std::string(), tail, std::string("b: \"closed\"\n"), std::string("  zones: []\n")}) {
          for (std::size_t most = 2; most <= 4; ++most) compared(head + list + end, most);
        }
      }
    }
  }
}

TEST_CASE("the same of inventories with random changes") {
  std::mt19937 random(23);
  std::size_t in_parts = 0;
  for (int round = 0; round < 2000; ++round) {
    auto text = inventory::mutated_inventory(random, round % 10) + "\nbehind: it\n";
    // With an anchor in it a list is read in one.
    for (const std::string_view mark : {"&name ", "*name"}) {
      if (const auto at = text.find(mark); at != std::string::npos && round % 4 != 0) text.replace(at, mark.size(), mark.front() == '&' ? "" : "n");
    }
    in_parts += compared(text, 2 + static_cast<std::size_t>(round) % 3) ? 1 : 0;
  }
  CHECK(in_parts > 100);
}
