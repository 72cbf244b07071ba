// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "dns/name.h"

namespace rdnsgate::inventory {

/// A mail address that can stand in an SMTP command as it is: a dot-string before the @ (RFC 5321 §4.1.2, no quoted
/// one), and a host name behind it. It holds no control character, blank or bracket.
struct Mailbox {
  std::string local;
  dns::Name domain;

  std::string text() const { return local + "@" + domain.text(); }
};

/// Fails with what is wrong. An internationalised domain becomes its ASCII form.
Result<Mailbox> parse_mailbox(std::string_view text);

}  // namespace rdnsgate::inventory
