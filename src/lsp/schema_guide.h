// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "lsp/cursor.h"

namespace rdnsgate::lsp {

/// A key, or a value from a closed set, as the schema of the inventory has it.
struct SchemaWord {
  std::string text;
  std::string title;     ///< in a few words; may be empty
  std::string markdown;  ///< its documentation; may be empty
};

/// The keys of the mapping at a path; none where no mapping may be there.
std::vector<SchemaWord> schema_keys(const KeyPath& path);

/// The values that the schema lists for what is at a path; none where it lists none.
std::vector<SchemaWord> schema_values(const KeyPath& path);

/// The documentation of the key that a path ends in, in Markdown; empty where the schema does not know it.
std::string schema_markdown(const KeyPath& path);

}  // namespace rdnsgate::lsp
