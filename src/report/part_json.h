// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/text/json_writer.h"
#include "report/document.h"
#include "report/outlet.h"

namespace rdnsgate::report {

/// One member of `findings`.
void write_finding(JsonWriter& json, const Document::Finding& finding);

/// The value of the member `shard`; `out` is what `json` writes to.
void write_part(JsonWriter& json, const Document::Part& part, Outlet& out);

void write_texts(JsonWriter& json, const std::vector<std::string>& texts);

/// Octets that a note of an answer takes in it, big-endian: eight of the question, four of the rest.
inline constexpr std::size_t answer_note_octets = 12;

}  // namespace rdnsgate::report
