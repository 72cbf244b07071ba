// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text.h"

#include <doctest/doctest.h>

#include <array>

#include "base/output_text.h"

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

TEST_CASE("UTF-8 is checked strictly") {
  std::size_t at = 0;
  CHECK(is_utf8("z\xC3\xBCrich \xF0\x9F\x93\xA7"));
  CHECK_FALSE(is_utf8("ab\xC0\x80", &at));
  CHECK(at == 2);
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
}

TEST_CASE("did you mean") {
  constexpr std::array<std::string_view, 3> keys{"senders", "relays", "zones"};
  CHECK(closest("sendrs", keys) == "senders");
  CHECK(closest("snederes", keys) == "senders");
  CHECK(closest("zoens", keys) == "zones");
  CHECK(closest("completely", keys).empty());
}

TEST_CASE("globs") {
  CHECK(glob_match("*.relay.example", "a.b.relay.EXAMPLE"));
  CHECK_FALSE(glob_match("*.relay.example", "relay.example"));
  CHECK(glob_match("192.0.2.?", "192.0.2.4"));
  CHECK_FALSE(glob_match("192.0.2.?", "192.0.2.40"));
  CHECK(glob_match("*", ""));
  CHECK(glob_match("a*b*c", "aXbYbZc"));
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
  CHECK(harmless_json("{\"a\": \"z\xC3\xBCrich \xF0\x9F\x98\x80\"}\n") == "{\"a\": \"z\xC3\xBCrich \xF0\x9F\x98\x80\"}\n");
  CHECK(harmless_json("[\n  \"\x7F\xC2\x9B\xE2\x80\xAE\xE2\x80\x8B\xEF\xBB\xBF\"]") ==
        "[\n  \"\\u007f\\u009b\\u202e\\u200b\\ufeff\"]");
  CHECK(harmless_json("\"\xF3\xA0\x80\xA0\"") == "\"\\udb40\\udc20\"");
  CHECK(harmless_json("\"\\u001b\\\"\\\\\"") == "\"\\u001b\\\"\\\\\"");
}
