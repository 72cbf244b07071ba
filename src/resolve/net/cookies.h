// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "resolve/net/random.h"

namespace rdnsgate::resolve {

/// The DNS cookies of one server (RFC 7873): 64 bits more that somebody off the path would have to guess.
class Cookies {
 public:
  enum class Verdict : std::uint8_t {
    accepted,
    foreign,  ///< not an answer to us: to be dropped (RFC 7873 §5.3)
    missing,  ///< the server sends cookies, and this reply has none
  };

  /// The client cookie is random, new for each server and each run (RFC 9018 §3: not to be followed around).
  explicit Cookies(Random& random);

  /// The COOKIE option for a query, ready to append. Changes where a server cookie is learnt.
  std::string_view option() const { return {option_.data(), size_}; }

  /// Judges the data of a reply's COOKIE option, and keeps the server cookie of one that is ours.
  Verdict check(const std::optional<std::string_view>& cookie);

  /// Replies without a cookie are the server's own, as TCP has shown: from now on they are taken.
  void expect_none() { may_expect_ = expected_ = false; }

 private:
  static constexpr std::size_t header = 4, client = 8, least_server = 8, most_server = 32;  // RFC 7873 §4
  std::array<char, header + client + most_server> option_{};
  std::size_t size_ = header + client;
  bool expected_ = false, may_expect_ = true;
};

}  // namespace rdnsgate::resolve
