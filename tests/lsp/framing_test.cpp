// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/framing.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace rdnsgate::lsp;

namespace {

/// Contents, and errors in brackets, of a stream that arrives in these pieces.
std::vector<std::string> frames(const std::vector<std::string>& pieces) {
  Framing framing;
  std::vector<std::string> all;
  for (const auto& piece : pieces) {
    framing.feed(piece);
    while (auto frame = framing.next())
      all.push_back(frame->error.empty() ? frame->content : "<" + frame->error + ">");
  }
  return all;
}

}  // namespace

TEST_CASE("lsp framing: messages however they arrive") {
  const std::string stream =
      framed("one") + framed("") +
      "content-length:3\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\ntwo" +
      framed("Content-Length: 5\r\n\r\nthree");
  const std::vector<std::string> expected{"one", "", "two", "Content-Length: 5\r\n\r\nthree"};
  CHECK(frames({stream}) == expected);
  std::mt19937 dice(3);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t length = 1 + dice() % 9;
      pieces.push_back(stream.substr(at, length));
      at += length;
    }
    CHECK(frames(pieces) == expected);
  }
}

TEST_CASE("lsp framing: what is no message is said, and the next one is found") {
  const std::vector<std::string> next{"next"};
  for (const char* wrong : {"Content-Length: x\r\n\r\n", "Content-Length:\r\n\r\n",
                            "Content-Length: 0x10\r\n\r\n", "nothing\r\n\r\n", "X-Other: 1\r\n\r\n"}) {
    const auto found = frames({wrong + framed("next")});
    CAPTURE(wrong);
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_with("<"));
    CHECK(found[1] == "next");
  }
  CHECK(frames({std::string(5000, 'x') + "\r\n\r\n" + framed("next")}) ==
        std::vector<std::string>{"<a header line is too long>", "next"});
  CHECK(frames({"\r\n\r\n" + framed("next")}) == next);
}

TEST_CASE("lsp framing: nothing is kept of a message that is too long") {
  Framing framing;
  framing.feed("Content-Length: 18446744073709551615\r\n\r\n");
  const auto refused = framing.next();
  REQUIRE(refused);
  CHECK(refused->error ==
        "a message of 18446744073709551615 octets is longer than the 64 MiB that are taken");
  for (int i = 0; i < 100; ++i) {
    framing.feed(std::string(1 << 20, 'x'));
    CHECK_FALSE(framing.next());
    CHECK(framing.kept() == 0);
  }
  // Nor of a header line without an end.
  Framing endless;
  for (int i = 0; i < 100; ++i) {
    endless.feed(std::string(1 << 16, 'x'));
    CHECK_FALSE(endless.next());
    CHECK(endless.kept() == 0);
  }
}
