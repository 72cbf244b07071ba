// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace rdnsgate::plan::test {

/// schemas/NAME.schema.json.
nlohmann::json read_schema(const std::string& name);

/// Whether the document follows that schema; otherwise `why` is told what is wrong.
bool fits(const std::string& schema, const nlohmann::json& document, std::string* why = nullptr);

}  // namespace rdnsgate::plan::test
