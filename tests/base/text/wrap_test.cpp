// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/wrap.h"

#include <doctest/doctest.h>

#include <sstream>

#include "base/text/source.h"

using namespace rdnsgate;

TEST_CASE("columns: escape sequences take none, wide characters two") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("\x1b[31;1mabc\x1b[0m") == 3);
  CHECK(columns_of("\x1b]8;;https://x.example/\x1b\\abc\x1b]8;;\x1b\\") == 3);
  CHECK(columns_of("z\xC3\xBCrich") == 6);
  CHECK(columns_of("\xE6\x97\xA5\xE6\x9C\xAC") == 4);
  CHECK(columns_of("\xFF") == 1);
}

TEST_CASE("text is broken at blanks, and what follows is indented") {
  CHECK(wrapped("one two three", 9, "  ") == "one two\n  three");
  CHECK(wrapped("one two three", 0, "  ") == "one two three");
  CHECK(wrapped("one two three", 13, "  ") == "one two three");
  CHECK(wrapped("one two", 12, "  ", 8) == "one\n  two");
  CHECK(wrapped("", 10, "  ").empty());
}

TEST_CASE("a word that no line holds is left whole, where it is best read") {
  const std::string name(30, 'x');
  CHECK(wrapped(name + " end", 20, "  ") == name + "\n  end");
  CHECK(wrapped("a " + name, 20, "  ") == "a\n  " + name);
  CHECK(wrapped(name, 20, "    ", 18) == "\n    " + name);
}

TEST_CASE("no line is longer than asked for unless it is one word") {
  std::string text;
  for (int i = 1; i < 200; ++i) text += std::string(static_cast<std::size_t>(i * 7 % 13 + 1), 'w') + " ";
  for (const std::size_t width : {20u, 33u, 80u, 140u}) {
    std::istringstream lines(wrapped(text, width, "    "));
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= width);
  }
}

TEST_CASE("an excerpt that is too wide is cut around its carets, which stay under what they mark") {
  Sources sources;
  const std::string text = std::string(40, 'a') + " WRONG " + std::string(45, 'b');
  const auto file = sources.add("x", text);
  const auto excerpt = sources.excerpt({file, 41, 46});
  for (const std::size_t width : {30u, 50u, 80u}) {
    CAPTURE(width);
    std::istringstream lines(fitted_excerpt(excerpt, width));
    std::string line, carets;
    std::getline(lines, line);
    std::getline(lines, carets);
    CHECK(columns_of(line) <= width);
    CHECK(line.find("\xE2\x80\xA6") != std::string::npos);
    // The ellipsis at the left is one column and three octets.
    const auto octets = line.find("WRONG"), column = columns_of(line.substr(0, octets));
    REQUIRE(octets != std::string::npos);
    CHECK(carets.find("^^^^^") == column);
    CHECK(carets.size() == column + 5);
  }
  CHECK(fitted_excerpt(excerpt, 200) == excerpt);
  CHECK(fitted_excerpt(excerpt, 0) == excerpt);
  CHECK(fitted_excerpt("", 80).empty());
}

TEST_CASE("an excerpt whose mark is longer than the line keeps its beginning") {
  Sources sources;
  const auto file = sources.add("x", "k: " + std::string(90, 'v'));
  std::istringstream lines(fitted_excerpt(sources.excerpt({file, 3, 93}), 40));
  std::string line, carets;
  std::getline(lines, line);
  std::getline(lines, carets);
  CHECK(columns_of(line) <= 40);
  CHECK(carets.size() <= 40);
  CHECK(carets.find('^') == columns_of(line.substr(0, line.find('v'))));
}

TEST_CASE("carets stand under characters that are two columns wide") {
  Sources sources;
  const auto file = sources.add("x", "\xE6\x97\xA5\xE6\x9C\xAC: bad");
  CHECK(sources.excerpt({file, 8, 11}) == "    \xE6\x97\xA5\xE6\x9C\xAC: bad\n          ^^^\n");
}
