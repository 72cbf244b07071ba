// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Replies of mail servers, in pieces of any size.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "resolve/smtp/reply.h"

namespace {

using rdnsgate::fuzz::require;
using rdnsgate::resolve::SmtpReplyReader;
using State = SmtpReplyReader::State;

struct Read {
  State state;
  std::size_t used;
};

Read read_in_pieces(std::string_view octets, std::size_t piece, SmtpReplyReader& reader) {
  std::size_t used = 0;
  while (used < octets.size() && reader.state() == State::more)
    used += reader.take(octets.substr(used, std::min(piece, octets.size() - used)));
  return {reader.state(), used};
}

void check(const SmtpReplyReader& reader) {
  const auto& reply = reader.reply();
  std::size_t size = 0;
  for (const auto& line : reply.lines) {
    require(line.size() <= SmtpReplyReader::longest_line && line.find('\n') == std::string::npos);
    size += line.size();
  }
  require(size <= SmtpReplyReader::longest_reply);
  require((reader.state() == State::malformed) == !reader.fault().empty());
  if (reader.state() == State::done) require(!reply.lines.empty() && reply.code >= 200 && reply.code <= 599);
  const auto name = rdnsgate::resolve::name_in(reply);
  require(name.find_first_of(" \t") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  SmtpReplyReader whole;
  const auto at_once = read_in_pieces(octets, size, whole);
  check(whole);
  // However it comes, it is the same reply.
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    SmtpReplyReader other;
    const auto read = read_in_pieces(octets, piece, other);
    require(read.state == at_once.state && read.used == at_once.used);
    require(other.reply().code == whole.reply().code && other.reply().lines == whole.reply().lines);
  }
  return 0;
}
