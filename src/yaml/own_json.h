// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "yaml/document.h"

namespace rdnsgate::yaml {

/// JSON that the program brings along (the schema) as a Document; its places mean nothing. Throws
/// std::logic_error where it is not JSON. Some ten times faster than by way of YAML.
Document read_own_json(std::string_view text);

/// The same of a JSON Schema, with its `pattern` keywords under our name (base/text/schema_pattern.h).
Document read_own_schema(std::string_view text);

}  // namespace rdnsgate::yaml
