// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/source.h"

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

TEST_CASE("an excerpt never lets a control character through and cuts a long line") {
  Sources sources;
  const auto file = sources.add("a", "x\x1b[31m\ty");
  CHECK(sources.excerpt({file, 0, 1}).find('\x1b') == std::string::npos);
  const auto wide = sources.add("b", std::string(100000, 'a'));
  CHECK(sources.excerpt({wide, 50000, 50001}).size() < 500);
  const auto empty = sources.add_unreadable("c");
  CHECK(sources.excerpt({empty, 0, 0}).empty());
}
