// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "yaml/document.h"
#include "yaml/limits.h"
#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// Reads the one YAML document of `problems.file()`, whose source must outlive the result. Hostile input ends
/// in a problem: what is no text, nesting, aliases and lines that would cost memory are refused before they
/// do. Duplicate keys, tags and, unless the dialect has them, merge keys and keys that are no text are
/// problems too. nullopt where the rest of the file could not be read, or where it may be empty and is; a
/// document that was read may still have left problems behind.
std::optional<Document> read(const Limits& limits, Problems& problems);

/// Of the libyaml that is in use.
std::string libyaml_version();

}  // namespace rdnsgate::yaml
