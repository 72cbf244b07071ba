// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::lsp {

/// What came out of the stream: a message's content, or why there is none.
struct Frame {
  std::string content;
  std::string error;  ///< not empty: something was passed over
};

/// Takes a stream apart into messages (LSP 3.17, base protocol: header lines, an empty line, as many octets
/// as Content-Length says). What is wrong is passed over and said, and the stream goes on with the next
/// header: nothing is kept of a message that is longer than `max_content`.
class Framing {
 public:
  static constexpr std::size_t max_content = std::size_t{64} << 20;
  static constexpr std::size_t max_header_line = 1024;

  void feed(std::string_view octets);
  /// The next message that is there as a whole; nullopt where more has to be fed first.
  std::optional<Frame> next();
  /// Octets that are kept: bounded by what one message and the last feed() hold.
  std::size_t kept() const { return buffer_.size() - at_; }

 private:
  bool read_line(std::string_view& line);
  void header_line(std::string_view line);
  std::optional<Frame> end_of_header();
  std::optional<Frame> content();
  void compact();

  std::string buffer_;
  std::size_t at_ = 0;                   // what is before it was read
  std::optional<std::uint64_t> length_;  // that the header names
  std::string wrong_;                    // with the header
  bool in_content_ = false;
  bool any_line_ = false;       // of the header
  bool skipping_line_ = false;  // the rest of a line that is too long
  std::uint64_t to_skip_ = 0;   // octets of content that is too long
};

/// The message with its header.
std::string framed(std::string_view content);

}  // namespace rdnsgate::lsp
