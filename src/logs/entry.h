// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip.h"

namespace rdnsgate::logs {

/// What a line of a mail log is about.
enum class LogClass : std::uint8_t {
  no_ptr,         ///< an address without a name: no PTR record, or a lookup that found none
  ptr_mismatch,   ///< a name that does not lead back to the address, or that nobody accepts
  helo,           ///< the name given in HELO or EHLO
  name_too_long,  ///< a name that is longer than a receiver takes
  temporary,      ///< the lookup of the name failed for now
  other,          ///< not about reverse DNS
};
inline constexpr std::size_t log_classes = 6;

std::string_view to_string(LogClass of);
std::optional<LogClass> parse_log_class(std::string_view text);

/// Which side of the connection wrote the line.
enum class Side : std::uint8_t {
  unknown,
  sent,      ///< the client: what a receiver answered it
  received,  ///< the server: what it noted of a client
};
std::string_view to_string(Side side);

/// A line that was read. Texts come from the log: foreign.
struct LogEntry {
  std::uint64_t line = 0;  ///< its first line in the file, from 1; of a journal, the entry
  LogClass of = LogClass::other;
  std::string_view pattern;  ///< the one that matched; empty: none
  Side side = Side::unknown;
  std::optional<IpAddress> ip;  ///< the address that was refused or noted
  std::string helo;
  std::string receiver;  ///< the domain of the recipient, or else the host that answered; lower case
  std::string host;      ///< the host that answered; of a server's line, the one that wrote it
  std::string sender_domain;
  std::string time;  ///< `2027-05-31T08:00:00`, with a `Z` where the log says which time zone it is in
  std::string_view mta;
  std::string text;  ///< the line as it may be shown; empty of `other`
};

}  // namespace rdnsgate::logs
