// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dns/fact.h"

namespace rdnsgate::dns {

/// How a query is put on the wire.
struct QueryOptions {
  bool recursion_desired = true;
  bool dnssec_ok = true;          ///< DO (RFC 3225)
  bool checking_disabled = false; ///< CD (RFC 4035 §3.2.2)
  std::uint16_t udp_size = 1232;  ///< EDNS(0) payload size (RFC 6891); 0 leaves EDNS out
};

/// A query message in wire format, into `out` (which is emptied first).
void write_query(std::string& out, std::uint16_t id, const Name& name, RrType type, const QueryOptions& options);

/// True where the message is a response with this id to this question (names compared without case): what
/// is not is somebody else's packet and is dropped, not judged.
bool answers(std::string_view message, std::uint16_t id, const Name& name, RrType type);

/// Reads a response into a fact: outcome, sections, flags, EDE. The caller fills in what the message cannot
/// know (server, times, tries, security) and has checked answers(). Any octets are safe; those that cannot
/// be read make the outcome `malformed`, with the reason.
Fact read_response(std::string_view message, const Question& question);

}  // namespace rdnsgate::dns
