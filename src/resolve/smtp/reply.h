// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::resolve {

/// A reply of a mail server (RFC 5321 §4.2).
struct SmtpReply {
  unsigned code = 0;               ///< 200 to 599
  std::vector<std::string> lines;  ///< what stands behind the code in each; any octets but a line feed
};

/// Puts one reply together from octets as they come.
class SmtpReplyReader {
 public:
  enum class State : std::uint8_t {
    more,  ///< it is not whole yet
    done,
    malformed,  ///< no reply by SMTP's grammar
    too_long,   ///< nobody reads so much
  };

  /// RFC 5321 §4.5.3.1.5 allows 512 octets in a line.
  static constexpr std::size_t longest_line = 2048, longest_reply = std::size_t{64} << 10;

  /// Returns how many of the octets belong to the reply: all, unless it ends in them.
  std::size_t take(std::string_view octets);
  State state() const { return state_; }
  const SmtpReply& reply() const { return reply_; }
  /// What is wrong, of a malformed one.
  std::string_view fault() const { return fault_; }

 private:
  void end_line();
  void refuse(std::string_view fault);

  State state_ = State::more;
  SmtpReply reply_;
  std::string line_;
  std::string_view fault_;
  std::size_t octets_ = 0;
};

/// The name that the first line of a reply to the connection or to EHLO begins with (RFC 5321 §4.2); empty where
/// it begins with none. Foreign text.
std::string name_in(const SmtpReply& reply);

}  // namespace rdnsgate::resolve
