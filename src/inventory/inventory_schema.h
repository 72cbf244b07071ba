// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::inventory {

/// schemas/inventory.schema.json, draft 7, as compiled in.
std::string_view schema_text();

/// Validates the document against it; true where it is valid.
bool check_schema(const yaml::Document& document, yaml::Problems& problems);

}  // namespace rdnsgate::inventory
