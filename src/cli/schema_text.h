// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

namespace rdnsgate::cli {

/// schemas/NAME.schema.json; throws std::logic_error where there is none.
std::string_view schema_text(std::string_view name);

}  // namespace rdnsgate::cli
