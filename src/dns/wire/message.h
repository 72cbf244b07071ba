// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dns/facts/fact.h"
#include "dns/wire/response_notes.h"

namespace rdnsgate::dns {

/// How a query is put on the wire.
struct QueryOptions {
  bool recursion_desired = true;
  bool dnssec_ok = true;           ///< DO (RFC 3225)
  bool checking_disabled = false;  ///< CD (RFC 4035 §3.2.2)
  std::uint16_t udp_size = 1232;   ///< EDNS(0) payload size (RFC 6891); 0 leaves EDNS out
  std::uint8_t edns_version = 0;   ///< there is no other yet: one is asked for to see that it is refused
  std::string_view edns_options;   ///< in wire format, for the OPT record
  std::uint64_t letter_case = 0;   ///< bit i: the i-th letter of the name is written upper case; others lower
};

/// A query message in wire format, into `out` (which is emptied first).
void write_query(std::string& out, std::uint16_t id, const Name& name, RrType type,
                 const QueryOptions& options);

/// What a datagram is told apart by, before anything is known of its question.
struct Head {
  std::uint16_t id = 0;
  bool truncated = false;  ///< TC: what came is not the whole answer (RFC 2181 §9)
};
/// nullopt for what is too short for a header.
std::optional<Head> head_of(std::string_view message);

/// True where the message is a response with this id to this question (names compared without case): what
/// is not is somebody else's packet and is dropped, not judged.
bool answers(std::string_view message, std::uint16_t id, const Name& name, RrType type);

/// True where the message has its question in the very letters that it was asked in (0x20: what somebody off
/// the path would have to guess as well). For a message that answers() took.
bool keeps_letter_case(std::string_view message, const Name& name, std::uint64_t letter_case);

/// Reads a response into a fact: outcome, sections, flags, EDE. The caller fills in what the message cannot
/// know (server, times, tries, security) and has checked answers(). Any octets are safe; those that cannot
/// be read make the outcome `malformed`, with the reason, and `notes` say what was found up to there.
Fact read_response(std::string_view message, const Question& question, ResponseNotes* notes = nullptr);

/// The same of any reply with ldns alone, which takes nine times as long: read_response() asks it where the reply
/// is not of the form that nearly all have (dns/wire/ordinary_reply.h).
Fact read_any_response(std::string_view message, const Question& question, ResponseNotes& notes);

}  // namespace rdnsgate::dns
