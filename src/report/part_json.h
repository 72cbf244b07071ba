// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "report/document.h"
#include "report/json_text.h"

namespace rdnsgate::report {

/// One member of `findings`.
Json finding_json(const Document::Finding& finding);

/// The member `shard`.
Json part_json(const Document::Part& part);

/// Octets that a note of an answer takes in it, big-endian: eight of the question, four of the rest.
inline constexpr std::size_t answer_note_octets = 12;

}  // namespace rdnsgate::report
