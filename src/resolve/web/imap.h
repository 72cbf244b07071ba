// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"

namespace rdnsgate::resolve {

/// A mailbox that is read over IMAP (RFC 9051), never without TLS: `imaps://`, or `imap://` with STARTTLS.
struct ImapMailbox {
  std::string url;  ///< `imaps://imap.example.net`, without user, password or path
  std::string user, password;
  std::string folder = "INBOX";
  std::string ca_file{};              ///< PEM, in place of the system's; empty: the system's
  milliseconds timeout{seconds(30)};  ///< of one question
};

/// Takes `imaps://user@host[:port][/folder]` apart. Fails on another scheme, on one without a user, and on one with a
/// password, which would be seen by everybody who sees the command line.
Result<ImapMailbox> parse_imap_url(std::string_view url);

struct ImapFailure {
  enum class Kind : std::uint8_t {
    request,      ///< the mailbox cannot be asked so: no libcurl, a file of certificates that is none
    denied,       ///< the server does not take user and password
    unreachable,  ///< no server, no connection, no TLS, no reply: it may do better later
    malformed,    ///< it does not speak IMAP
  };
  Kind kind = Kind::unreachable;
  Error error;  ///< names the server, and never the password
};

/// The header of the first message that has a field with this value; an empty text where there is none. The message
/// counts as seen afterwards. `field` and `value` are letters, digits and hyphens.
tl::expected<std::string, ImapFailure> find_header(const ImapMailbox& mailbox, std::string_view field,
                                                   std::string_view value);

/// The first number in the replies to UID SEARCH (RFC 9051 §7.3.4); 0 for none. nullopt where there is no such reply.
std::optional<std::uint32_t> first_found(std::string_view replies);

}  // namespace rdnsgate::resolve
