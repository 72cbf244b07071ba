// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/source.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("line and column count from one, columns in code points") {
  Sources sources;
  const auto file = sources.add("a.yaml", "one\nz\xC3\xBCrich: x\r\nthree");
  CHECK(sources.locate(file, 0).line == 1);
  CHECK(sources.locate(file, 4).line == 2);
  CHECK(sources.locate(file, 7).column == 3);
  CHECK(sources.locate(file, 12).column == 8);
  CHECK(sources.locate(file, 999).line == 3);
}

TEST_CASE("an excerpt shows the line and carets under the span") {
  Sources sources;
  const auto file = sources.add("a.yaml", "senders:\n  - nmae: mx1\n");
  CHECK(sources.excerpt({file, 13, 17}) == "      - nmae: mx1\n        ^^^^\n");
  CHECK(sources.excerpt({file, 9, 999}) == "      - nmae: mx1\n    ^^^^^^^^^^^^^\n");
}

TEST_CASE("a line that a runner would take for a command is not shown at the beginning of one") {
  Sources sources;
  const auto excerpt = [&](const char* text) { return sources.excerpt({sources.add("a", text), 2, 4}); };
  CHECK(excerpt("  ::error::x") == "    >   ::error::x\n        ^^\n");
  CHECK(excerpt("::stop-commands::x").starts_with("    > ::stop"));
  CHECK(excerpt("\t##[add-mask]x").starts_with("    >  ##["));
  CHECK(excerpt("##vso[task.setvariable]x").starts_with("    > ##vso"));
  CHECK(excerpt("## a comment").starts_with("    ## a"));
  CHECK(excerpt("2001::1").starts_with("    2001"));
}

TEST_CASE("an excerpt never lets a control character through and cuts a long line") {
  Sources sources;
  const auto file = sources.add("a", "x\x1b[31m\ty");
  CHECK(sources.excerpt({file, 0, 1}).find('\x1b') == std::string::npos);
  const auto wide = sources.add("b", std::string(100000, 'a'));
  CHECK(sources.excerpt({wide, 50000, 50001}).size() < 500);
  const auto empty = sources.add_unreadable("c");
  CHECK(sources.excerpt({empty, 0, 0}).empty());
}

TEST_CASE("a column far along a line of any characters is the number of its code points") {
  Sources sources;
  std::string text = "one\n";
  std::size_t characters = 0;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // octet, column
  for (int i = 0; i < 5000; ++i, ++characters) {
    places.emplace_back(text.size(), characters + 1);
    text += i % 3 == 0 ? "\xF0\x9F\x98\x80" : i % 3 == 1 ? "\xC3\xBC" : "a";
  }
  const auto file = sources.add("a", text + "\nlast");
  for (const auto& [octet, column] : places) {
    REQUIRE(sources.locate(file, octet).line == 2);
    REQUIRE(sources.locate(file, octet).column == column);
  }
  CHECK(sources.locate(file, text.size() + 3).line == 3);
  CHECK(sources.locate(file, text.size() + 3).column == 3);
  sources.forget(file);
  CHECK(sources.locate(file, 9999).line == 1);
}
