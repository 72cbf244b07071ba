// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/timestamp.h"

namespace rdnsgate::run {

/// The header field that marks a message of ours, with its token.
inline constexpr std::string_view probe_field = "X-Rdnsgate-Probe";

/// What a message is made of. All of it is declared, and holds no line break.
struct ProbeMessage {
  std::string token, from, recipient, source, helo;
  Time at{};
};

/// A message that says what it is (RFC 5322), with CRLF lines of fewer than 200 octets each in ASCII; not signed.
std::string compose(const ProbeMessage& message);

/// `Mon, 30 Nov 2026 21:00:00 +0000` (RFC 5322 §3.3).
std::string mail_date(Time time);

}  // namespace rdnsgate::run
