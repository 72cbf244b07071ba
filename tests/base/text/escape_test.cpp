// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/escape.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("nothing that moves a cursor or hides text survives escaping") {
  CHECK(escape_terminal("plain \\ text") == "plain \\ text");
  CHECK(escape_terminal("z\xC3\xBCrich") == "z\xC3\xBCrich");
  CHECK(escape_terminal("\x1b[31m") == "\\x1b[31m");
  CHECK(escape_terminal("a\nb\r\t\x7f") == "a\\x0ab\\x0d\\x09\\x7f");
  CHECK(escape_terminal("\xC2\x9b") == "\\u{009b}");
  CHECK(escape_terminal("\xE2\x80\xAE") == "\\u{202e}");
  CHECK(escape_terminal("\xFF\xC3") == "\\xff\\xc3");
  CHECK(escape_terminal(std::string_view("\0", 1)) == "\\x00");
  CHECK(escape_terminal("\xEF\xBF\xBE\xEF\xBF\xBF") == "\\u{fffe}\\u{ffff}");  // no XML may hold them
}

TEST_CASE("no file name begins a line as a command to a runner does") {
  CHECK(path_at_line_start("a/b.yaml") == "a/b.yaml");
  CHECK(path_at_line_start("::stop-commands::x.yaml") == "./::stop-commands::x.yaml");
  CHECK(path_at_line_start("  ::error::x") == "./  ::error::x");
  CHECK(path_at_line_start("##vso[task.setvariable]x") == "./##vso[task.setvariable]x");
  CHECK(path_at_line_start("\n::x") == "./\\x0a::x");
  CHECK(path_at_line_start("a\x1b[31m\n::add-mask::x") == "a\\x1b[31m\\x0a::add-mask::x");
}

TEST_CASE("file names are quoted for a diff as git quotes them") {
  CHECK(quoted_for_diff("a/b c\xC3\xBC") == "\"a/b c\\303\\274\"");
  CHECK(quoted_for_diff("a/b c") == "a/b c\t");
  CHECK(quoted_for_diff("a/plain.yaml") == "a/plain.yaml");
  CHECK(quoted_for_diff("a/\x1b[31m\n+++ b/x") == "\"a/\\033[31m\\n+++ b/x\"");
  CHECK(quoted_for_diff("a/\"\\\t\a\b\v\f\r\x7f") == "\"a/\\\"\\\\\\t\\a\\b\\v\\f\\r\\177\"");
}

TEST_CASE("JSON holds nothing raw that hides or turns text round") {
  CHECK(harmless_json("{\"a\": \"z\xC3\xBCrich \xF0\x9F\x98\x80\"}\n") ==
        "{\"a\": \"z\xC3\xBCrich \xF0\x9F\x98\x80\"}\n");
  CHECK(harmless_json("[\n  \"\x7F\xC2\x9B\xE2\x80\xAE\xE2\x80\x8B\xEF\xBB\xBF\"]") ==
        "[\n  \"\\u007f\\u009b\\u202e\\u200b\\ufeff\"]");
  CHECK(harmless_json("\"\xF3\xA0\x80\xA0\"") == "\"\\udb40\\udc20\"");
  CHECK(harmless_json("\"\\u001b\\\"\\\\\"") == "\"\\u001b\\\"\\\\\"");
}

TEST_CASE("each place that foreign text stands in has its function") {
  constexpr std::string_view text = "a'b\"c\\d|e`f*g,h;i:j%k${l}%{m}\n";
  CHECK(escape_markup("<a href=\"x\">&'\x1b") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\x1b");
  CHECK(github_message("50%, a:b\r\n") == "50%25, a:b%0D%0A");
  CHECK(github_property("50%, a:b") == "50%25%2C a%3Ab");
  CHECK(ics_text(text) == "a'b\"c\\\\d|e`f*g\\,h\\;i:j%k${l}%{m}\\\\x0a");
  CHECK(quoted_text("a\"b\\\xC3\xBC") == "\"a\\\"b\\\\\\u00fc\"");
  CHECK(hcl_string("${a}%{b}$c") == "\"$${a}%%{b}$c\"");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("-rf") == "'-rf'");
  CHECK(shell_word("mx1.example.com") == "mx1.example.com");
  CHECK(markdown_code("a`b|c") == "``a`b\\|c``");
  CHECK(markdown_cell("@team www.a") == "&#64;&#8203;team www&#46;a");
  CHECK(percent_encoded("/a b/\xC3\xBC~") == "/a%20b/%C3%BC~");
  CHECK(file_name("../a/B") == "%2E.%2Fa%2F%42");
}
