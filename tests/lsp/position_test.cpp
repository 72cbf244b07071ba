// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/position.h"

#include <doctest/doctest.h>

#include <string>

#include "lsp/uri.h"

using namespace rdnsgate::lsp;

TEST_CASE("lsp positions: UTF-16 code units, and every end of a line") {
  const std::string text = "a\xC3\xA9\xF0\x9F\x92\xA9z\r\nb\rc\n\nd";
  const Lines lines(text);
  CHECK(lines.position(text.find('z')) == Position{0, 4});
  CHECK(lines.offset({0, 4}) == text.find('z'));
  CHECK(lines.offset({0, 2}) == 3);
  CHECK(lines.offset({0, 3}) == 3);  // between surrogates
  CHECK(lines.position(text.find('b')) == Position{1, 0});
  CHECK(lines.position(text.find('c')) == Position{2, 0});
  CHECK(lines.position(text.find('d')) == Position{4, 0});
  CHECK(lines.position(1000) == Position{4, 1});
  CHECK(lines.offset({0, 99}) == text.find('\r'));
  CHECK(lines.offset({99, 0}) == text.size());
  CHECK(lines.line(3).empty());
  CHECK(lines.line(99).empty());
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool inside_character = i < text.size() && (text[i] & 0xC0) == 0x80;
    const bool inside_end = i < text.size() && text[i] == '\n' && i > 0 && text[i - 1] == '\r';
    CAPTURE(i);
    if (!inside_character && !inside_end) CHECK(lines.offset(lines.position(i)) == i);
  }
  CHECK(Lines("").position(0) == Position{0, 0});
  CHECK(Lines("\x80\xFF\x80").offset({0, 2}) == 3);  // no UTF-8
}

TEST_CASE("lsp URIs: paths of this machine, there and back") {
  CHECK(path_of_uri("file:///etc/a%20b%23") == "/etc/a b#");
  CHECK(path_of_uri("FILE://localhost/x") == "/x");
  for (const char* other : {"", "file:", "file://", "file://host/x", "untitled:1", "http://a/b",
                            "file:///a%2", "file:///%zz", "file:///a%00b"}) {
    CAPTURE(other);
    CHECK_FALSE(path_of_uri(other));
  }
  for (const char* path : {"/", "/a b/\xC3\xA9#?%25", "/\n\xFF"})
    CHECK(path_of_uri(uri_of_path(path)) == path);
}
