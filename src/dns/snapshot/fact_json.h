// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "dns/facts/fact.h"
#include "dns/snapshot/snapshot_head.h"

namespace rdnsgate::dns {

// The lines of a snapshot (schemas/facts.schema.json), without the newline.

inline constexpr std::string_view facts_schema = "rdnsgate/facts/1";

std::string head_line(const SnapshotHead& head, std::size_t facts);
std::string fact_line(const Fact& fact);

/// Reads the first line; `facts` gets the number of lines that follow.
Result<SnapshotHead> read_head(std::string_view line, std::size_t& facts);
/// Reads any other line; `vantages` is how many the head has.
Result<Fact> read_fact(std::string_view line, std::size_t vantages);

}  // namespace rdnsgate::dns
