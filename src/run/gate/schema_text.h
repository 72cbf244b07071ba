// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>
#include <vector>

namespace rdnsgate::run {

/// The schemas that are compiled in, by their names: `inventory`.
std::vector<std::string_view> schema_names();

/// schemas/NAME.schema.json; throws std::logic_error where there is none.
std::string_view schema_text(std::string_view name);

}  // namespace rdnsgate::run
