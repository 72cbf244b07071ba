// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "yaml/document_builder.h"

namespace rdnsgate::yaml {

/// Reads what most inventories are made of: ASCII in lines, block mappings and sequences, keys of letters and digits, texts
/// and flow collections that end on their line. Gives the builder what libyaml's events would, several times as fast.
/// False where anything else comes, which may be right or wrong: libyaml says; what the builder has is worth nothing then.
/// `text` begins with a line; `at` is its first octet in the source.
bool read_ordinary(std::string_view text, std::size_t at, DocumentBuilder& builder);

}  // namespace rdnsgate::yaml
