// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mailauth/records/reason.h"

namespace rdnsgate::mailauth {

/// Says which octets of a record do not belong into one: quotes and backslashes that an interface or a file left in
/// it, white space that nobody sees, control characters, all that is not ASCII. In `prose` (a note for people)
/// quotes and backslashes may stand, and the rest weighs less.
void judge_octets(std::string_view text, const std::vector<Place>& prose, std::string_view source,
                  Reasons& reasons);

/// Says so where a record is longer than a TXT record, or than answers that arrive everywhere.
void judge_size(std::string_view text, Reasons& reasons);

/// `an SPF record`, by its version; nullopt for a text that says nothing of itself.
struct RecordKind {
  std::string_view version;  ///< `v=spf1`
  std::string_view words;
  std::string_view place;  ///< where it belongs
};
std::optional<RecordKind> kind_of(std::string_view text);

}  // namespace rdnsgate::mailauth
