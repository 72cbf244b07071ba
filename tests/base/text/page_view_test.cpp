// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/page_view.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

namespace {

constexpr std::string_view page =
    "# ptr-missing\n\nThe `PTR` record, see [ptr-extra](ptr-extra.md), is not there.\n\n## Example\n\n"
    "```yaml\nzones: [`x`]\n```\n- one of `two`\n";

}  // namespace

TEST_CASE("a page that goes to a file is the page") { CHECK(page_view(page, {}) == page); }

TEST_CASE("colours take the place of marks, and examples stay as they are") {
  CHECK(page_view(page, {.color = true}) ==
        "\x1b[1;4mptr-missing\x1b[0m\n\nThe \x1b[36mPTR\x1b[39m record, see \x1b[4mptr-extra\x1b[24m, is not "
        "there.\n\n"
        "\x1b[1mExample\x1b[0m\n\n    zones: [`x`]\n- one of \x1b[36mtwo\x1b[39m\n");
}

TEST_CASE("paragraphs and lists are broken at words, examples and tables are not") {
  CHECK(page_view("aaa bbb ccc\n- ddd eee fff\n| x | y | z |\n```\nggg hhh iii\n```\n", {.width = 8}) ==
        "aaa bbb\nccc\n- ddd\n  eee\n  fff\n| x | y | z |\n```\nggg hhh iii\n```\n");
}

TEST_CASE("marks that do not end are text") {
  for (const std::string_view text : {"a ` b\n", "[a](b\n", "[a] b\n", "``` \nx"}) {
    CAPTURE(text);
    CHECK(page_view(text, {.color = true}).find("\x1b") == std::string::npos);
  }
}
