// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// A line for each record, as dig(1) and zone files have it, written by ldns; in the generic form of RFC 3597 what that does
/// not read. Harmless for a terminal.
std::string record_lines(const RRset& set);

/// A message in the form of dig(1): header, question and sections. Any octets are safe: what cannot be read is said in a
/// comment, and nothing behind it is shown. Harmless for a terminal.
std::string dig_text(std::string_view message);

/// What a message asks; nullopt where it has no question that can be read.
struct QuestionSection {
  Name name;
  RrType type{};
};
std::optional<QuestionSection> question_of(std::string_view message);

}  // namespace rdnsgate::dns
